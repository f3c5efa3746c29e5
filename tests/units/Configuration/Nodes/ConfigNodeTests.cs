namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

public sealed class ConfigNodeTests
{
    [Fact]
    public void ASettingHoldsNothing()
    {
        LeafNode leaf = new("Name", "value");

        Assert.False(leaf.IsContainer);
        Assert.Empty(leaf.Children);
        Assert.Null(leaf.Find("Name"));
    }

    [Fact]
    public void AContainerThatIsThereOnceHasNoKeys()
    {
        ContainerNode container = new ClientSettingsNode("Auth", () => []);

        Assert.True(container.IsContainer);
        Assert.Null(container.Keys);
    }
}
