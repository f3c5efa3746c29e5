using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Lets computers be given the user's password itself when a connection is made with CredSSP: they are added to
/// the client setting AllowFreshCredentials, and Auth\CredSSP becomes true. Asks before, unless -Force is given.
/// Writes the Auth element of the client settings. Errors with the id WsManError end the command.
/// </summary>
[Cmdlet(VerbsLifecycle.Enable, "WSManCredSSP", HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096719")]
[OutputType(typeof(XmlElement))]
public sealed class EnableWSManCredSSPCommand : WSManCredSSPCommandBase
{
    private const string AuthNamespace = "http://schemas.microsoft.com/wbem/wsman/1/config/client/auth";

    /// <summary>The computers that may be given the password; * in a name stands for any text.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[]? DelegateComputer { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (IsServer && DelegateComputer is not null)
        {
            throw new InvalidOperationException(Messages.DelegateComputerOfServer);
        }

        if (IsServer)
        {
            Fail(Messages.NoServiceForCredSSP(on: true), DelegateComputer);
        }

        if (DelegateComputer is null)
        {
            throw new InvalidOperationException(Messages.ClientWithoutDelegateComputer);
        }

        // A text with commas is a list too, as in TrustedHosts.
        Enable([.. DelegateComputer.SelectMany(c => c.Split(',', StringSplitOptions.TrimEntries))]);
    }

    private void Enable(string[] computers)
    {
        string question = Messages.AskCredSSP(string.Join(", ", computers));
        if (!Force && !ShouldContinue(question, Messages.CredSSPCaption))
        {
            return;
        }

        try
        {
            WriteObject(Element(CredSSPSettings.Allow(computers).Auth));
        }
        catch (WSManException e)
        {
            Fail(e, DelegateComputer);
        }
    }

    // As the service of Windows answers a change of winrm/config/client/auth.
    private static XmlElement Element(IReadOnlyList<ClientSetting> settings)
    {
        XmlDocument document = new() { XmlResolver = null };
        XmlElement auth = document.CreateElement("cfg", "Auth", AuthNamespace);
        auth.SetAttribute("xmlns:cfg", AuthNamespace);
        document.AppendChild(auth);
        foreach (ClientSetting setting in settings)
        {
            auth.AppendChild(document.CreateElement("cfg", setting.Name, AuthNamespace))!.InnerText = setting.Value!;
        }

        return auth;
    }
}
