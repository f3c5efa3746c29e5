using System.Net;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Extended options of a session, as New-WSManSessionOption makes them. The names and types are those of Windows.
/// </summary>
public sealed class SessionOption
{
    /// <summary>Accept a server certificate of an authority that is not trusted.</summary>
    public bool SkipCACheck { get; set; }

    /// <summary>Accept a server certificate that was made for another name.</summary>
    public bool SkipCNCheck { get; set; }

    /// <summary>Accept a server certificate that was revoked.</summary>
    public bool SkipRevocationCheck { get; set; }

    /// <summary>Encrypt messages over http where the authentication can; true unless -NoEncryption was given.</summary>
    public bool UseEncryption { get; set; } = true;

    /// <summary>Send requests in UTF-16 instead of UTF-8.</summary>
    public bool UseUtf16 { get; set; }

    /// <summary>The mechanism by which the user is proved to a proxy; 0 means that no proxy is used.</summary>
    public ProxyAuthentication ProxyAuthentication { get; set; }

    /// <summary>A number above 0 makes the port part of the service principal name (Kerberos).</summary>
    public int SPNPort { get; set; }

    /// <summary>How long an operation may take, in milliseconds; 0 means the client's default.</summary>
    public int OperationTimeout { get; set; }

    /// <summary>The user name and password for the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; set; }

    /// <summary>The source of the proxy server's address.</summary>
    public ProxyAccessType ProxyAccessType { get; set; }
}
