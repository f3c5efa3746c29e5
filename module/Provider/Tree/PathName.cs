namespace Microsoft.WSMan.Management;

/// <summary>
/// A name of the server as one segment of a path. Both slashes separate segments, and segments of dots lead
/// upwards, so these characters are written %2F, %5C and %2E in a name that has them, as in a URI. A name
/// that has such a text already gets %25 for its percent sign. All other characters stay.
/// </summary>
internal static class PathName
{
    private static readonly string[] s_codes = ["25", "2E", "2F", "5C"];

    public static string Escape(string name)
    {
        string escaped = string.Concat(name.Select((c, at) => c switch
        {
            '/' => "%2F",
            '\\' => "%5C",
            '%' when IsCode(name, at) => "%25",
            _ => c.ToString(),
        }));
        return escaped is "." or ".." ? escaped.Replace(".", "%2E", StringComparison.Ordinal) : escaped;
    }

    public static string Unescape(string segment)
    {
        for (int at = segment.IndexOf('%', StringComparison.Ordinal); at >= 0; at = segment.IndexOf('%', at + 1))
        {
            if (IsCode(segment, at))
            {
                char meant = (char)Convert.ToInt32(segment.Substring(at + 1, 2), 16);
                segment = $"{segment[..at]}{meant}{segment[(at + 3)..]}";
            }
        }

        return segment;
    }

    private static bool IsCode(string text, int at) =>
        at + 2 < text.Length
        && s_codes.Contains(text.Substring(at + 1, 2), StringComparer.OrdinalIgnoreCase);
}
