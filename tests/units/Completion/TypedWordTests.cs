using System.Management.Automation;

namespace Microsoft.WSMan.Management.Units.Completion;

public sealed class TypedWordTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("'abc", "abc")]
    [InlineData("\"abc", "abc")]
    [InlineData("'abc'", "abc")]
    [InlineData("'", "")]
    [InlineData("''", "")]
    [InlineData("\u2018abc\u2019", "abc")]
    [InlineData("'abc\"", "abc\"")]
    public void AQuoteIsNoPartOfWhatWasTyped(string? word, string text) =>
        Assert.Equal(text, new TypedWord(word).Text);

    [Theory]
    [InlineData("", "server01", "server01")]
    [InlineData("", "winrm/config/listener?Address=*+Transport=HTTP", "winrm/config/listener?Address=*+Transport=HTTP")]
    [InlineData("", "*", "*")]
    [InlineData("'", "server01", "'server01'")]
    [InlineData("\"", "server01", "\"server01\"")]
    [InlineData("", "a b", "'a b'")]
    [InlineData("", "it's", "'it''s'")]
    [InlineData("\"", "it's", "\"it's\"")]
    [InlineData("", "a;b", "'a;b'")]
    [InlineData("\"", "a$b", "'a$b'")]
    [InlineData("\"", "a`b", "'a`b'")]
    [InlineData("\"", "a\"b", "'a\"b'")]
    [InlineData("\"", "a\u201db", "'a\u201db'")]
    [InlineData("", "a\u2019; calc; \u2018b", "'a\u2019\u2019; calc; \u2018\u2018b'")]
    [InlineData("", "[fe80::1]", "'[fe80::1]'")]
    [InlineData("", "::1", "'::1'")]
    [InlineData("", "-x", "'-x'")]
    [InlineData("", "@x", "'@x'")]
    [InlineData("", "#x", "'#x'")]
    [InlineData("", "a,b", "'a,b'")]
    [InlineData("", "a%b", "'a%b'")]
    [InlineData("", "größe", "'größe'")]
    public void AValueIsQuotedWherePowerShellWouldReadIt(string typed, string value, string line) =>
        Assert.Equal(line, new TypedWord(typed).Complete(new Candidate(value, "x")).CompletionText);

    [Theory]
    [InlineData("WIN", "Win32_Service", true)]
    [InlineData("Service", "Win32_Service", false)]
    [InlineData("*service", "Win32_Service", true)]
    [InlineData("'win32_[st]", "Win32_Service", true)]
    [InlineData("[fe80", "[fe80::1]", true)]
    [InlineData("[fe80", "server01", false)]
    [InlineData("x/listener?Address=*", "x/listener?Address=*+Transport=HTTP", true)]
    [InlineData("", "", false)]
    [InlineData("", "a\nb", false)]
    [InlineData("", "a\u202eb", false)]
    public void AValueFitsThatBeginsSoOrIsLikeThePattern(string typed, string value, bool fits) =>
        Assert.Equal(fits, new TypedWord(typed).Fits(new Candidate(value, "x")));

    [Fact]
    public void ATooltipIsOneVisibleLine()
    {
        CompletionResult result = new TypedWord("").Complete(new Candidate("x", "CN=a\u001b[2Jb\nc"));

        Assert.Equal("CN=a\ufffd[2Jb\ufffdc", result.ToolTip);
    }
}
