namespace Microsoft.WSMan.Management.Units.Configuration;

/// <summary>Paths of a process that has connected to nothing: no native library is loaded for them.</summary>
public sealed class ConfigTreeTests
{
    private readonly ConfigStore _store = new(new WSManClient(), _ => { });

    private readonly ConfigTree _tree;

    public ConfigTreeTests() => _tree = new ConfigTree(_store);

    [Theory]
    [InlineData("localhost", "localhost", "")]
    [InlineData("LOCALHOST", "localhost", "")]
    [InlineData("localhost", "Client", "client")]
    [InlineData("localhost", "Client", "CLIENT")]
    public void TheLocalComputerHasItsClientSettingsWithoutASession(string computer, string name, string names)
    {
        ConfigNode found = _tree.Find(computer, Split(names))!;

        Assert.Equal(name, found.Name);
        Assert.True(found.IsContainer);
    }

    [Theory]
    [InlineData("server01", "")]
    [InlineData("server01", "Client Auth")]
    [InlineData("localhost", "Service")]
    [InlineData("localhost", "Listener Listener_1")]
    public void AnItemThatNeedsASessionIsNotThere(string computer, string names) =>
        Assert.Null(_tree.Find(computer, Split(names)));

    [Theory]
    [InlineData("server01", "Client Auth", "-")]
    [InlineData("localhost", "Client", "localhost Client")]
    [InlineData("localhost", "Service Auth Basic", "localhost -")]
    public void TheWalkEndsAtTheFirstItemThatIsNotThere(string computer, string names, string nodes) => Assert.Equal(
        nodes, string.Join(' ', _tree.Walk(computer, Split(names)).Select(node => node?.Name ?? "-")));

    [Theory]
    [InlineData("")]
    [InlineData("Client")]
    public void ANodeIsKeptUntilWhatWasReadIsDropped(string names)
    {
        ConfigNode found = _tree.Find("localhost", Split(names))!;

        Assert.Same(found, _tree.Find("localhost", Split(names)));
        _store.Clear();
        ConfigNode anew = _tree.Find("localhost", Split(names))!;
        Assert.NotSame(found, anew);
        Assert.Same(anew, _tree.Find("localhost", Split(names)));
    }

    private static string[] Split(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
