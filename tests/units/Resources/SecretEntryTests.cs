namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class SecretEntryTests
{
    [Fact]
    public void EachHasAPlaceholderOfItsOwnThatNeedsNoEscaping()
    {
        string[] placeholders = [.. Enumerable.Range(0, 100).Select(_ => new SecretEntry("same").Placeholder)];

        // 16 to 100 letters, digits and hyphens: wsman_secret in wsman.h.
        Assert.All(placeholders, placeholder => Assert.Matches("^[A-Za-z0-9-]{16,100}$", placeholder));
        Assert.Equal(placeholders.Length, placeholders.Distinct().Count());
    }

    [Theory]
    [InlineData("p<ä>&€😀\"")]
    [InlineData(" ")]
    [InlineData("")]
    public void ItIsOpenedAsItWasGiven(string text)
    {
        Assert.Equal(text, Bytes.Text(new SecretEntry(text)));
        Assert.Equal(text, Bytes.Text(new SecretEntry(Samples.Secret(text))));
    }

    [Fact]
    public void ItCanBeOpenedAgain()
    {
        SecretEntry entry = new(Samples.Secret("again"));

        Assert.Equal("again", Bytes.Text(entry));
        Assert.Equal("again", Bytes.Text(entry));
    }
}
