using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Lists what containers hold.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Items")]
public sealed class GetChildItemCommand : ProviderCommand
{
    private uint depth = uint.MaxValue;

    /// <summary>The containers; wildcards are resolved. The current location where none is given.</summary>
    [Parameter(Position = 0, ParameterSetName = "Items", ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    public string[]? Path { get; set; }

    /// <summary>The containers, taken as they are written.</summary>
    [Parameter(ParameterSetName = "LiteralItems", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[]? LiteralPath
    {
        get => Path;
        set
        {
            Literal = true;
            Path = value;
        }
    }

    /// <inheritdoc/>
    [Parameter(Position = 1)]
    public override string? Filter { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string[]? Include { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string[]? Exclude { get; set; }

    /// <summary>Lists the containers below, too.</summary>
    [Parameter]
    [Alias("s", "r")]
    public SwitchParameter Recurse { get; set; }

    /// <summary>How many levels below; implies -Recurse.</summary>
    [Parameter]
    public uint Depth
    {
        get => depth;
        set
        {
            depth = value;
            Recurse = true;
        }
    }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <summary>Writes names only.</summary>
    [Parameter]
    public SwitchParameter Name { get; set; }

    private protected override object? GetDynamicParameters(object context)
    {
        string path = Path is { Length: > 0 } ? Path[0] : ".";
        return Name
            ? Engine.GetChildNamesParameters(InvokeProvider.ChildItem, path, context)
            : Engine.GetChildItemsParameters(InvokeProvider.ChildItem, path, Recurse, context);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object context = NewContext();
        foreach (string path in Path is { Length: > 0 } ? Path : [""])
        {
            Try(() => List(path, context));
        }
    }

    private void List(string path, object context)
    {
        if (Name)
        {
            Engine.GetChildNames(
                InvokeProvider.ChildItem, path, ReturnContainers.ReturnMatchingContainers, Recurse, Depth, context);
        }
        else
        {
            Engine.GetChildItems(InvokeProvider.ChildItem, path, Recurse, Depth, context);
        }
    }
}
