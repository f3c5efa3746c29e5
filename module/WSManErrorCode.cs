namespace Microsoft.WSMan.Management;

/// <summary>
/// The outcome of a call: the status codes of the native library (<c>wsman_status</c> in wsman.h), and one of
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

    /// <summary>The client settings file cannot be read or written; the message has its path.</summary>
    Settings = 3,

    /// <summary>No session is open under that name.</summary>
    NotConnected = 4,

    /// <summary>The session was closed while the call ran.</summary>
    Closed = 5,

    /// <summary>The call was stopped.</summary>
    Cancelled = 6,

    /// <summary>A deadline passed; the message names the phase and the milliseconds.</summary>
    TimedOut = 7,

    /// <summary>The computer name has no address.</summary>
    NameResolution = 8,

    /// <summary>Nothing answers at that address and port.</summary>
    CannotConnect = 9,

    /// <summary>The connection ended before the answer was whole.</summary>
    ConnectionLost = 10,

    /// <summary>The TLS handshake failed for another reason than the certificate.</summary>
    Tls = 11,

    /// <summary>The server's certificate was refused; the message says by which check.</summary>
    Certificate = 12,

    /// <summary>The server refused the credentials.</summary>
    AccessDenied = 13,

    /// <summary>The authentication asked for cannot be used here, or failed.</summary>
    Authentication = 14,

    /// <summary>Clear-text credentials over http are not allowed.</summary>
    Unencrypted = 15,

    /// <summary>The HTTP answer is not WS-Management.</summary>
    Http = 16,

    /// <summary>The answer breaks HTTP or SOAP.</summary>
    Protocol = 17,

    /// <summary>The answer is larger than a limit.</summary>
    Limit = 18,

    /// <summary>The server answered with a SOAP fault (DSP0226, 14.6).</summary>
    Fault = 19,
}
