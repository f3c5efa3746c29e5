namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

public sealed class PluginPartsTests
{
    private readonly ConfigDocument _document = Plugin.Document();

    [Fact]
    public void ParametersOfTheConfigurationAreShownAndChangedInPlace()
    {
        ParametersNode parameters = new(_document);

        Assert.Equal(["PSVersion", "a%2Fb"], parameters.Children.Select(child => child.Name));
        Assert.Equal("<\">", Assert.IsType<LeafNode>(parameters.Find("A%2fB")).Value);
        Plugin.Set(parameters, "psversion", "Ü&😀");
        Plugin.AssertChanged(_document, "Value=\"7\"", "Value=\"Ü&amp;😀\"");
    }

    [Theory]
    [InlineData("name", "1")]
    [InlineData("NAME", "2")]
    [InlineData("Name", "1")]
    [InlineData("other", null)]
    public void OfNamesThatDifferByLetterCaseTheOneInTheSameLettersIsMeant(string asked, string? value)
    {
        ParametersNode parameters = new(Samples.Document(
            "plugin",
            $"""
            <r xmlns="{ConfigResource.PluginNamespace}"><InitializationParameters>
              <Param Name="name" Value="1" /><Param Name="NAME" Value="2" /><Param Name="NAME" Value="3" />
            </InitializationParameters></r>
            """));

        Assert.Equal(value, (parameters.Find(asked) as LeafNode)?.Value);
    }

    [Fact]
    public void AParameterWithoutANameIsFoundUnderItsSegment()
    {
        ParametersNode parameters = new(Samples.Document(
            "plugin",
            $"""
            <r xmlns="{ConfigResource.PluginNamespace}"><InitializationParameters>
              <Param Value="1" /><Param Name="" Value="2" />
            </InitializationParameters></r>
            """));

        Assert.Equal(["%00", "%00"], parameters.Children.Select(child => child.Name));
        Assert.Equal("1", Assert.IsType<LeafNode>(parameters.Find("%00")).Value);
    }

    [Theory]
    [InlineData("maxShells", "maxShells=\"1\"")]
    [InlineData("MAXSHELLS", "MAXSHELLS=\"2\"")]
    public void OfTwoQuotasThatDifferByLetterCaseTheOneInTheSameLettersIsChanged(string name, string before)
    {
        string xml =
            $"<r xmlns=\"{ConfigResource.PluginNamespace}\"><Quotas maxShells=\"1\" MAXSHELLS=\"2\" /></r>";
        ConfigDocument document = Samples.Document("plugin", xml);

        Plugin.Set(new QuotasNode(document), name, 9);

        Assert.Equal(
            xml.Replace(before, $"{name}=\"9\"", StringComparison.Ordinal), ConfigXml.ToSend(document.Root));
    }

    [Fact]
    public void AParameterIsAddedAtTheEnd()
    {
        LeafNode added = new ParametersNode(_document).Add("x\\y", "line\nbreak");

        Assert.Equal(("x%5Cy", "line\nbreak", true), (added.Name, added.Value, added.IsInitializationParameter));
        Plugin.AssertChanged(
            _document,
            "  </cfg:InitializationParameters>",
            "  <cfg:Param Name=\"x\\y\" Value=\"line&#xA;break\" /></cfg:InitializationParameters>");
    }

    [Fact]
    public void AParameterIsRemovedWithItsIndent()
    {
        ParametersNode parameters = new(_document);

        parameters.Remove(parameters.Children[1]);

        Plugin.AssertChanged(_document, "\n    <cfg:Param Name=\"a/b\" Value=\"&lt;&quot;&gt;\" />", "");
    }

    [Theory]
    [InlineData("<p:Resources /><p:Quotas />", "<p:InitializationParameters /><p:Resources /><p:Quotas />")]
    [InlineData("<p:Quotas />", "<p:InitializationParameters /><p:Quotas />")]
    [InlineData("<p:Other />", "<p:Other /><p:InitializationParameters />")]
    [InlineData("", "<p:InitializationParameters />")]
    [InlineData("<p:initializationparameters />", "<p:initializationparameters />")]
    public void AContainerIsMadeInThePlaceThatTheSchemaHas(string before, string after)
    {
        string start = $"<p:r xmlns:p=\"{ConfigResource.PluginNamespace}\">";
        ConfigDocument document = Samples.Document("plugin", $"{start}{before}</p:r>");

        PluginXml.FindOrAdd(document.Root, "InitializationParameters");

        Assert.Equal($"{start}{after}</p:r>", document.Root.OuterXml);
    }

    [Fact]
    public void AQuotaThatIsNotThereIsAddedUnderItsOwnSpelling()
    {
        Assert.Empty(new QuotasNode(_document).Children);
        Assert.Null(new QuotasNode(_document).FindUnset("NoSuchQuota"));

        LeafNode quota = new QuotasNode(_document).FindUnset("maxSHELLS")!;
        quota.Change!(new NewValue(30));

        Assert.Equal(("MaxShells", ""), (quota.Name, quota.Value));
        Plugin.AssertChanged(
            _document, "</cfg:PlugInConfiguration>", "<cfg:Quotas MaxShells=\"30\" /></cfg:PlugInConfiguration>");
        Plugin.Set(new QuotasNode(_document), "MaxShells", uint.MaxValue);
        Assert.Equal("4294967295", Assert.IsType<LeafNode>(Assert.Single(new QuotasNode(_document).Children)).Value);
    }

    [Fact]
    public void APluginWithoutParametersGetsTheirContainerWithTheFirst()
    {
        ConfigDocument document = Samples.Document("plugin", $"<r xmlns=\"{ConfigResource.PluginNamespace}\" />");

        new ParametersNode(document).Add("a", "b");

        Assert.Equal(
            $"<r xmlns=\"{ConfigResource.PluginNamespace}\"><InitializationParameters><Param Name=\"a\" Value=\"b\" />"
            + "</InitializationParameters></r>",
            ConfigXml.ToSend(document.Root));
    }
}
