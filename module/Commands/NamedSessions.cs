using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>Finds the open sessions that a name means: one name, or a pattern with wildcards.</summary>
internal static class NamedSessions
{
    /// <summary>The sessions, sorted by name. A pattern may mean none.</summary>
    /// <exception cref="WSManException">With code NotConnected: no session has that one name. With code
    /// InvalidArgument: the pattern is none.</exception>
    public static IReadOnlyList<SessionInfo> Find(string name)
    {
        string sessionName = ComputerNames.ToSessionName(name);
        IReadOnlyList<SessionInfo> open = WSManClient.Sessions();
        if (WildcardPattern.ContainsWildcardCharacters(sessionName))
        {
            WildcardPattern pattern = Pattern(sessionName);
            return [.. open.Where(session => pattern.IsMatch(session.ComputerName))];
        }

        // The engine would compare by the user's culture, and in some of them 10.0.1.12 equals 10.0.11.2.
        return SessionInfo.Find(open, sessionName) is { } found
            ? [found]
            : throw new WSManException(WSManErrorCode.NotConnected, Messages.NotConnected(sessionName));
    }

    private static WildcardPattern Pattern(string text)
    {
        WildcardPattern pattern =
            WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        try
        {
            // It is read at the first comparison, and there may be no session to compare with.
            _ = pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException e)
        {
            throw Errors.InvalidArgument(Messages.InvalidPattern(text), e);
        }
    }
}
