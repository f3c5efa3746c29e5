namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

public sealed class PluginResourcesTests
{
    private readonly ConfigDocument _document = Plugin.Document();
    private readonly ResourcesNode _resources;

    public PluginResourcesTests() => _resources = new ResourcesNode(_document);

    [Fact]
    public void TwoResourcesOfOneUriHaveTwoNames() => Assert.Equal(
        [ResourcesNode.NameOf("http://x/a"), ResourcesNode.NameOf("http://x/a+1")],
        _resources.Children.Select(child => child.Name));

    [Fact]
    public void FlagsThatAreNotThereAreFalse()
    {
        Assert.Equal(
            "ResourceUri=http://x/a SupportsOptions=true ExactMatch=False Capability=Get,Invoke Security",
            Shown(_resources.Children[0]));
        Assert.Equal(
            "ResourceUri=http://x/a exactmatch=true SupportsOptions=False Capability= Security",
            Shown(_resources.Children[1]));
    }

    [Fact]
    public void UriAndCapabilitiesCannotBeChanged() => Assert.All(
        ["ResourceUri", "Capability"],
        name => Assert.Null(Assert.IsType<LeafNode>(_resources.Children[0].Find(name)).Change));

    [Fact]
    public void AFlagIsChangedInItsResourceAlone()
    {
        Plugin.Set(_resources.Children[1], "SupportsOptions", true);

        Plugin.AssertChanged(_document, "exactmatch=\"true\" />", "exactmatch=\"true\" SupportsOptions=\"True\" />");
    }

    [Fact]
    public void AResourceIsAddedWithItsCapabilities()
    {
        ResourceNode added = _resources.Add("http://x/?a&b", ["Get", "Put"]);

        Assert.Equal((ResourcesNode.NameOf("http://x/?a&b"), "http://x/?a&b"), (added.Name, added.Uri));
        Plugin.AssertChanged(
            _document,
            "  </cfg:Resources>",
            "  <cfg:Resource ResourceUri=\"http://x/?a&amp;b\"><cfg:Capability Type=\"Get\" />"
            + "<cfg:Capability Type=\"Put\" /></cfg:Resource></cfg:Resources>");
        Assert.Equal("Uri=http://x/?a&b", Assert.Single(added.Keys));
    }

    [Fact]
    public void AResourceIsRemovedWithItsIndent()
    {
        PluginXml.Remove(Assert.IsType<ResourceNode>(_resources.Children[1]).Element);

        Plugin.AssertChanged(_document, "\n    <cfg:Resource ResourceUri=\"http://x/a\" exactmatch=\"true\" />", "");
    }

    [Fact]
    public void ADescriptorIsShownWithTheResourceItIsOf()
    {
        SecuritiesNode securities = Assert.IsType<SecuritiesNode>(_resources.Children[0].Find("security"));

        ConfigNode security = Assert.Single(securities.Children);

        Assert.Equal(StableName.Of("Security", "http://x/a+http://x/a"), security.Name);
        Assert.Equal(
            "Uri=http://x/a ExactMatch=true Sddl=O:NSG:BA ParentResourceUri=http://x/a "
            + $"xmlns={ConfigResource.PluginNamespace}",
            Shown(security));
        Plugin.Set(security, "sddl", "O:\"<>");
        Plugin.AssertChanged(_document, "O:NSG:BA", "O:&quot;&lt;&gt;");
    }

    [Fact]
    public void ADescriptorIsAddedBeforeTheCapabilities()
    {
        ResourceNode resource = Assert.IsType<ResourceNode>(_resources.Children[0]);

        SecurityNode added = new SecuritiesNode(_document, resource).Add("O:X");

        Assert.Equal(StableName.Of("Security", "http://x/a+http://x/a+1"), added.Name);
        Assert.Contains("ExactMatch=False", Shown(added), StringComparison.Ordinal);
        Plugin.AssertChanged(
            _document,
            "<cfg:Capability Type=\"Get\" />",
            "<cfg:Security Uri=\"http://x/a\" Sddl=\"O:X\" /><cfg:Capability Type=\"Get\" />");
    }

    private static string Shown(ConfigNode container) => string.Join(' ', container.Children.Select(Pair));

    private static string Pair(ConfigNode child) => child switch
    {
        LeafNode { Value: object[] several } => $"{child.Name}={string.Join(',', several)}",
        LeafNode leaf => $"{child.Name}={leaf.Value}",
        _ => child.Name,
    };
}
