namespace Microsoft.WSMan.Management;

/// <summary>A session as it was at one moment. Only number and state are known of a closed one.</summary>
internal sealed record SessionInfo(
    ulong Id,
    string ComputerName,
    WSManSessionState State,
    string ConnectionUri,
    string Authentication,
    string UserName,
    int Connections,
    int OpenEnumerations,
    int OpenShells)
{
    /// <summary>
    /// The session under a name, or null. Names are compared letter for letter: the zones of two IPv6 literals may
    /// differ by letter case alone.
    /// </summary>
    public static SessionInfo? Find(IEnumerable<SessionInfo> sessions, string sessionName) =>
        sessions.FirstOrDefault(session => session.ComputerName == sessionName);
}
