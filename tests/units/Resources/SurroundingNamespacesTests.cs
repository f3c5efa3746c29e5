using System.Xml;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class SurroundingNamespacesTests
{
    private const string Around =
        "<s:e xmlns:s='http://www.w3.org/2003/05/soap-envelope' "
        + "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' "
        + "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' xmlns:cim='urn:cim' xmlns:p='urn:p'>";

    [Theory]
    [InlineData("<i/>", "")]
    [InlineData("<p:i/>", "")]
    [InlineData("<i p:type='cim:string'/>", "")]
    [InlineData("<w:i/>", "w")]
    [InlineData("<i><b/><a:b><w:c/></a:b></i>", "a w")]
    [InlineData("<i><b w:c=''/></i>", "w")]
    [InlineData("<i><b><c type=' a:T '/></b></i>", "a")]
    [InlineData("<i><b>s:Sender</b></i>", "s")]
    [InlineData("<i><b><![CDATA[s:Sender]]></b></i>", "s")]
    [InlineData("<i>http://server/w:a</i>", "")]
    public void DeclarationsOfTheProtocolGoWhereTheyAreUsed(string item, string protocol)
    {
        XmlElement root = Declared($"{Around}{item}</s:e>");

        IEnumerable<string> expected = ["cim", "p", .. protocol.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(expected.Order(), Prefixes(root));
        Assert.Equal(root.OuterXml, Samples.Element(root.OuterXml).OuterXml);
    }

    [Fact]
    public void WhatTheElementDeclaresItselfStays()
    {
        XmlElement root = Declared($"{Around}<p:i xmlns:p='urn:own' xmlns:w='urn:other'><w:b/></p:i></s:e>");

        Assert.Equal(["cim", "p", "w"], Prefixes(root));
        Assert.Equal(("urn:own", "urn:other"), (root.GetAttribute("xmlns:p"), root.GetAttribute("xmlns:w")));
    }

    [Theory]
    [InlineData("urn:d", "<i><b/></i>", "urn:d")]
    [InlineData("urn:d", "<p:i xmlns:p='urn:p'/>", "urn:d")]
    [InlineData("urn:d", "<i xmlns=''/>", "")]
    [InlineData("http://schemas.xmlsoap.org/ws/2004/09/enumeration", "<p:i xmlns:p='urn:p' b='c'>d</p:i>", null)]
    [InlineData(
        "http://schemas.xmlsoap.org/ws/2004/09/enumeration",
        "<p:i xmlns:p='urn:p'><b/></p:i>",
        "http://schemas.xmlsoap.org/ws/2004/09/enumeration")]
    public void TheDefaultNamespaceIsDeclaredLikeTheOthers(string around, string item, string? expected)
    {
        XmlElement root = Declared($"<e xmlns='{around}'>{item}</e>");

        Assert.Equal(expected, root.GetAttributeNode("xmlns")?.Value);
        Assert.Equal(root.OuterXml, Samples.Element(root.OuterXml).OuterXml);
    }

    [Fact]
    public void EachElementIsLookedThroughByItself()
    {
        XmlElement parent = Samples.Element(
            $"{Around}<i xmlns:w='urn:own'><w:b/></i><i><w:b/><w:b/><a:b/><w:b/></i><i/><i><w:b/></i></s:e>");
        SurroundingNamespaces around = new((IXmlNamespaceResolver)parent.CreateNavigator()!);
        List<XmlElement> roots = [.. parent.ChildNodes.Cast<XmlElement>()];

        roots.ForEach(around.DeclareOn);

        Assert.Equal(
            ["cim p w", "a cim p w", "cim p", "cim p w"], roots.Select(root => string.Join(' ', Prefixes(root))));
        Assert.Equal("urn:own", roots[0].GetAttribute("xmlns:w"));
    }

    [Theory]
    [InlineData(10, "<i/>", 10)]
    [InlineData(11, "<i/>", 0)]
    [InlineData(100, "<p1:i xmlns:p2='urn:own' p3:a='p4:T'><p2:b/><c>p5:T</c></p1:i>", 5)]
    public void MoreThanAServerNeedsGoWhereTheyAreUsed(int around, string item, int declared)
    {
        string declarations = string.Concat(Enumerable.Range(1, around).Select(i => $" xmlns:p{i}='urn:{i}'"));
        XmlElement root = Declared($"<e{declarations}>{item}</e>");

        Assert.Equal(declared, Prefixes(root).Count());
        Assert.Equal(root.OuterXml, Samples.Element(root.OuterXml).OuterXml);
    }

    // The first child as it leaves its document with what was declared at the parent.
    private static XmlElement Declared(string document)
    {
        XmlElement parent = Samples.Element(document);
        XmlDocument own = new() { XmlResolver = null };
        XmlElement root = (XmlElement)own.AppendChild(own.ImportNode(parent.FirstChild!, deep: true))!;
        new SurroundingNamespaces((IXmlNamespaceResolver)parent.CreateNavigator()!).DeclareOn(root);
        return root;
    }

    private static IEnumerable<string> Prefixes(XmlElement root) => root.Attributes
        .Cast<XmlAttribute>()
        .Where(attribute => attribute.Prefix == "xmlns")
        .Select(attribute => attribute.LocalName)
        .Order();
}
