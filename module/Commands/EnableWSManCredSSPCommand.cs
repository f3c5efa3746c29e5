using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Lets computers be given the user's password itself when a connection is made with CredSSP: they are added to
/// the client setting AllowFreshCredentials, and Auth\CredSSP becomes true. Or lets the service that is connected as
/// localhost take passwords. Asks before, unless -Force is given. Writes the Auth element of the client settings or of
/// the service. Errors with the id WsManError end the command.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Enable,
    "WSManCredSSP",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096719")]
[OutputType(typeof(XmlElement))]
public sealed class EnableWSManCredSSPCommand : WSManCredSSPCommandBase
{
    /// <summary>The computers that may be given the password; * in a name stands for any text.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComputerCompleter))]
    public string[]? DelegateComputer { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (IsServer && DelegateComputer is not null)
        {
            Fail(Errors.Unnamed(new InvalidOperationException(Messages.DelegateComputerForServer)));
        }

        if (IsServer)
        {
            if (SetService(on: true, () => MayEnable(Messages.AskCredSSPOfService)) is { } auth)
            {
                WriteObject(auth);
            }

            return;
        }

        if (DelegateComputer is null)
        {
            Fail(Errors.Unnamed(new InvalidOperationException(Messages.ClientWithoutDelegateComputer)));
        }

        // A text with commas is a list too, as in the client setting TrustedHosts.
        Enable([.. DelegateComputer.SelectMany(c => c.Split(',', StringSplitOptions.TrimEntries))]);
    }

    private bool MayEnable(string question) => Force || Ask(question, Messages.CredSSPCaption);

    private void Enable(string[] computers)
    {
        string names = string.Join(", ", computers);
        if (!Confirm(Messages.DescribeEnableCredSSP(names)) || !MayEnable(Messages.AskCredSSP(names)))
        {
            return;
        }

        try
        {
            WriteObject(CredSSPSettings.Enable(computers));
        }
        catch (WSManException e)
        {
            Fail(e, DelegateComputer);
        }
    }
}
