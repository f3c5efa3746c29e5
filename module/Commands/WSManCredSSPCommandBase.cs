using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>What Enable-WSManCredSSP and Disable-WSManCredSSP have alike: the side that they are about.</summary>
public abstract class WSManCredSSPCommandBase : WSManCommand
{
    internal const string ClientRole = "Client";
    internal const string ServerRole = "Server";

    /// <summary>Client, this user's own settings; or Server, which there is none of here.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet(ClientRole, ServerRole)]
    public string Role { get; set; } = "";

    private protected bool IsServer => Role.Equals(ServerRole, StringComparison.OrdinalIgnoreCase);
}
