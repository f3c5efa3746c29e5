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
        bool isPattern = WildcardPattern.ContainsWildcardCharacters(sessionName);
        WildcardPattern pattern = WildcardPattern.Get(
            isPattern ? sessionName : WildcardPattern.Escape(sessionName), WildcardOptions.IgnoreCase);
        SessionInfo[] found = [.. open.Where(session => pattern.IsMatch(session.ComputerName))];
        return found.Length > 0 || isPattern
            ? found
            : throw new WSManException(WSManErrorCode.NotConnected, Messages.NotConnected(sessionName));
    }
}
