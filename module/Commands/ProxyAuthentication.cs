namespace Microsoft.WSMan.Management;

/// <summary>How the client proves to a proxy who it is. The value 0, which has no name, means no proxy.</summary>
public enum ProxyAuthentication
{
    /// <summary>Kerberos where possible, NTLM otherwise.</summary>
    Negotiate = 1,

    /// <summary>HTTP Basic.</summary>
    Basic = 2,

    /// <summary>HTTP Digest.</summary>
    Digest = 4,
}
