using System.Globalization;
using System.Text;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Names of computers in ASCII, as DNS and certificates have them: with A-labels for labels of other letters
/// (RFC 5891). What is in ASCII already stays as it is, whatever it is, because the core judges it.
/// </summary>
internal static class DnsNames
{
    // Underscores stand in names of computers with Windows, so the rules of STD 3 are not asked for.
    private static readonly IdnMapping s_mapping = new();

    // All that ends a label.
    private static readonly char[] s_dots = ['.', '\u3002', '\uFF0E', '\uFF61'];

    // What begins behind the host in an address or in an entry of no_proxy.
    private static readonly char[] s_hostEnds = [':', '/', '?', '#'];

    // In the invariant mode .NET leaves text as it is.
    private static readonly bool s_isComposing = "u\u0308".Normalize() == "\u00FC";

    /// <summary>The name in ASCII; null if it has no such form.</summary>
    public static string? ToAscii(string name)
    {
        if (Ascii.IsValid(name))
        {
            return name;
        }

        try
        {
            string mapped = name.Normalize().ToLowerInvariant();
            bool isDecomposed = mapped.AsSpan().ContainsAnyInRange('\u0300', '\u036F');

            // The A-labels of letters that were not composed are those of another name.
            return isDecomposed && !s_isComposing ? null : s_mapping.GetAscii(mapped);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>
    /// The address of a proxy with its host in ASCII, or an entry of no_proxy; as it is where there is no such form.
    /// </summary>
    public static string ToAsciiHost(string address)
    {
        int slashes = address.IndexOf("//", StringComparison.Ordinal);
        int start = slashes < 0 ? 0 : slashes + 2;

        // An entry of no_proxy may begin with a dot, which is no empty label.
        start += address[start..].StartsWith('.') ? 1 : 0;
        int end = address.IndexOfAny(s_hostEnds, start);
        end = end < 0 ? address.Length : end;
        return ToAscii(address[start..end]) is { } host ? $"{address[..start]}{host}{address[end..]}" : address;
    }

    /// <summary>
    /// A list of the client settings in ASCII: computers with commas between them, each with * for any text and with or
    /// without a service before it.
    /// </summary>
    /// <exception cref="WSManException">A computer has no such form.</exception>
    public static string ToAsciiList(string list) =>
        Ascii.IsValid(list) ? list : string.Join(',', list.Split(',').Select(entry => ToAsciiEntry(entry.Trim())));

    private static string ToAsciiEntry(string entry)
    {
        // No host has a slash, so what is before it is the service.
        int start = entry.IndexOf('/', StringComparison.Ordinal) + 1;
        string computer = entry[start..];

        // A-labels are made of whole labels: those of a part are of no name.
        bool isPartial = computer.Split(s_dots).Any(label => label.Contains('*') && !Ascii.IsValid(label));
        return isPartial
            ? throw Errors.InvalidArgument(Messages.PartOfLabel(computer))
            : entry[..start] + (ToAscii(computer) ?? throw NotAName(computer));
    }

    /// <summary>The error of a name that has no form in ASCII.</summary>
    public static WSManException NotAName(string name) => Errors.InvalidArgument(Messages.NotAComputerName(name));
}
