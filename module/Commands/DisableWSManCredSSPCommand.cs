using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Turns CredSSP off: in the user's client settings, where it takes every computer off AllowFreshCredentials too, or at
/// the service that is connected as localhost. Writes no objects. Errors have the id WsManError and end the command.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Disable,
    "WSManCredSSP",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096628")]
public sealed class DisableWSManCredSSPCommand : WSManCredSSPCommandBase
{
    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (IsServer)
        {
            SetService(on: false, mayChange: () => true);
        }
        else if (Confirm(Messages.DescribeDisableCredSSP))
        {
            TurnOff();
        }
    }

    private void TurnOff()
    {
        try
        {
            CredSSPSettings.Disable();
        }
        catch (WSManException e)
        {
            Fail(e, null);
        }
    }
}
