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

    // The number of names that are tried shows in what is allocated for them.
    [Fact]
    public void ManyKeysOfOneHashCostNoMoreThanOthers()
    {
        string[] colliding = CollidingKeys(doublings: 11);
        string[] others = [.. Enumerable.Range(0, colliding.Length).Select(i => $"{i,88}")];
        _ = StableName.OfAll("x", others);

        long usual = AllocatedFor(others);
        long allocated = AllocatedFor(colliding);

        Assert.Single(colliding.Select(key => StableName.Of("x", key)).Distinct());
        Assert.Equal(colliding.Length, colliding.Distinct().Count());
        Assert.InRange(allocated, 0, 4 * usual);
    }

    [Fact]
    public void KeysOfOneHashCountOnTogether()
    {
        string[] keys = [.. CollidingKeys(doublings: 2)];
        string first = keys[0];

        Assert.Equal(
            new[] { "", "+1", "+2", "+3", "+4" }.Select(count => StableName.Of("x", first + count)),
            StableName.OfAll("x", [.. keys, first]));
    }

    [Fact]
    public void WhatAllKeysBeginWithIsPartOfEach() => Assert.Equal(
        StableName.OfAll("x", ["URI+a", "URI+B", "uri+a"]), StableName.OfAll("x", ["a", "B", "a"], beginning: "URI+"));

    // What is hashed is copied, and so shows in what is allocated.
    [Fact]
    public void ALongBeginningIsHashedOnce()
    {
        string[] keys = [.. Enumerable.Range(0, 2000).Select(i => $"{i}")];
        string beginning = new('U', 250_000);
        _ = StableName.OfAll("x", keys);

        Assert.InRange(AllocatedFor(keys, beginning), 0, AllocatedFor(keys) + (10 * beginning.Length));
    }

    [Fact]
    public void NoKeysHaveNoNames() => Assert.Empty(StableName.OfAll("x", []));

    private static long AllocatedFor(string[] keys, string beginning = "")
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = StableName.OfAll("x", keys, beginning);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // Two words behind what has one hash have one hash again, so each pair of words doubles the keys.
    private static string[] CollidingKeys(int doublings)
    {
        string[] keys = [""];
        for (int i = 0; i < doublings; i++)
        {
            (string one, string other) = CollidingWords(behind: keys[0]);
            keys = [.. keys.Select(key => key + one), .. keys.Select(key => key + other)];
        }

        return keys;
    }

    private static (string One, string Other) CollidingWords(string behind)
    {
        Dictionary<string, string> words = [];
        for (uint i = 0; ; i++)
        {
            // An odd factor: no two words are the same.
            string word = $"{unchecked(i * 2654435761):x8}";
            string name = StableName.Of("x", behind + word);
            if (!words.TryAdd(name, word))
            {
                return (words[name], word);
            }
        }
    }
}
