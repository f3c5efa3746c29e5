using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// On Windows, sets up the WinRM service of the computer it is run on. Here there is none, so it fails with a
/// sentence that says what does it elsewhere. The error has the id WsManError and ends the command.
/// </summary>
[Cmdlet(VerbsCommon.Set, "WSManQuickConfig", HelpUri = "https://go.microsoft.com/fwlink/?LinkID=2097112")]
[OutputType(typeof(string))]
public sealed class SetWSManQuickConfigCommand : WSManCommand
{
    /// <summary>The listener is one for https.</summary>
    [Parameter]
    public SwitchParameter UseSSL { get; set; }

    /// <summary>Do not ask. Nothing is asked here.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Set the service up in public networks as well.</summary>
    [Parameter]
    public SwitchParameter SkipNetworkProfileCheck { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Fail(Messages.NoQuickConfig(UseSSL, SkipNetworkProfileCheck), null);
}
