namespace Microsoft.WSMan.Management.Units.Connection;

// The A-labels are those of RFC 3492 for the letters. These tests run in the invariant mode of .NET, which knows no
// composed letters; others run in the pinned PowerShell, with ICU.
public sealed class DnsNamesTests
{
    [Theory]
    [InlineData("münchen.example", "xn--mnchen-3ya.example")]
    [InlineData("MÜNCHEN.Example", "xn--mnchen-3ya.example")]
    [InlineData("日本語.example.", "xn--wgv71a119e.example.")]
    [InlineData("a\u3002ü", "a.xn--tda")]
    [InlineData("Server01", "Server01")]
    [InlineData("a^b", "a^b")]
    [InlineData("a..b", "a..b")]
    [InlineData("fe80::1%eth0", "fe80::1%eth0")]
    [InlineData("", "")]
    public void OnlyLabelsOutsideAsciiAreChanged(string name, string ascii) =>
        Assert.Equal(ascii, DnsNames.ToAscii(name));

    [Theory]
    [InlineData("ü..x")]
    [InlineData("ü\0")]
    [InlineData("xn--ü")]
    [InlineData("mu\u0308nchen")]
    public void ANameWithoutAFormInAsciiHasNone(string name) => Assert.Null(DnsNames.ToAscii(name));

    [Fact]
    public void HalfACharacterHasNoFormInAscii() => Assert.Null(DnsNames.ToAscii("\ud800"));

    [Theory]
    [InlineData("a, b", "a, b")]
    [InlineData("<local>, *.München.example ,[::1]", "<local>,*.xn--mnchen-3ya.example,[::1]")]
    [InlineData("wsman/München.example,host/*", "wsman/xn--mnchen-3ya.example,host/*")]
    [InlineData("", "")]
    public void AListHasItsComputersInAscii(string list, string ascii) =>
        Assert.Equal(ascii, DnsNames.ToAsciiList(list));

    [Theory]
    [InlineData("a,mün*.example", "\"mün*.example\" has a * beside letters outside ASCII")]
    [InlineData("wsman/*ü", "\"*ü\" has a * beside letters outside ASCII")]
    [InlineData("wsman/ü..x", "\"ü..x\" is not the name of a computer")]
    public void AnEntryWithoutAFormInAsciiIsNamed(string list, string message)
    {
        WSManException error = Assert.Throws<WSManException>(() => DnsNames.ToAsciiList(list));

        Assert.Equal(WSManErrorCode.InvalidArgument, error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
