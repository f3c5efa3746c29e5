namespace Microsoft.WSMan.Management.Units.Provider.Tree;

public sealed class PathNameTests
{
    private static readonly string[] s_parts =
        ["%", "2", "5", "E", "e", "F", "f", "C", "c", "%2F", "%25", "/", "\\", ".", "..", "x", "Ü", "😀", "\ud83d", " "];

    [Theory]
    [InlineData("", "")]
    [InlineData("Microsoft.PowerShell", "Microsoft.PowerShell")]
    [InlineData("a/b\\c", "a%2Fb%5Cc")]
    [InlineData("http://x/y?z=%20", "http:%2F%2Fx%2Fy?z=%20")]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2E%2E")]
    [InlineData("...", "...")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("100%", "100%")]
    [InlineData("%2F", "%252F")]
    [InlineData("%2f%5c%2e%25", "%252f%255c%252e%2525")]
    [InlineData("%41%2", "%41%2")]
    [InlineData("%%2F", "%%252F")]
    [InlineData("Größe 😀[*]:", "Größe 😀[*]:")]
    public void OnlyWhatWouldCutAPathIsEscaped(string name, string segment) =>
        Assert.Equal(segment, PathName.Escape(name));

    [Theory]
    [InlineData("a%2fb%5cc", "a/b\\c")]
    [InlineData("%2e%2E", "..")]
    [InlineData("%252F", "%2F")]
    [InlineData("%25252F", "%252F")]
    [InlineData("%2", "%2")]
    [InlineData("%", "%")]
    [InlineData("%zz%41", "%zz%41")]
    [InlineData("a.b", "a.b")]
    public void ASegmentMeansWhatItsCodesSayOnce(string segment, string name) =>
        Assert.Equal(name, PathName.Unescape(segment));

    [Fact]
    public void AnyNameComesBackFromOneSegment()
    {
        string longest = $"{new string('%', 4000)}2F/{new string('/', 4000)}";
        foreach (string name in Samples.Texts(s_parts, 5000, 8).Append(longest))
        {
            string segment = PathName.Escape(name);

            Assert.Equal(name, PathName.Unescape(segment));
            Assert.False(segment is "." or ".." || segment.AsSpan().ContainsAny('/', '\\'), segment);
        }
    }
}
