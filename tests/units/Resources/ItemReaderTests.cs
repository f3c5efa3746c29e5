using System.Text;
using System.Xml;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class ItemReaderTests
{
    private const string Start =
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' "
        + "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'><s:Header><s:Body/></s:Header><s:Body>";

    private const string NotThose = "<w:Context><w:Items><b/></w:Items></w:Context>";

    private const string End = "</s:Body></s:Envelope>";

    [Theory]
    [InlineData("<w:r><w:Items><a/>text<!-- c --><b><Items/></b></w:Items></w:r>", "ab")]
    [InlineData("<w:r><w:Items>\n <?p i?><a><!-- c --><b/></a>\n <!-- <b/> -->\n</w:Items><b/></w:r>", "a")]
    [InlineData($"\n<w:r>\n{NotThose}\n<x:Items xmlns:x='urn:x'> <a/></x:Items></w:r>", "a")]
    [InlineData($"<w:r>{NotThose}<w:Items/></w:r>", "")]
    [InlineData($"<w:r>{NotThose}<w:Items></w:Items></w:r>", "")]
    [InlineData("<w:r/><w:r><w:Items><a/></w:Items></w:r>", "")]
    [InlineData("<w:r/>", "")]
    [InlineData("", "")]
    public void ItemsAreTheChildrenOfItemsInTheBody(string body, string names)
    {
        Assert.Equal(names, string.Concat(Items($"{Start}{body}{End}", names.Length).Select(item => item.LocalName)));
        Assert.Throws<WSManException>(() => Items($"{Start}{body}{End}", names.Length + 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<a/>")]
    [InlineData("<a><Header/></a>")]
    [InlineData("<a><Body/></a>")]
    public void WhatIsNoPageHasNoItems(string page) => Assert.Empty(Items(page, 0));

    [Fact]
    public void EachItemIsTheRootOfADocumentOfItsOwn()
    {
        List<XmlElement> items = Items(Page("<a><n>1</n></a><a><n>2</n></a>"), 2);

        Assert.All(items, item => Assert.Same(item, item.OwnerDocument.DocumentElement));
        Assert.NotSame(items[0].OwnerDocument, items[1].OwnerDocument);
        Assert.Equal("2", Assert.Single(items[1].SelectNodes("//n")!.Cast<XmlNode>()).InnerText);
        items[0].OwnerDocument.RemoveChild(items[0]);
        Assert.Equal("<a><n>2</n></a>", items[1].OwnerDocument.OuterXml);
    }

    [Fact]
    public void AnItemThatIsNotWantedIsNotRead()
    {
        using ItemReader reader = Reader(Page("<a/><b/><a></b>"), 3);

        Assert.Equal("a", reader.Next()!.LocalName);
        reader.Dispose();
        Assert.Null(reader.Next());
    }

    [Fact]
    public void APageThatBreaksGivesTheItemsBeforeAndThenTheError()
    {
        using ItemReader reader = Reader(Page("<a/><b>&#1;</b><a/>"), 3);

        Assert.Equal("a", reader.Next()!.LocalName);
        WSManException error = Assert.Throws<WSManException>(reader.Next);
        Assert.Equal(WSManErrorCode.Protocol, error.Code);
        Assert.Null(error.InnerException);
        Assert.Null(reader.Next());
    }

    [Fact]
    public void ADoctypeIsAProtocolError()
    {
        WSManException error = Assert.Throws<WSManException>(
            () => Items("<!DOCTYPE a [<!ENTITY b 'c'>]>" + Page("<a>&b;</a>"), 1));

        Assert.Null(error.InnerException);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void AMiscountedPageGivesItsItemsAndThenNamesBothNumbers(int count)
    {
        using ItemReader reader = Reader(Page("<a/><b/>"), count);

        Assert.Equal("ab", reader.Next()!.LocalName + reader.Next()!.LocalName);
        WSManException error = Assert.Throws<WSManException>(reader.Next);
        Assert.Equal(WSManErrorCode.Protocol, error.Code);
        Assert.Equal(Messages.ItemCountMismatch(2, count), error.Message);
    }

    [Fact]
    public void TheBytesAreGivenBackAfterTheLastItemAndOnAnEarlyEnd()
    {
        using MemoryStream whole = new(Encoding.UTF8.GetBytes(Page("<a/>")));
        using MemoryStream begun = new(Encoding.UTF8.GetBytes(Page("<a/>")));
        using ItemReader reader = new(whole, 1, null);
        using ItemReader early = new(begun, 1, null);

        XmlElement item = reader.Next()!;
        Assert.Null(reader.Next());
        _ = early.Next();
        early.Dispose();

        Assert.Equal((false, false), (whole.CanRead, begun.CanRead));
        Assert.Equal("<a />", item.OuterXml);
    }

    [Theory]
    [InlineData("en-US", "en-US", "de")]
    [InlineData("", "", "de")]
    [InlineData(null, "", "de")]
    public void ItemsGetTheLanguageOfTheEnvelopeUnlessTheyHaveOne(string? language, string first, string second)
    {
        List<XmlElement> items = Items(Page("<a/><b xml:lang='de'/>"), 2, language);

        Assert.Equal([first, second], items.Select(item => item.GetAttribute("xml:lang")));
    }

    [Theory]
    [InlineData("<a> <b>ü😀</b>\n<!-- c --><b>\n</b></a>", "<a><b>ü😀</b><!-- c --><b></b></a>")]
    [InlineData("<a xml:space='preserve'> <b/></a>", "<a xml:space=\"preserve\"> <b /></a>")]
    public void WhiteSpaceBetweenElementsIsLeftOutUnlessTheItemWantsIt(string item, string read) =>
        Assert.Equal(read, Assert.Single(Items(Page(item), 1)).OuterXml);

    [Fact]
    public void ItemsCanBeUsedOnManyThreadsWhileOthersAreRead()
    {
        // Each item brings a new name, which the reader adds while the items before look theirs up.
        string all = string.Concat(Enumerable.Range(0, 2000).Select(i => $"<a><n{i}>{i}</n{i}></a>"));
        using ItemReader reader = Reader(Page(all), 2000);
        List<Task<int>> found = [];
        while (reader.Next() is { } item)
        {
            int i = found.Count;
            found.Add(Task.Run(() => item.SelectNodes($"//n{i}")!.Count));
        }

        Assert.Equal(2000, found.Count(task => task.GetAwaiter().GetResult() == 1));
    }

    [Fact]
    public void ItemsHaveValuesThatComeAgainInCommon()
    {
        string longer = new('l', 1000);
        string item = $"<a b='value'><c>other</c><d>value</d><e>{longer}</e><f>one</f></a>";

        List<XmlElement> items = Items(Page(item + item.Replace("one", "two", StringComparison.Ordinal)), 2);

        Assert.Equal([longer, longer], items.Select(read => read["e"]!.InnerText));
        Assert.Equal(["one", "two"], items.Select(read => read["f"]!.InnerText));
        IEnumerable<string> values = items.SelectMany(read => read.SelectNodes("//@b | //c | //d")!.Cast<XmlNode>())
            .Select(node => node.FirstChild!.Value!);
        Assert.Equal(["value", "other", "value", "value", "other", "value"], values);
        Assert.Equal(2, values.Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Fact]
    public void WhatIsDeclaredAroundTheItemsIsDeclaredOnEach()
    {
        const string response =
            "<w:r xmlns:cim='urn:cim'><w:Items xmlns:t='urn:t'><a t:type='cim:string'/><w:b/></w:Items></w:r>";

        List<XmlElement> items = Items($"{Start}{response}{End}", 2);

        Assert.All(items, item => Assert.Equal("urn:cim", item.GetNamespaceOfPrefix("cim")));
        Assert.All(items, item => Assert.Equal("urn:t", item.GetNamespaceOfPrefix("t")));
        Assert.Equal(("", "w:b"), (items[0].GetNamespaceOfPrefix("w"), items[1].Name));
    }

    private static string Page(string items) => $"{Start}<w:r><w:Items>{items}</w:Items></w:r>{End}";

    private static ItemReader Reader(string page, int count, string? language = null) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(page)), count, language);

    private static List<XmlElement> Items(string page, int count, string? language = null)
    {
        using ItemReader reader = Reader(page, count, language);
        List<XmlElement> items = [];
        while (reader.Next() is { } item)
        {
            items.Add(item);
        }

        return items;
    }
}
