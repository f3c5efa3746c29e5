using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Lists drives.</summary>
[Cmdlet(VerbsCommon.Get, "PSDrive", DefaultParameterSetName = "Name")]
[OutputType(typeof(PSDriveInfo))]
public sealed class GetPSDriveCommand : DriveMatchingCommand
{
    /// <summary>The drives; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name", ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>The drives, taken as they are written.</summary>
    [Parameter(Position = 0, ParameterSetName = "LiteralName", Mandatory = true,
        ValueFromPipelineByPropertyName = true)]
    public string[] LiteralName
    {
        get => Name;
        set
        {
            Literal = true;
            Name = value;
        }
    }

    /// <summary>The scope to look in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Scope { get; set; }

    /// <summary>Only drives of these providers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? PSProvider { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            Try(() => Write(name));
        }
    }

    private protected override bool IsAboutThePath(Exception e) => e is PSArgumentException;

    private void Write(string name)
    {
        try
        {
            List<PSDriveInfo> found = GetMatchingDrives(name, PSProvider, Scope);
            WriteObject(found, enumerateCollection: true);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteNotFound(DriveNotFound(name), "GetDriveNoMatchingDrive", name);
            }
        }
        catch (DriveNotFoundException e)
        {
            WriteNotFound(e, "GetLocationNoMatchingDrive", name);
        }
        catch (ProviderNotFoundException e)
        {
            WriteNotFound(e, "GetLocationNoMatchingDrive", PSProvider);
        }
    }

    private void WriteNotFound(Exception e, string id, object? target) =>
        WriteError(new ErrorRecord(e, id, ErrorCategory.ObjectNotFound, target));

    internal static DriveNotFoundException DriveNotFound(string name) => Engine.NewDriveNotFound(
        name, "DriveNotFound", "Cannot find drive. A drive with the name '{0}' does not exist.");
}

/// <summary>Makes a drive.</summary>
[Cmdlet(VerbsCommon.New, "PSDrive", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
public sealed class NewPSDriveCommand : CredentialProviderCommand
{
    /// <summary>The name of the drive.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>The provider that serves it.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string PSProvider { get; set; } = "";

    /// <summary>The path it starts at, in the provider's own form.</summary>
    [Parameter(Position = 2, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Root { get; set; } = "";

    /// <summary>A text about it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Description { get; set; }

    /// <summary>The scope it belongs to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Scope { get; set; }

    private protected override object? GetDynamicParameters(object context) =>
        Engine.NewDriveParameters(SessionState.Drive, PSProvider, context);

    private protected override bool IsAboutThePath(Exception e) =>
        e is PSArgumentException or SessionStateException || base.IsAboutThePath(e);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ProviderInfo? provider = null;
        if (!Try(() => provider = SessionState.Provider.GetOne(PSProvider))
            || !ShouldProcess($"Name: {Name} Provider: {provider} Root: {Root}", "New drive"))
        {
            return;
        }

        PSDriveInfo drive = new(Name, provider, Root, Description, Credential);
        Try(() => Engine.NewDrive(SessionState.Drive, drive, Scope, NewContext()));
    }
}

/// <summary>Removes drives.</summary>
[Cmdlet(VerbsCommon.Remove, "PSDrive", DefaultParameterSetName = "Name", SupportsShouldProcess = true)]
public sealed class RemovePSDriveCommand : DriveMatchingCommand
{
    /// <summary>The drives; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public string[]? Name { get; set; }

    /// <summary>The drives, taken as they are written.</summary>
    [Parameter(Position = 0, ParameterSetName = "LiteralName", Mandatory = true,
        ValueFromPipelineByPropertyName = true)]
    public string[]? LiteralName
    {
        get => Name;
        set
        {
            Literal = true;
            Name = value;
        }
    }

    /// <summary>Only drives of these providers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[]? PSProvider { get; set; }

    /// <summary>The scope they belong to.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Scope { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string? name in Name ?? [null!])
        {
            bool found = false;
            try
            {
                foreach (PSDriveInfo drive in GetMatchingDrives(name, PSProvider, Scope))
                {
                    found = true;
                    Remove(drive);
                }
            }
            catch (Exception e) when (e is DriveNotFoundException or ProviderNotFoundException)
            {
                // Said below, once, under the drive's name.
            }

            if (name is not null && !found)
            {
                DriveNotFoundException e = GetPSDriveCommand.DriveNotFound(name);
                WriteError(new ErrorRecord(e.ErrorRecord, e));
            }
        }
    }

    private void Remove(PSDriveInfo drive)
    {
        if (!ShouldProcess($"Name: {drive.Name} Provider: {drive.Provider} Root: {drive.Root}", "Remove Drive"))
        {
            return;
        }

        if (!Force && drive == SessionState.Drive.Current)
        {
            WriteInvalidOperation($"Cannot remove drive '{drive.Name}' because it is in use.");
            return;
        }

        Engine.RemoveDrive(SessionState.Drive, drive.Name, Force, Scope, NewContext());
    }
}

/// <summary>Lists providers.</summary>
[Cmdlet(VerbsCommon.Get, "PSProvider")]
[OutputType(typeof(ProviderInfo))]
public sealed class GetPSProviderCommand : DriveMatchingCommand
{
    /// <summary>The providers; wildcards are resolved.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] PSProvider { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in PSProvider)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteObject(MatchingProviders(name), enumerateCollection: true);
            }
            else
            {
                Try(() => WriteObject(SessionState.Provider.Get(name), enumerateCollection: true));
            }
        }
    }
}
