namespace Microsoft.WSMan.Management;

/// <summary>
/// The state of a session. Names and numbers are those that RunspaceState has for the same, so that none is 0 and an
/// open session counts as true.
/// </summary>
public enum WSManSessionState
{
    /// <summary>The session can be used. A connection that is lost is made again, and changes nothing.</summary>
    Opened = 2,

    /// <summary>The session is closed for good. A connection to the same computer makes another session.</summary>
    Closed = 3,

    /// <summary>The session is being closed: new work is refused.</summary>
    Closing = 4,

    /// <summary>
    /// The server refused the credential that it had accepted, so that every operation fails. The session is listed
    /// and can be disconnected; to use the computer, connect again.
    /// </summary>
    Broken = 5,
}
