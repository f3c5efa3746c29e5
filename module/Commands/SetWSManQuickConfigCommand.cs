using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// On Windows, the cmdlet sets up the WinRM service of the computer it is run on. Here it does so with the service that
/// is connected as localhost, as far as one that answers lacks anything. Asks before, unless -Force is given. Writes
/// the texts of Windows. Without such a service it fails with a sentence that names the commands for elsewhere. Errors
/// have the id WsManError and end the command.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "WSManQuickConfig",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    HelpUri = "https://go.microsoft.com/fwlink/?LinkID=2097112")]
[OutputType(typeof(string))]
public sealed class SetWSManQuickConfigCommand : WSManCommand
{
    /// <summary>Make a listener for https.</summary>
    [Parameter]
    public SwitchParameter UseSSL { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Set the firewall up in public networks as well. It is out of reach here.</summary>
    [Parameter]
    public SwitchParameter SkipNetworkProfileCheck { get; set; }

    private string Transport => UseSSL ? "HTTPS" : "HTTP";

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (LocalService.Find(Client, TraceLevel) is not { } service)
        {
            Fail(Messages.NoQuickConfig(UseSSL, SkipNetworkProfileCheck), null);
            return;
        }

        if (MayChange())
        {
            Report(AskService(
                service,
                there => there.Change(() => Stopping, new QuickConfig(there, Transport).Run)));
        }
    }

    private bool MayChange()
    {
        string change = Messages.DescribeQuickConfig(Transport);
        return ShouldProcess(change, Messages.ConfirmText(change), MyInvocation.MyCommand.Name)
            && (Force || Ask(Messages.AskQuickConfig(Transport), Messages.QuickConfigCaption));
    }

    // Windows has two steps, each with texts of its own, and a service that answers has taken the first.
    private void Report(QuickConfig config)
    {
        WriteObject(Messages.ServiceIsReady);
        if (config.HeldByPolicy is { } path)
        {
            // The error has the id of Windows, where it does not end the command either.
            ArgumentException error = new(Messages.QuickConfigHeld(path));
            WriteError(new ErrorRecord(error, "NotSpecified", ErrorCategory.NotSpecified, null));
        }
        else if (config.Done.Count == 0)
        {
            WriteObject(Messages.ManagementIsReady);
        }
        else
        {
            WriteObject(Messages.ManagementUpdated);
            WriteObject(string.Join('\n', config.Done));
        }
    }
}
