using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace Microsoft.WSMan.Management;

/// <summary>
/// What stands at the cursor when the Tab key is pressed: the beginning of a value, or a pattern, after a quote or not.
/// </summary>
internal sealed class TypedWord
{
    // PowerShell takes the typographic ones for the plain ones.
    private const string SingleQuotes = "'\u2018\u2019\u201a\u201b";

    private const string DoubleQuotes = "\"\u201c\u201d\u201e";

    // What has no meaning of its own in a word without quotes, if the word begins with a letter, a digit or a star.
    private const string Plain = ".-_:/?*+=";

    private readonly char? _quote;

    private readonly WildcardPattern? _pattern;

    public TypedWord(string? word)
    {
        Text = word ?? "";
        string kind = Text.Length == 0 ? "" : KindOf(Text[0]);
        if (kind.Length > 0)
        {
            _quote = kind[0];
            Text = Text.Length > 1 && kind.Contains(Text[^1], StringComparison.Ordinal) ? Text[1..^1] : Text[1..];
        }

        _pattern = IsPattern
            ? WildcardPattern.Get($"{Text}*", WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)
            : null;
    }

    /// <summary>What was typed, without the quote.</summary>
    public string Text { get; }

    /// <summary>Whether it may be a pattern. A star can belong to a value just as well.</summary>
    public bool IsPattern => WildcardPattern.ContainsWildcardCharacters(Text);

    /// <summary>Whether what was typed begins with a text, letter case aside.</summary>
    public bool BeginsWith(string text) => Text.StartsWith(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a value may follow: it begins so or is like the pattern, and all of it can be seen.</summary>
    public bool Fits(Candidate candidate) =>
        candidate.Text.Length > 0
        && !candidate.Text.EnumerateRunes().Any(PathSegment.IsInvisible)
        && (candidate.Text.StartsWith(Text, StringComparison.OrdinalIgnoreCase) || IsLike(candidate.Text));

    /// <summary>What the engine puts in the place of what was typed.</summary>
    public CompletionResult Complete(Candidate candidate) => new(
        Quoted(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, Visible(candidate.ToolTip));

    // The quote that the user began with stays, unless the value would be read in it.
    private string Quoted(string value)
    {
        if (_quote is null && IsPlain(value))
        {
            return value;
        }

        bool isRead = value.Any(c => c is '$' or '`' || DoubleQuotes.Contains(c, StringComparison.Ordinal));
        return _quote == '"' && !isRead ? $"\"{value}\"" : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
    }

    private static bool IsPlain(string value) =>
        (char.IsAsciiLetterOrDigit(value[0]) || value[0] == '*')
        && value.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal));

    private static string KindOf(char c) =>
        new[] { SingleQuotes, DoubleQuotes }.FirstOrDefault(kind => kind.Contains(c, StringComparison.Ordinal), "");

    // A tooltip is one line of the terminal, and a certificate or a user may be called anything.
    private static string Visible(string text) => string.Concat(
        text.EnumerateRunes().Select(rune => PathSegment.IsInvisible(rune) ? Rune.ReplacementChar : rune));

    private bool IsLike(string value)
    {
        try
        {
            return _pattern?.IsMatch(value) == true;
        }
        catch (WildcardPatternException)
        {
            // An opening bracket alone is no pattern, but the beginning of an IPv6 address.
            return false;
        }
    }
}
