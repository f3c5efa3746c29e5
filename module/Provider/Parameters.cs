using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>What Set-Item gets at the lists of the client: TrustedHosts, and AllowFreshCredentials of one's own.</summary>
public sealed class SetTrustedHostsParameters
{
    /// <summary>Add to the entries that are there already; none is added twice.</summary>
    [Parameter]
    public SwitchParameter Concatenate { get; set; }
}

/// <summary>What New-Item gets at Listener.</summary>
public sealed class NewListenerParameters
{
    private int _port;

    /// <summary>Where it listens: *, IP:address or MAC:address.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Address { get; set; } = "";

    /// <summary>HTTP or HTTPS.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Transport { get; set; } = "";

    /// <summary>The TCP port; the server's default port of the transport unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int Port
    {
        get => _port;
        set
        {
            _port = value;
            IsPortSpecified = true;
        }
    }

    /// <summary>The host name that clients use; the certificate has to have it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>Whether it listens at once.</summary>
    [Parameter]
    public bool Enabled { get; set; } = true;

    /// <summary>The path of the URL.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string URLPrefix { get; set; } = "wsman";

    /// <summary>The certificate of an HTTPS listener, from the computer's own store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbPrint { get; set; }

    /// <summary>Whether a port was given.</summary>
    internal bool IsPortSpecified { get; private set; }
}

/// <summary>What New-Item gets at ClientCertificate. The user is in New-Item's own -Credential.</summary>
public sealed class NewClientCertificateParameters
{
    /// <summary>The thumbprint of the authority that issued the certificates.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Issuer { get; set; } = "";

    /// <summary>The subject of the certificates, a pattern with *.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Subject { get; set; } = "*";

    /// <summary>The resources for which the mapping holds, a pattern with *.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Uri URI { get; set; } = new("*", UriKind.RelativeOrAbsolute);

    /// <summary>Whether the mapping is used.</summary>
    [Parameter]
    public bool Enabled { get; set; } = true;
}
