namespace Microsoft.WSMan.Management;

/// <summary>
/// The mechanism by which a client proves to a proxy who its user is. Names and numbers are those of Windows; the
/// value 0, which has no name, means no proxy.
/// </summary>
public enum ProxyAuthentication
{
    /// <summary>Kerberos where possible, NTLM otherwise (RFC 4559).</summary>
    Negotiate = 1,

    /// <summary>HTTP Basic (RFC 7617).</summary>
    Basic = 2,

    /// <summary>HTTP Digest (RFC 7616).</summary>
    Digest = 4,
}
