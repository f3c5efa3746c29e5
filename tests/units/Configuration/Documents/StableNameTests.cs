namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class StableNameTests
{
    // The first three numbers are those of the FNV test suite.
    [Theory]
    [InlineData("", "2166136261")]
    [InlineData("a", "3826002220")]
    [InlineData("foobar", "3214735720")]
    [InlineData("Address=*+Transport=HTTP", "2132651585")]
    public void NamesTheSameKeysTheSameInEveryProcess(string key, string number) =>
        Assert.Equal($"Listener_{number}", StableName.Of("Listener", key));

    [Theory]
    [InlineData("Address=*+Transport=HTTP", "address=*+TRANSPORT=http")]
    [InlineData("CN=GRÜSSE", "cn=grüsse")]
    public void LetterCaseMakesNoDifference(string key, string same) =>
        Assert.Equal(StableName.Of("x", key), StableName.Of("x", same));

    [Fact]
    public void TextBeyondAsciiIsHashedAsUtf8()
    {
        // FNV-1a of C3 BC, by hand.
        uint hash = unchecked((((2166136261 ^ 0xC3) * 16777619) ^ 0xBC) * 16777619);

        Assert.Equal($"x_{hash}", StableName.Of("x", "Ü"));
    }

    [Fact]
    public void AVeryLongKeyHasAName() =>
        Assert.Matches("^x_[0-9]{1,10}$", StableName.Of("x", new string('k', 1_000_000)));

    [Fact]
    public void ManyKeysHaveNamesInTheirOrder()
    {
        string[] keys = [.. Enumerable.Range(0, 5000).Select(i => $"http://schemas.example.com/resource/{i}")];

        IReadOnlyList<string> names = StableName.OfAll("Resource", keys);

        Assert.Equal(keys.Select(key => StableName.Of("Resource", key)), names);
        Assert.Equal(keys.Length, names.Distinct().Count());
    }

    [Fact]
    public void ALaterItemWithTheSameKeyCountsOn() => Assert.Equal(
        new[] { "key", "other", "key+1", "key+2" }.Select(key => StableName.Of("x", key)),
        StableName.OfAll("x", ["key", "other", "KEY", "key"]));

    // The two words are a known collision of the hash; the other keys are counted ones in plain.
    [Theory]
    [InlineData("costarring", "liquid")]
    [InlineData("key", "key", "key+1", "key+1")]
    [InlineData("key+1", "key", "key")]
    public void NoTwoItemsHaveTheSameName(params string[] keys) =>
        Assert.Equal(keys.Length, StableName.OfAll("x", keys).Distinct().Count());

    [Fact]
    public void NoKeysHaveNoNames() => Assert.Empty(StableName.OfAll("x", []));
}
