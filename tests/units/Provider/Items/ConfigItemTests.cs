using System.Management.Automation;

namespace Microsoft.WSMan.Management.Units.Provider.Items;

public sealed class ConfigItemTests
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
        PSObject item = ConfigItem.From(new LeafNode("Name", value) { Source = "GPO" });

        WSManConfigLeafElement leaf = Assert.IsType<WSManConfigLeafElement>(item.BaseObject);
        Assert.Equal(("Name", type, type), (leaf.Name, leaf.TypeNameOfElement, leaf.Type));
        Assert.Equal(value, leaf.Value);
        Assert.Equal("GPO", leaf.SourceOfValue);
        Assert.Equal(typeof(WSManConfigLeafElement).FullName, item.TypeNames[0]);
    }

    [Fact]
    public void AnInitializationParameterHasAViewOfItsOwn() => Assert.Equal(
        "Microsoft.WSMan.Management.WSManConfigLeafElement#InitParams",
        ConfigItem.From(new LeafNode("Name", "value") { IsInitializationParameter = true }).TypeNames[0]);

    [Fact]
    public void AContainerAmongSettingsLooksLikeOne()
    {
        PSObject item = ConfigItem.From(new ClientSettingsNode("Auth", () => []));

        WSManConfigLeafElement leaf = Assert.IsType<WSManConfigLeafElement>(item.BaseObject);
        Assert.Equal(("Auth", "Container", null), (leaf.Name, leaf.Type, leaf.Value));
    }

    [Fact]
    public void AContainerOfAKindIsShownWithItsKeys()
    {
        PSObject item = ConfigItem.From(new PluginNode(Plugin.Document()));

        WSManConfigContainerElement element = Assert.IsType<WSManConfigContainerElement>(item.BaseObject);
        Assert.Equal(("My%2FPlugin", "Container"), (element.Name, element.Type));
        Assert.Equal(["Name=My/Plugin"], element.Keys!);
    }
}
