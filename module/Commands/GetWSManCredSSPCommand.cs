using System.Globalization;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Says in one sentence to which computers the user's client settings let the password be given with CredSSP, and
/// in another that there is no service here. Errors have the id WsManError and end the command.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WSManCredSSP", HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096838")]
[OutputType(typeof(string))]
public sealed class GetWSManCredSSPCommand : WSManCommand
{
    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            WriteObject(Sentence(CredSSPSettings.Read()));
        }
        catch (WSManException e)
        {
            Fail(e, null);
        }

        WriteObject(Messages.NoServiceToConfigure);
    }

    private static string Sentence(CredSSPSettings settings)
    {
        string computers = string.Join(CultureInfo.CurrentCulture.TextInfo.ListSeparator, settings.Computers);
        if (computers.Length == 0)
        {
            return Messages.NoFreshCredentials;
        }

        return settings.IsOn ? Messages.FreshCredentialsFor(computers) : Messages.CredSSPIsOff(computers);
    }
}
