using System.Management.Automation;
using System.Net;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Makes the object that -SessionOption of the other cmdlets takes. A proxy credential without a proxy
/// authentication, or the other way round, is an error (id InvalidOperationException), and nothing is written.
/// </summary>
[Cmdlet(VerbsCommon.New, "WSManSessionOption", HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096845")]
[OutputType(typeof(SessionOption))]
public sealed class NewWSManSessionOptionCommand : PSCmdlet
{
    /// <summary>The source of the proxy server's address; all but ProxyNoProxyServer mean https_proxy.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ProxyAccessType ProxyAccessType { get; set; } = ProxyAccessType.ProxyIEConfig;

    /// <summary>The mechanism by which the user is proved to the proxy. Without it, no proxy is used.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ProxyAuthentication ProxyAuthentication { get; set; }

    /// <summary>The user name and password for the proxy.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Accept a server certificate of an authority that is not trusted.</summary>
    [Parameter]
    public SwitchParameter SkipCACheck { get; set; }

    /// <summary>Accept a server certificate that was made for another name.</summary>
    [Parameter]
    public SwitchParameter SkipCNCheck { get; set; }

    /// <summary>Accept a server certificate that was revoked.</summary>
    [Parameter]
    public SwitchParameter SkipRevocationCheck { get; set; }

    /// <summary>Put the port into the service principal name; 0 leaves it out.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SPNPort { get; set; }

    /// <summary>How long an operation may take, in milliseconds; 0 means the client's default.</summary>
    [Parameter]
    [Alias("OperationTimeoutMSec")]
    [ValidateRange(0, int.MaxValue)]
    public int OperationTimeout { get; set; }

    /// <summary>Do not encrypt messages over http.</summary>
    [Parameter]
    public SwitchParameter NoEncryption { get; set; }

    /// <summary>Send requests in UTF-16 instead of UTF-8.</summary>
    [Parameter]
    public SwitchParameter UseUTF16 { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Windows reports these without ending the command, so neither does this.
        bool needsCredential = ProxyAuthentication is ProxyAuthentication.Basic or ProxyAuthentication.Digest;
        if (needsCredential && ProxyCredential is null)
        {
            WriteRefusal(Messages.ProxyNeedsCredential);
        }
        else if (ProxyCredential is not null && ProxyAuthentication == 0)
        {
            WriteRefusal(Messages.ProxyNeedsAuthentication);
        }
        else
        {
            WriteObject(NewOption());
        }
    }

    private SessionOption NewOption() => new()
    {
        SkipCACheck = SkipCACheck,
        SkipCNCheck = SkipCNCheck,
        SkipRevocationCheck = SkipRevocationCheck,
        UseEncryption = !NoEncryption,
        UseUtf16 = UseUTF16,
        ProxyAuthentication = ProxyAuthentication,
        SPNPort = SPNPort,
        OperationTimeout = OperationTimeout,
        ProxyCredential = ConnectCredential.OrNone(ProxyCredential) is { } user ? ToNetworkCredential(user) : null,
        ProxyAccessType = ProxyAccessType,
    };

    // The name is split as that of a connection is; the password stays a secure string.
    private static NetworkCredential ToNetworkCredential(PSCredential credential)
    {
        (string domain, string user) = ConnectCredential.SplitUserName(credential.UserName);
        return new NetworkCredential(user, credential.Password, domain);
    }

    private void WriteRefusal(string message) => WriteError(Errors.Record(
        new InvalidOperationException(message), nameof(InvalidOperationException), target: null));
}
