using System.Buffers;
using System.Globalization;
using System.Text;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A name of the server as one segment of a path that is safe to show, and to run when the Tab key has put it into a
/// line. A character that would do harm there is written as in a URI, as %XX for each byte of its UTF-8: what cuts a
/// path, what cannot be seen, what would turn a line around, and what PowerShell reads as syntax without its
/// completion putting it into quotes. A percent sign that begins such a code already gets %25. All else stays. A name
/// that is empty becomes %00, because the path of a segment without a letter is that of the container.
/// </summary>
internal static class PathSegment
{
    // Slashes cut a path. Wildcards would mean other items too, a backtick takes the meaning of what follows, and < and
    // > redirect. PowerShell takes typographic quotes for plain ones, and its completion did not know that in every
    // version.
    private const string Syntax = "/\\*?`<>\"\u2018\u2019\u201a\u201b\u201c\u201d\u201e";

    // What a code may stand for, beside what is always written as one.
    private const string Others = "%.";

    // No document holds the character of this code (XML 1.0, 2.2), so no other name is written so.
    private const string Nameless = "%00";

    public static string Escape(string name)
    {
        if (name.Length == 0)
        {
            return Nameless;
        }

        // Only these two whole names lead upwards; a dot anywhere else is a letter like any other.
        if (name is "." or "..")
        {
            return name.Replace(".", "%2E", StringComparison.Ordinal);
        }

        StringBuilder escaped = new(name.Length);
        for (int at = 0; at < name.Length;)
        {
            // Half of a surrogate pair is no character, and stays.
            bool isWhole = Rune.TryGetRuneAt(name, at, out Rune rune);
            int length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && (NeedsCode(rune) || TryRead(name, at, out _, out _)))
            {
                AppendCode(escaped, rune);
            }
            else
            {
                escaped.Append(name, at, length);
            }

            at += length;
        }

        return escaped.ToString();
    }

    public static string Unescape(string segment)
    {
        if (segment == Nameless)
        {
            return "";
        }

        // What a code stands for is not read again, so that %252F becomes %2F and no more.
        StringBuilder name = new(segment.Length);
        for (int at = 0; at < segment.Length;)
        {
            if (TryRead(segment, at, out Rune meant, out int length))
            {
                name.Append(meant.ToString());
                at += length;
            }
            else
            {
                name.Append(segment[at++]);
            }
        }

        return name.ToString();
    }

    /// <summary>The segment as <see cref="Escape"/> writes it, of one that a user may have written as it is.</summary>
    public static string Canonical(string segment) => Escape(Unescape(segment));

    /// <summary>Whether a character cannot be seen, or changes how those around it are seen.</summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => true,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        _ => false,
    };

    private static bool NeedsCode(Rune rune) => Has(Syntax, rune) || IsInvisible(rune);

    private static bool Has(string characters, Rune rune) =>
        rune.IsBmp && characters.Contains((char)rune.Value, StringComparison.Ordinal);

    private static void AppendCode(StringBuilder text, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)])
        {
            text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
    }

    // The character that a code stands for. Only one that may be written so counts: all other percent signs are plain.
    private static bool TryRead(string text, int at, out Rune meant, out int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        int count = 0;
        while (count < bytes.Length && TryReadByte(text, at + (3 * count), out bytes[count]))
        {
            count++;
        }

        bool isCode = Rune.DecodeFromUtf8(bytes[..count], out meant, out int used) == OperationStatus.Done
            && (NeedsCode(meant) || Has(Others, meant));
        length = 3 * used;
        return isCode;
    }

    private static bool TryReadByte(string text, int at, out byte value)
    {
        value = 0;
        return at + 2 < text.Length
            && text[at] == '%'
            && byte.TryParse(
                text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
