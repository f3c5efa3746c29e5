using System.Globalization;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Writes a sentence that names the computers to which the user's client settings let the password be given with
/// CredSSP, and another about the service that is connected as localhost. Scripts compare both with the sentences of
/// Windows. Errors have the id WsManError and end the command.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WSManCredSSP", HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096838")]
[OutputType(typeof(string))]
public sealed class GetWSManCredSSPCommand : WSManCommand
{
    /// <inheritdoc/>
    private protected override void Begin()
    {
        try
        {
            WriteObject(Describe(CredSSPSettings.Read(WriteTrace)));
        }
        catch (WSManException e)
        {
            Fail(e, null);
        }

        WriteObject(ServiceReceives() ? Messages.ReceivesCredentials : Messages.ReceivesNoCredentials);
    }

    // Without a service nobody receives anything.
    private bool ServiceReceives()
    {
        if (LocalService.Find(Client, TraceLevel) is { } service)
        {
            return AskService(service, ServiceCredSSP.IsOn);
        }

        WriteVerboseLine(Messages.NoServiceToConfigure);
        return false;
    }

    private static string Describe(CredSSPSettings settings)
    {
        // Windows begins with the entry that was added last.
        string computers = string.Join(
            CultureInfo.CurrentCulture.TextInfo.ListSeparator, settings.Computers.Reverse());
        if (computers.Length == 0)
        {
            return Messages.NoFreshCredentials;
        }

        return settings.IsEnabled ? Messages.FreshCredentialsFor(computers) : Messages.CredSSPIsOff(computers);
    }
}
