using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>Finds the open sessions that a name means: one name, or a pattern with wildcards.</summary>
internal static class NamedSessions
{
    /// <summary>The sessions, sorted by name. A pattern may mean none.</summary>
    /// <exception cref="WSManException">With code NotConnected: no session has that one name.</exception>
    public static IReadOnlyList<SessionInfo> Find(string name)
    {
        string sessionName = ComputerNames.ToSessionName(name);
        IReadOnlyList<SessionInfo> open = WSManClient.Sessions();
        if (WildcardPattern.ContainsWildcardCharacters(sessionName))
        {
            WildcardPattern pattern =
                WildcardPattern.Get(sessionName, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            return [.. open.Where(session => pattern.IsMatch(session.ComputerName))];
        }

        // The engine would compare by the user's culture, and in some of them 10.0.1.12 equals 10.0.11.2.
        return SessionInfo.Find(open, sessionName) is { } found
            ? [found]
            : throw new WSManException(WSManErrorCode.NotConnected, Messages.NotConnected(sessionName));
    }
}
