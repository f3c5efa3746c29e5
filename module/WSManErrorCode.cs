namespace Microsoft.WSMan.Management;

/// <summary>
/// What a call came to: the status codes of the native library (<c>wsman_status</c> in wsman.h), and one of
/// the shim's own for the time before the library is loaded.
/// </summary>
public enum WSManErrorCode
{
    /// <summary>The native library is missing, cannot be loaded, or has another version.</summary>
    NotLoaded = -1,

    /// <summary>The call succeeded.</summary>
    None = 0,

    /// <summary>A defect of the library, or memory ran out.</summary>
    Internal = 1,

    /// <summary>The request cannot be carried out as it is written.</summary>
    InvalidArgument = 2,

    /// <summary>The client settings file cannot be read.</summary>
    Settings = 3,

    /// <summary>No session is open under that name.</summary>
    NotConnected = 4,

    /// <summary>The session was closed while the call ran.</summary>
    Closed = 5,

    /// <summary>The call was stopped.</summary>
    Cancelled = 6,

    /// <summary>A deadline passed.</summary>
    TimedOut = 7,

    /// <summary>The computer name has no address.</summary>
    NameResolution = 8,

    /// <summary>Nothing answers at that address and port.</summary>
    CannotConnect = 9,

    /// <summary>The connection ended before the answer was whole.</summary>
    ConnectionLost = 10,

    /// <summary>The TLS handshake failed for another reason than the certificate.</summary>
    Tls = 11,

    /// <summary>The server's certificate was refused.</summary>
    Certificate = 12,

    /// <summary>The server refused the credentials.</summary>
    AccessDenied = 13,

    /// <summary>This version does not offer the authentication asked for.</summary>
    Authentication = 14,

    /// <summary>Clear-text credentials over http are not allowed.</summary>
    Unencrypted = 15,

    /// <summary>An HTTP answer that is not WS-Management.</summary>
    Http = 16,

    /// <summary>An answer that breaks HTTP or SOAP.</summary>
    Protocol = 17,

    /// <summary>An answer larger than a limit.</summary>
    Limit = 18,

    /// <summary>The server answered with a SOAP fault.</summary>
    Fault = 19,
}
