using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Turns CredSSP off in the user's client settings and takes every computer off AllowFreshCredentials. Writes no
/// objects. Errors have the id WsManError and end the command.
/// </summary>
[Cmdlet(VerbsLifecycle.Disable, "WSManCredSSP", HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096628")]
public sealed class DisableWSManCredSSPCommand : WSManCredSSPCommandBase
{
    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (IsServer)
        {
            Fail(Messages.NoServiceForCredSSP(on: false), null);
        }

        try
        {
            CredSSPSettings.Forbid();
        }
        catch (WSManException e)
        {
            Fail(e, null);
        }
    }
}
