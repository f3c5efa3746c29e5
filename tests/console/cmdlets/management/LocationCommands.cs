using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>What the cmdlets that move share: an argument the engine refuses is an error, too.</summary>
public abstract class LocationCommand : DriveMatchingCommand
{
    private protected override bool IsAboutThePath(Exception e) =>
        e is PSArgumentException || base.IsAboutThePath(e);
}

/// <summary>Tells where one is.</summary>
[Cmdlet(VerbsCommon.Get, "Location", DefaultParameterSetName = "Location")]
[OutputType(typeof(PathInfo), ParameterSetName = ["Location"])]
[OutputType(typeof(PathInfoStack), ParameterSetName = ["Stack"])]
public sealed class GetLocationCommand : LocationCommand
{
    /// <summary>Providers whose remembered location is asked for.</summary>
    [Parameter(ParameterSetName = "Location", ValueFromPipelineByPropertyName = true)]
    public string[]? PSProvider { get; set; }

    /// <summary>Drives whose remembered location is asked for.</summary>
    [Parameter(ParameterSetName = "Location", ValueFromPipelineByPropertyName = true)]
    public string[]? PSDrive { get; set; }

    /// <summary>Shows the default location stack.</summary>
    [Parameter(ParameterSetName = "Stack")]
    public SwitchParameter Stack { get; set; }

    /// <summary>Shows the location stacks of these names.</summary>
    [Parameter(ParameterSetName = "Stack", ValueFromPipelineByPropertyName = true)]
    public string[]? StackName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Stack")
        {
            foreach (string? name in StackName ?? [null!])
            {
                Try(() => WriteObject(Paths.LocationStack(name)));
            }
        }
        else if (PSDrive is { Length: > 0 })
        {
            WriteDrives();
        }
        else if (PSProvider is { Length: > 0 })
        {
            WriteProviders();
        }
        else
        {
            WriteObject(Paths.CurrentLocation);
        }
    }

    private void WriteDrives()
    {
        foreach (string name in PSDrive!)
        {
            try
            {
                foreach (PSDriveInfo drive in GetMatchingDrives(name, PSProvider, null))
                {
                    string path = Engine.QualifyByDrive(null, drive.CurrentLocation, drive);
                    WriteObject(Engine.NewPathInfo(drive, drive.Provider, path, SessionState));
                }
            }
            catch (Exception e) when (e is DriveNotFoundException or ProviderNotFoundException)
            {
                bool drive = e is DriveNotFoundException;
                WriteError(new ErrorRecord(
                    e,
                    drive ? "GetLocationNoMatchingDrive" : "GetLocationNoMatchingProvider",
                    ErrorCategory.ObjectNotFound,
                    drive ? name : PSProvider));
            }
        }
    }

    private void WriteProviders()
    {
        foreach (string name in PSProvider!)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name) || Exists(name))
            {
                WriteProviders(name);
            }
        }
    }

    private bool Exists(string provider)
    {
        try
        {
            SessionState.Provider.GetOne(provider);
            return true;
        }
        catch (ProviderNotFoundException e)
        {
            WriteError(new ErrorRecord(e, "GetLocationNoMatchingProvider", ErrorCategory.ObjectNotFound, provider));
            return false;
        }
    }

    private void WriteProviders(string name)
    {
        foreach (ProviderInfo provider in MatchingProviders(name))
        {
            try
            {
                WriteObject(Paths.CurrentProviderLocation($"{provider.ModuleName}\\{provider.Name}"));
            }
            catch (DriveNotFoundException e)
            {
                // A provider without a drive has no location; only who names it is told.
                if (!WildcardPattern.ContainsWildcardCharacters(name))
                {
                    WriteError(new ErrorRecord(e.ErrorRecord, e));
                }
            }
        }
    }
}

/// <summary>Moves.</summary>
[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
[OutputType(typeof(PathInfo), typeof(PathInfoStack))]
public sealed class SetLocationCommand : LocationCommand
{
    /// <summary>Where to; the home folder where none is given.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    /// <summary>Where to, taken as it is written.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath
    {
        get => Path;
        set
        {
            Literal = true;
            Path = value;
        }
    }

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The location stack to use from now on.</summary>
    [Parameter(ParameterSetName = "Stack", ValueFromPipelineByPropertyName = true)]
    public string? StackName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? result = null;
        Try(() => result = ParameterSetName == "Stack"
            ? Paths.SetDefaultLocationStack(StackName)
            : Engine.SetLocation(Paths, Target(), NewContext(), Literal));
        if (PassThru && result is not null)
        {
            WriteObject(result);
        }
    }

    private string Target() =>
        string.IsNullOrEmpty(Path) ? SessionState.Provider.GetOne("FileSystem").Home : Path;
}

/// <summary>Remembers where one is, and moves.</summary>
[Cmdlet(VerbsCommon.Push, "Location", DefaultParameterSetName = "Path")]
public sealed class PushLocationCommand : LocationCommand
{
    /// <summary>Where to; one stays where none is given.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    public string Path { get; set; } = "";

    /// <summary>Where to, taken as it is written.</summary>
    [Parameter(ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string LiteralPath
    {
        get => Path;
        set
        {
            Literal = true;
            Path = value;
        }
    }

    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The stack to remember it on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? StackName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Paths.PushCurrentLocation(StackName);
        PathInfo? result = null;
        if (Path is not null
            && Try(() => result = Engine.SetLocation(Paths, Path, NewContext(), literalPath: false))
            && PassThru)
        {
            WriteObject(result);
        }
    }
}

/// <summary>Goes back to where one was.</summary>
[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocationCommand : LocationCommand
{
    /// <summary>Writes the new location.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The stack that remembers it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? StackName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PathInfo? result = null;
        if (Try(() => result = Paths.PopLocation(StackName)) && PassThru)
        {
            WriteObject(result);
        }
    }
}
