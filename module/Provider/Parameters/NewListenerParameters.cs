using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>The parameters that New-Item gets at Listener.</summary>
public sealed class NewListenerParameters
{
    private int _port;

    /// <summary>Where it listens: *, IP:address or MAC:address.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownValueCompleter))]
    public string Address { get; set; } = "";

    /// <summary>HTTP or HTTPS.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownValueCompleter))]
    public string Transport { get; set; } = "";

    /// <summary>The TCP port; the server's default port of the transport unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int Port
    {
        get => _port;
        set
        {
            // A port 0 that was given is sent, so that the server refuses it instead of taking its default.
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

    /// <summary>The thumbprint of the certificate of an HTTPS listener, from the computer's own store.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbPrint { get; set; }

    /// <summary>Whether a port was given.</summary>
    internal bool IsPortSpecified { get; private set; }

    internal NewListener ToListener() => new(Address, Transport)
    {
        Port = IsPortSpecified ? Port : null,
        HostName = HostName,
        Enabled = Enabled,
        UrlPrefix = URLPrefix,
        CertificateThumbprint = CertificateThumbPrint,
    };
}
