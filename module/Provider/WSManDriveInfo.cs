using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A drive of the provider. It remembers its runspace, because the engine removes drives also where a
/// runspace closes, and sessions outlive runspaces.
/// </summary>
internal sealed class WSManDriveInfo : PSDriveInfo
{
    /// <summary>The name of the drive that stands for all sessions.</summary>
    public const string DefaultName = "WSMan";

    private readonly Runspace? _runspace = Runspace.DefaultRunspace;

    public WSManDriveInfo(PSDriveInfo requested)
        : base(requested.Name, requested.Provider, root: "", requested.Description, requested.Credential)
    {
    }

    /// <summary>Whether removing the drive now is a user's wish to end all sessions.</summary>
    public bool RemovalEndsSessions =>
        Name.Equals(DefaultName, StringComparison.OrdinalIgnoreCase)
        && _runspace?.RunspaceStateInfo.State is null or RunspaceState.Opened;
}
