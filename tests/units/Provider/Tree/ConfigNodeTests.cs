using System.Management.Automation;

namespace Microsoft.WSMan.Management.Units.Provider.Tree;

public sealed class ConfigNodeTests
{
    /// <summary>Values, and the name of their type in an item.</summary>
    public static TheoryData<object?, string> Values => new()
    {
        { "text", "System.String" },
        { "", "System.String" },
        { null, "System.String" },
        { true, "System.Boolean" },
        { new object[] { "Get" }, "System.Object[]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void ASettingIsShownWithItsTypeAndSource(object? value, string type)
    {
        PSObject item = new LeafNode("Name", value) { Source = "GPO" }.ToItem();

        WSManConfigLeafElement leaf = Assert.IsType<WSManConfigLeafElement>(item.BaseObject);
        Assert.Equal(("Name", type, type), (leaf.Name, leaf.TypeNameOfElement, leaf.Type));
        Assert.Equal(value, leaf.Value);
        Assert.Equal("GPO", leaf.SourceOfValue);
        Assert.Equal(typeof(WSManConfigLeafElement).FullName, item.TypeNames[0]);
    }

    [Fact]
    public void AnInitializationParameterHasAViewOfItsOwn() => Assert.Equal(
        "Microsoft.WSMan.Management.WSManConfigLeafElement#InitParams",
        new LeafNode("Name", "value") { IsParameter = true }.ToItem().TypeNames[0]);

    [Fact]
    public void AContainerAmongSettingsLooksLikeOne()
    {
        ContainerNode container = new ClientSettingsNode("Auth", "", () => []);

        WSManConfigLeafElement leaf = Assert.IsType<WSManConfigLeafElement>(container.ToItem().BaseObject);

        Assert.True(container.IsContainer);
        Assert.Equal(("Auth", "Container", null), (leaf.Name, leaf.Type, leaf.Value));
    }

    [Fact]
    public void ASettingHoldsNothing()
    {
        LeafNode leaf = new("Name", "value");

        Assert.False(leaf.IsContainer);
        Assert.Empty(leaf.Children);
        Assert.Null(leaf.Find("Name"));
    }
}
