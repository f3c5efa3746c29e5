namespace Microsoft.WSMan.Management;

/// <summary>Where a session stands in its life.</summary>
public enum WSManSessionState
{
    /// <summary>Connected and usable.</summary>
    Opened,

    /// <summary>Being closed: new work is refused.</summary>
    Closing,

    /// <summary>Closed for good. Connecting to the same computer again makes another session.</summary>
    Closed,

    /// <summary>
    /// The connection was lost and could not be made again. The session is listed and can be disconnected;
    /// to use the computer, connect again.
    /// </summary>
    Broken,
}
