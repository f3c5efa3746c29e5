using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The base of Enable-WSManCredSSP and Disable-WSManCredSSP, with the side that they are about.</summary>
public abstract class WSManCredSSPCommandBase : WSManCommand
{
    internal const string ClientRole = "Client";
    internal const string ServerRole = "Server";

    /// <summary>Client: this user's own settings. Server: the WinRM service that is connected as localhost.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet(ClientRole, ServerRole)]
    public string Role { get; set; } = "";

    private protected bool IsServer => Role.Equals(ServerRole, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a change is to be made, after -WhatIf and -Confirm.</summary>
    private protected bool Confirm(string change) =>
        ShouldProcess(change, Messages.ConfirmText(change), MyInvocation.MyCommand.Name);

    /// <summary>
    /// Turns CredSSP on or off at the service that is connected as localhost, and returns its element Auth; null where
    /// that was not wanted. Ends the command where there is no such service.
    /// </summary>
    /// <param name="on">Whether it is turned on.</param>
    /// <param name="mayChange">The question of the command.</param>
    private protected XmlElement? SetService(bool on, Func<bool> mayChange)
    {
        if (LocalService.Find(Client, TraceLevel) is not { } service)
        {
            Fail(Messages.NoServiceForCredSSP(on), null);
            return null;
        }

        return Confirm(Messages.DescribeSet(ServiceCredSSP.Path, XmlConvert.ToString(on))) && mayChange()
            ? AskService(service, there => ServiceCredSSP.Set(there, on, () => Stopping))
            : null;
    }
}
