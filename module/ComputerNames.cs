namespace Microsoft.WSMan.Management;

/// <summary>How a computer name becomes the name of a session.</summary>
internal static class ComputerNames
{
    public const string Local = "localhost";

    /// <summary>What the parameter means: nothing and "." are the local computer, and all else is as typed.</summary>
    public static string FromParameter(string? name) => string.IsNullOrEmpty(name) || name == "." ? Local : name;

    /// <summary>The session's name: lower case, an IPv6 literal without its brackets.</summary>
    public static string ToSessionName(string? name)
    {
        string given = FromParameter(name);
        bool bracketed = given.StartsWith('[') && given.EndsWith(']') && given.Contains(':', StringComparison.Ordinal);
        return (bracketed ? given[1..^1] : given).ToLowerInvariant();
    }

    /// <summary>Whether it is the name that stands for the local computer.</summary>
    public static bool IsLocal(string name) => name.Equals(Local, StringComparison.OrdinalIgnoreCase);
}
