namespace Microsoft.WSMan.Management.Units.Provider.Tree;

/// <summary>Paths of a process that has connected to nothing: no native library is loaded for them.</summary>
public sealed class ConfigTreeTests
{
    private readonly ConfigTree _tree = new(new ConfigStore(new WSManClient(), _ => { }));

    [Theory]
    [InlineData("WSMan\\localhost", "localhost")]
    [InlineData("LOCALHOST", "localhost")]
    [InlineData("localhost\\client", "Client")]
    [InlineData("WSMan/localhost/CLIENT/", "Client")]
    public void TheLocalComputerHasItsClientSettingsWithoutASession(string path, string name)
    {
        ConfigNode found = _tree.Find(WSManPath.Parse(path))!;

        Assert.Equal(name, found.Name);
        Assert.True(found.IsContainer);
    }

    [Theory]
    [InlineData("WSMan")]
    [InlineData("server01")]
    [InlineData("server01\\Client\\Auth")]
    [InlineData("localhost\\Service")]
    [InlineData("localhost\\Listener\\Listener_1")]
    public void WhatNeedsASessionIsNotThere(string path) => Assert.Null(_tree.Find(WSManPath.Parse(path)));

    [Theory]
    [InlineData("WSMan", "-")]
    [InlineData("server01\\Client\\Auth", "-")]
    [InlineData("localhost\\Client", "localhost Client")]
    [InlineData("localhost\\Service\\Auth\\Basic", "localhost -")]
    public void TheWayEndsAtTheFirstThatIsNotThere(string path, string way) =>
        Assert.Equal(way, string.Join(' ', _tree.Walk(WSManPath.Parse(path)).Select(node => node?.Name ?? "-")));
}
