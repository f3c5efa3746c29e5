namespace Microsoft.WSMan.Management;

/// <summary>Makes the name of a session from the name of a computer.</summary>
/// <remarks>
/// The core takes brackets off as well, from the host that it connects to. The shim needs the name before it calls:
/// paths of the drive, locations, and the session that a cmdlet may use are looked up by it.
/// </remarks>
internal static class ComputerNames
{
    public const string Local = "localhost";

    /// <summary>
    /// The name that a parameter means: nothing and "." are the local computer, and all else is as typed.
    /// </summary>
    public static string FromParameter(string? name) => string.IsNullOrEmpty(name) || name == "." ? Local : name;

    /// <summary>
    /// The session's name: lower case, an IPv6 literal without its brackets. The zone of a literal stays as it is,
    /// since names of interfaces may differ by letter case alone.
    /// </summary>
    public static string ToSessionName(string? name)
    {
        string given = FromParameter(name);

        // No host name has a colon, so a colon tells an IPv6 literal (RFC 3986, 3.2.2).
        bool isLiteral = given.Contains(':', StringComparison.Ordinal);
        string bare = isLiteral && given.StartsWith('[') && given.EndsWith(']') ? given[1..^1] : given;
        int zone = isLiteral ? bare.IndexOf('%', StringComparison.Ordinal) : -1;
        return zone < 0 ? bare.ToLowerInvariant() : $"{bare[..zone].ToLowerInvariant()}{bare[zone..]}";
    }

    /// <summary>Whether the name stands for the local computer.</summary>
    public static bool IsLocal(string name) => name.Equals(Local, StringComparison.OrdinalIgnoreCase);
}
