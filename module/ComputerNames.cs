namespace Microsoft.WSMan.Management;

/// <summary>How a computer name becomes the name of a session.</summary>
internal static class ComputerNames
{
    public const string Local = "localhost";

    /// <summary>What the parameter means: nothing and "." are the local computer, and all else is as typed.</summary>
    public static string FromParameter(string? name) => string.IsNullOrEmpty(name) || name == "." ? Local : name;

    /// <summary>
    /// The session's name: lower case, an IPv6 literal without its brackets. The zone of one stays as it is, since
    /// names of interfaces may differ by letter case alone.
    /// </summary>
    public static string ToSessionName(string? name)
    {
        string given = FromParameter(name);
        bool literal = given.Contains(':', StringComparison.Ordinal);
        string bare = literal && given.StartsWith('[') && given.EndsWith(']') ? given[1..^1] : given;
        int zone = literal ? bare.IndexOf('%', StringComparison.Ordinal) : -1;
        return zone < 0 ? bare.ToLowerInvariant() : $"{bare[..zone].ToLowerInvariant()}{bare[zone..]}";
    }

    /// <summary>Whether it is the name that stands for the local computer.</summary>
    public static bool IsLocal(string name) => name.Equals(Local, StringComparison.OrdinalIgnoreCase);
}
