namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class PathSegmentTests
{
    private static readonly string[] s_parts =
    [
        "%", "2", "5", "E", "e", "F", "f", "C", "c", "%2F", "%25", "/", "\\", ".", "..", "x", "Ü", "😀", "\ud83d", " ",
        "\n", "\u00a0", "\u202e", "\U000e0041", "*", "A", "0", "8", "%0A", "%C2", "%A0", "%C2%A0", "%E2%80", "%AE",
    ];

    [Theory]
    [InlineData("", "%00")]
    [InlineData("Microsoft.PowerShell", "Microsoft.PowerShell")]
    [InlineData("a/b\\c", "a%2Fb%5Cc")]
    [InlineData("http://x/y?z=%20", "http:%2F%2Fx%2Fy%3Fz=%20")]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2E%2E")]
    [InlineData("...", "...")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("100%", "100%")]
    [InlineData("%2F", "%252F")]
    [InlineData("%2f%5c%2e%25", "%252f%255c%252e%2525")]
    [InlineData("%41%2", "%41%2")]
    [InlineData("%%2F", "%%252F")]
    [InlineData("Größe 😀[$x]:", "Größe 😀[$x]:")]
    [InlineData("it's; (a) & {b} | c, #@", "it's; (a) & {b} | c, #@")]
    [InlineData("a`b", "a%60b")]
    [InlineData("a*b?c", "a%2Ab%3Fc")]
    [InlineData("a\"b<c>d", "a%22b%3Cc%3Ed")]
    [InlineData("\u2018\u201d", "%E2%80%98%E2%80%9D")]
    [InlineData("a\tb\nc\rd", "a%09b%0Ac%0Dd")]
    [InlineData("\u0007\u001b\u007f", "%07%1B%7F")]
    [InlineData("\u0085\u009b\u00a0", "%C2%85%C2%9B%C2%A0")]
    [InlineData("\u00ad\u200b\u2028\u2029\u202e\u2066\u3000\ufeff",
        "%C2%AD%E2%80%8B%E2%80%A8%E2%80%A9%E2%80%AE%E2%81%A6%E3%80%80%EF%BB%BF")]
    [InlineData("\U000e0041", "%F3%A0%81%81")]
    [InlineData("%0A", "%250A")]
    [InlineData("%00", "%2500")]
    [InlineData("%c2%a0%E2%80%AE%41", "%25c2%a0%25E2%80%AE%41")]
    [InlineData("%C2\u00a0", "%C2%C2%A0")]
    [InlineData("%E2%80", "%E2%80")]
    public void OnlyCharactersThatWouldDoHarmInAPathAreEscaped(string name, string segment) =>
        Assert.Equal(segment, PathSegment.Escape(name));

    [Theory]
    [InlineData("a%2fb%5cc", "a/b\\c")]
    [InlineData("%2e%2E", "..")]
    [InlineData("%252F", "%2F")]
    [InlineData("%25252F", "%252F")]
    [InlineData("%0a%c2%a0%E2%80%ae", "\n\u00a0\u202e")]
    [InlineData("%E2%80", "%E2%80")]
    [InlineData("%C0%8A", "%C0%8A")]
    [InlineData("%00", "")]
    [InlineData("%2", "%2")]
    [InlineData("%", "%")]
    [InlineData("%zz%41", "%zz%41")]
    [InlineData("a.b", "a.b")]
    public void ASegmentMeansWhatItsCodesSayOnce(string segment, string name) =>
        Assert.Equal(name, PathSegment.Unescape(segment));

    [Theory]
    [InlineData("a/b\nc", "a%2Fb%0Ac")]
    [InlineData("a%2fb\nc", "a%2Fb%0Ac")]
    [InlineData("a%2Fb%0Ac", "a%2Fb%0Ac")]
    [InlineData("%250A", "%250A")]
    [InlineData("plain", "plain")]
    public void ANameAsItIsAndOneWithCodesAreTheSameSegment(string written, string segment) =>
        Assert.Equal(segment, PathSegment.Canonical(written));

    [Fact]
    public void AnyNameComesBackFromOneSegment()
    {
        string longest = $"{new string('%', 4000)}2F/{new string('/', 4000)}";
        foreach (string name in Samples.Texts(s_parts, 5000, 8).Append(longest))
        {
            string segment = PathSegment.Escape(name);

            Assert.Equal(name, PathSegment.Unescape(segment));
            Assert.Equal(segment, PathSegment.Canonical(segment));
            Assert.False(segment is "" or "." or ".." || segment.AsSpan().ContainsAny("/\\*\n\u00a0\u202e"), segment);
        }
    }
}
