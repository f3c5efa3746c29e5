using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>What Test-Path looks for.</summary>
public enum TestPathType
{
    /// <summary>Any item.</summary>
    Any,

    /// <summary>An item that holds others.</summary>
    Container,

    /// <summary>An item that holds none.</summary>
    Leaf,
}

/// <summary>Tells whether items exist.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : CredentialProviderCommand
{
    /// <summary>The items; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", Mandatory = true, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string?[]? Path { get; set; }

    /// <summary>The items, taken as they are written.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string?[]? LiteralPath
    {
        get => Path;
        set
        {
            Literal = true;
            Path = value;
        }
    }

    /// <inheritdoc/>
    [Parameter]
    public override string? Filter { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string[]? Include { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string[]? Exclude { get; set; }

    /// <summary>The kind of item.</summary>
    [Parameter]
    [Alias("Type")]
    public TestPathType PathType { get; set; }

    /// <summary>Tells whether the path is well formed, whether or not there is an item.</summary>
    [Parameter]
    public SwitchParameter IsValid { get; set; }

    private protected override object? GetDynamicParameters(object context) =>
        IsValid ? null : Engine.ExistsParameters(Items, Path is { Length: > 0 } ? Path[0] ?? "." : ".", context);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Path is not { Length: > 0 })
        {
            WriteNullPath();
            return;
        }

        object context = NewContext();
        foreach (string? path in Path)
        {
            if (path is null)
            {
                WriteNullPath();
            }
            else
            {
                WriteObject(!string.IsNullOrWhiteSpace(path) && Test(path, context));
            }
        }
    }

    private bool Test(string path, object context)
    {
        try
        {
            if (IsValid)
            {
                return Engine.IsValid(Paths, path, context);
            }

            return Engine.Exists(Items, path, context)
                && (PathType == TestPathType.Any
                    || Engine.IsContainer(Items, path, context) == (PathType == TestPathType.Container));
        }
        catch (Exception e) when (IsAboutThePath(e))
        {
            return false;
        }
    }

    private void WriteNullPath() => WriteError(new ErrorRecord(
        new ArgumentNullException("The provided Path argument was null or an empty collection."),
        "NullPathNotPermitted", ErrorCategory.InvalidArgument, Path));
}

/// <summary>Resolves wildcards in paths.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(PathInfo), typeof(string))]
public sealed class ResolvePathCommand : CredentialProviderCommand
{
    /// <summary>The paths; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", Mandatory = true, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>The paths, taken as they are written.</summary>
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

    /// <summary>Writes them as they read from the current location.</summary>
    [Parameter]
    public SwitchParameter Relative { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            Try(() =>
            {
                foreach (PathInfo found in Engine.Resolve(Paths, path, NewContext()))
                {
                    WriteObject(Relative ? FromHere(found) : found);
                }
            });
        }
    }

    private string FromHere(PathInfo found)
    {
        string path = Paths.NormalizeRelativePath(found.Path, Paths.CurrentLocation.ProviderPath);
        return path.StartsWith('.') ? path : Paths.Combine(".", path);
    }
}

/// <summary>Joins parts to paths, with the separator of their provider.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
public sealed class JoinPathCommand : CredentialProviderCommand
{
    /// <summary>What comes first.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    /// <summary>What comes next.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string[]? ChildPath { get; set; }

    /// <summary>What comes after that.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[]? AdditionalChildPath { get; set; }

    /// <summary>Resolves the result, which must exist.</summary>
    [Parameter]
    public SwitchParameter Resolve { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string rest = "";
        foreach (string part in (ChildPath ?? []).Concat(AdditionalChildPath ?? []))
        {
            rest = Engine.Combine(Paths, rest, part, NewContext());
        }

        foreach (string path in Path)
        {
            Try(() => Write(Engine.Combine(Paths, path, rest, NewContext())));
        }
    }

    private void Write(string joined)
    {
        if (!Resolve)
        {
            WriteObject(joined);
            return;
        }

        foreach (PathInfo found in Engine.Resolve(Paths, joined, NewContext()))
        {
            WriteObject(found.Path);
        }
    }
}
