using System.Xml;

namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class ConfigXmlTests
{
    private const string Config = Samples.Configuration;

    [Fact]
    public void ChildrenAreThoseOfTheConfigurationWhateverTheirPrefix()
    {
        XmlElement root = Samples.Element(
            $"<a:r xmlns:a='{Config}' xmlns:x='urn:other'>text<a:One/><Two xmlns='{Config}/service'/><x:Three/>"
            + $"<Four/><!-- five --><b:Six xmlns:b='{Config.ToUpperInvariant()}'/><a:one/></a:r>");

        Assert.Equal(["One", "Two", "Six", "one"], ConfigXml.Children(root).Select(child => child.LocalName));
        Assert.Equal(["One", "one"], ConfigXml.Children(root, "ONE").Select(child => child.LocalName));
        Assert.Equal("One", ConfigXml.Child(root, "one")!.LocalName);
        Assert.Null(ConfigXml.Child(root, "Three"));
        Assert.True(ConfigXml.IsContainer(root));
    }

    [Fact]
    public void AMissingElementHasNoChildrenAndNoText()
    {
        Assert.Empty(ConfigXml.Children(null, "One"));
        Assert.Null(ConfigXml.Child(null, "One"));
        Assert.Equal("", ConfigXml.Text(null));
    }

    [Theory]
    [InlineData("<a/>", "")]
    [InlineData("<a>\r\n\t5985 \n</a>", "5985")]
    [InlineData("<a>a &lt;b&gt; <![CDATA[&c]]></a>", "a <b> &c")]
    [InlineData("<a>x<!-- y -->z</a>", "xz")]
    public void ATextHasNoWhiteSpaceAroundIt(string xml, string text) =>
        Assert.Equal(text, ConfigXml.Text(Samples.Element(xml)));

    [Fact]
    public void DeclarationsAndForeignAttributesAreNoSettings()
    {
        XmlElement element = Samples.Element(
            "<a xmlns='urn:a' xmlns:x='urn:x' xml:lang='en' x:Name='foreign' Zone='1' name='2' Alpha='3'/>");

        Assert.Equal(["Zone", "name", "Alpha"], ConfigXml.Attributes(element).Select(entry => entry.Name));
        Assert.Equal("2", ConfigXml.Value(element, "NAME"));
        Assert.Equal("", ConfigXml.Value(element, "lang"));
        Assert.Null(ConfigXml.Attribute(element, "xmlns"));
    }

    [Fact]
    public void AnAttributeKeepsItsPlaceAndItsSpelling()
    {
        XmlElement element = Samples.Element("<a Zone=\"1\" Alpha=\"2\" beta=\"3\" />");

        ConfigXml.SetAttribute(element, "ALPHA", "x");
        ConfigXml.SetAttribute(element, "New", "y");

        Assert.Equal("<a Zone=\"1\" Alpha=\"x\" beta=\"3\" New=\"y\" />", element.OuterXml);
    }

    [Theory]
    [InlineData("<p:r xmlns:p=\"urn:a\"><p:One /></p:r>", "<p:r xmlns:p=\"urn:a\"><p:One /><p:New /></p:r>")]
    [InlineData("<r xmlns=\"urn:a\"></r>", "<r xmlns=\"urn:a\"><New /></r>")]
    [InlineData("<r xmlns:p=\"urn:a\" />", "<r xmlns:p=\"urn:a\"><New /></r>")]
    public void ANewChildHasThePrefixOfItsParent(string before, string after)
    {
        XmlElement root = Samples.Element(before);

        XmlElement made = ConfigXml.Append(root, "New");

        Assert.Equal(after, root.OuterXml);
        Assert.Equal(root.NamespaceURI, made.NamespaceURI);
    }

    [Theory]
    [InlineData("<p:r xmlns:p=\"urn:a\" xml:lang=\"de\" z=\"1\" a=\"2\">\n  <p:b xml:lang=\"en\"/>\n</p:r>",
        "<p:r xmlns:p=\"urn:a\" z=\"1\" a=\"2\">\n  <p:b xml:lang=\"en\" />\n</p:r>")]
    [InlineData("<r><!-- c --><?p i?><![CDATA[<]]>&amp;</r>", "<r><!-- c --><?p i?><![CDATA[<]]>&amp;</r>")]
    public void ASentDocumentLacksOnlyTheLanguageOfTheAnswer(string before, string after) =>
        Assert.Equal(after, ConfigXml.ToSend(Samples.Element(before)));

    [Fact]
    public void AnyValueOfAnAttributeComesBackFromTheSentDocument()
    {
        string[] parts = ["<", ">", "&", "\"", "'", "\n", "\r", "\t", " ", "]]>", "&#10;", "Ü", "😀", "\ufffd"];
        XmlElement element = Samples.Element("<a b='' c='kept'/>");
        foreach (string value in Samples.Texts(parts, 1000, 12))
        {
            ConfigXml.SetAttribute(element, "b", value);

            XmlElement sent = Samples.Element(ConfigXml.ToSend(element));

            Assert.Equal(value, sent.GetAttribute("b"));
            Assert.Equal("kept", sent.GetAttribute("c"));
        }
    }
}
