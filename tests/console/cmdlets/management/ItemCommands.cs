using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Gets items.</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : ItemPathCommand
{
    private protected override object? GetDynamicParameters(object context) =>
        Engine.GetItemParameters(Items, FirstPath, context);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            Try(() => Engine.GetItem(Items, path, NewContext()));
        }
    }
}

/// <summary>Empties items.</summary>
[Cmdlet(VerbsCommon.Clear, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class ClearItemCommand : ItemPathCommand
{
    private protected override object? GetDynamicParameters(object context) =>
        Engine.ClearItemParameters(Items, FirstPath, context);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object context = NewContext();
        Engine.SetPassThru(context, false);
        foreach (string path in Path)
        {
            Try(() => Engine.ClearItem(Items, path, context));
        }
    }
}

/// <summary>Changes the value of items.</summary>
[Cmdlet(VerbsCommon.Set, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class SetItemCommand : CredentialProviderCommand
{
    /// <summary>The items; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>The items, taken as they are written.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath
    {
        get => Path;
        set
        {
            Literal = true;
            Path = value;
        }
    }

    /// <summary>The new value.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public object? Value { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <summary>Writes the items that were changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string? Filter { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string[]? Include { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string[]? Exclude { get; set; }

    private protected override object? GetDynamicParameters(object context) =>
        Engine.SetItemParameters(Items, Path is { Length: > 0 } ? Path[0] : ".", Value, context);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object context = NewContext();
        Engine.SetPassThru(context, PassThru);
        foreach (string path in Path)
        {
            Try(() => Engine.SetItem(Items, path, Value, context));
        }
    }
}

/// <summary>Makes items.</summary>
[Cmdlet(VerbsCommon.New, "Item", DefaultParameterSetName = "pathSet", SupportsShouldProcess = true)]
public sealed class NewItemCommand : CredentialProviderCommand
{
    /// <summary>Where; with -Name the container.</summary>
    [Parameter(Position = 0, ParameterSetName = "pathSet", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = "nameSet", ValueFromPipelineByPropertyName = true)]
    public string[]? Path { get; set; }

    /// <summary>The name of the new item.</summary>
    [Parameter(ParameterSetName = "nameSet", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Name { get; set; }

    /// <summary>What to make, in the provider's own words.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string? ItemType { get; set; }

    /// <summary>The content of the new item.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    private protected override object? GetDynamicParameters(object context)
    {
        string path = Path is { Length: > 0 } ? Path[0] : ".";

        // A path with no -Name names what does not exist yet, so it is not a pattern.
        bool isPattern = path == "." || !string.IsNullOrEmpty(Name);
        return Engine.NewItemParameters(
            Items, isPattern ? path : WildcardPattern.Escape(path), ItemType, Value, context);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path is { Length: > 0 } ? Path : [""])
        {
            Try(() => Engine.NewItem(Items, path, Name, ItemType, Value, NewContext()));
        }
    }
}
