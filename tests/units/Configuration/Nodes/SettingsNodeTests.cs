namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

/// <summary>A setting that is an element: how it is shown, and changed in its document.</summary>
public sealed class SettingsNodeTests
{
    private const string Xml =
        $"""
        <p:Client xmlns:p="{Samples.Configuration}/client" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <p:URLPrefix>wsman</p:URLPrefix>
          <p:TrustedHosts Source="GPO">
            a, b
          </p:TrustedHosts>
          <p:Password xsi:nil="true" kept="1" />
        </p:Client>
        """;

    private readonly ConfigDocument _document = Samples.Document("client", Xml);

    [Fact]
    public void ItsTextAndItsSourceAreShown()
    {
        Assert.Equal(("wsman", null), (Leaf("URLPrefix").Value, Leaf("URLPrefix").Source));
        Assert.Equal(("a, b", "GPO"), (Leaf("TrustedHosts").Value, Leaf("TrustedHosts").Source));
        Assert.Equal("", Leaf("Password").Value);
        Assert.Same(_document, Leaf("URLPrefix").Document);
    }

    [Theory]
    [InlineData("a<b>&c", "a&lt;b&gt;&amp;c")]
    [InlineData("Größe 😀", "Größe 😀")]
    [InlineData("", "")]
    public void ItsTextIsReplacedAndNothingElse(string given, string written)
    {
        Leaf("URLPrefix").Change!(new NewValue(given));

        AssertChanged(">wsman<", $">{written}<");
    }

    [Fact]
    public void ASettingWithATextIsNotNil()
    {
        Leaf("Password").Change!(NewValue.Cleared);

        AssertChanged("<p:Password xsi:nil=\"true\" kept=\"1\" />", "<p:Password kept=\"1\"></p:Password>");
        Assert.Empty(_document.Secrets);
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData(1234)]
    [InlineData(null)]
    public void ASecretIsHidden(object? plain)
    {
        Leaf("Password").Change!(new NewValue(plain ?? Samples.Secret("hidden")));

        string placeholder = Assert.Single(_document.Secrets).Placeholder;
        AssertChanged("Password xsi:nil=\"true\" kept=\"1\" />", $"Password kept=\"1\">{placeholder}</p:Password>");
    }

    [Fact]
    public void ASecretUnderAnotherNameIsRefused()
    {
        NewValue secret = new(Samples.Secret("hidden"));

        Assert.Throws<WSManException>(() => Leaf("URLPrefix").Change!(secret));

        AssertChanged("wsman", "wsman");
        Assert.Empty(_document.Secrets);
    }

    // The small letter of the Ohm sign is that of the Greek capital, so it is another name without letter case. No
    // request can be made here.
    [Theory]
    [InlineData("\u2126")]
    [InlineData("Other")]
    public void ASectionInADocumentIsReadThereWhateverItsName(string name)
    {
        SettingsNode client = Read($"<p:{name}><p:{name}><p:Inner>1</p:Inner></p:{name}></p:{name}>");

        ConfigNode inner = client.Find(name)!.Find(name)!;

        Assert.Equal("1", Assert.IsType<LeafNode>(Assert.Single(inner.Children)).Value);
    }

    [Fact]
    public void SectionsOfOneNameHoldEachItsOwn()
    {
        SettingsNode client = Read("<p:Same><p:One /></p:Same><p:Same><p:Two /></p:Same>");

        Assert.Equal(["One", "Two"], client.Children.Select(section => Assert.Single(section.Children).Name));
    }

    // The section client, read already.
    private static SettingsNode Read(string inner)
    {
        ConfigDocument document = Samples.Document(
            "client", $"<p:Client xmlns:p=\"{Samples.Configuration}/client\">{inner}</p:Client>");
        return new SettingsNode(
            "Client",
            new ConfigStore(new WSManClient(), _ => { }),
            document.Resource,
            new ConfigPart(document, document.Root));
    }

    private LeafNode Leaf(string name) =>
        SettingLeaf.Of(name, _document, ConfigXml.Child(_document.Root, name)!);

    private void AssertChanged(string before, string after) => Assert.Equal(
        Xml.Replace(before, after, StringComparison.Ordinal), ConfigXml.ToSend(_document.Root));
}
