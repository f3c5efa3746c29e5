namespace Microsoft.WSMan.Management;

/// <summary>The mechanism by which a client proves who its user is. Names and numbers are those of Windows.</summary>
public enum AuthenticationMechanism
{
    /// <summary>No authentication.</summary>
    None = 0,

    /// <summary>Negotiate with a credential, and Kerberos without one.</summary>
    Default = 1,

    /// <summary>HTTP Digest (RFC 7616).</summary>
    Digest = 2,

    /// <summary>Kerberos where possible, NTLM otherwise (RFC 4559).</summary>
    Negotiate = 4,

    /// <summary>HTTP Basic (RFC 7617).</summary>
    Basic = 8,

    /// <summary>Kerberos (RFC 4559).</summary>
    Kerberos = 16,

    /// <summary>A client certificate in the TLS handshake.</summary>
    ClientCertificate = 32,

    /// <summary>CredSSP, which hands the credentials on to the server (MS-CSSP).</summary>
    Credssp = 128,
}
