using System.Xml;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class AnswerXmlTests
{
    private const string Start = "<s:Envelope xmlns:s='urn:s' xmlns:w='urn:w'><s:Header><s:Body/></s:Header><s:Body>";
    private const string NotThose = "<w:Context><w:Items><b/></w:Items></w:Context>";

    private const string End = "</s:Body></s:Envelope>";

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("<a>")]
    [InlineData("<a/><b/>")]
    [InlineData("<p:a/>")]
    [InlineData("<a>&#1;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    public void WhatIsNoXmlIsAProtocolError(string text)
    {
        WSManException error = Assert.Throws<WSManException>(() => AnswerXml.Root(text));

        Assert.Equal(WSManErrorCode.Protocol, error.Code);
        Assert.IsType<XmlException>(error.InnerException);
    }

    [Theory]
    [InlineData(false, "<a><b>ü😀</b></a>")]
    [InlineData(true, "<a> <b>ü😀</b>\n</a>")]
    public void WhiteSpaceIsKeptWhereItIsAskedFor(bool keep, string xml)
    {
        using LentOctets octets = new("<?xml version='1.0' encoding='utf-8'?><a> <b>ü😀</b>\n</a>");

        Assert.Equal(xml, AnswerXml.Root(octets.Handle, keep)!.OuterXml);
    }

    [Fact]
    public void NoOctetsAreNoElement()
    {
        using LentOctets octets = new("");
        using OctetsHandle none = new();

        Assert.Null(AnswerXml.Root(octets.Handle));
        Assert.Null(AnswerXml.Root(none));
    }

    [Theory]
    [InlineData("<w:r><w:Items><a/>text<!-- c --><b><Items/></b></w:Items></w:r>", 2)]
    [InlineData($"\n<w:r>\n{NotThose}\n<x:Items xmlns:x='urn:x'> <a/></x:Items></w:r>", 1)]
    [InlineData($"<w:r>{NotThose}<w:Items/></w:r>", 0)]
    [InlineData("<w:r/>", 0)]
    [InlineData("", 0)]
    public void ItemsAreTheChildrenOfItemsInTheBody(string body, int count)
    {
        XmlElement envelope = Samples.Element($"{Start}{body}{End}");

        IReadOnlyList<XmlElement> items = AnswerXml.Items(envelope, count, language: null);

        Assert.Equal("ab"[..count], string.Concat(items.Select(item => item.LocalName)));
        Assert.Throws<WSManException>(() => AnswerXml.Items(envelope, count + 1, language: null));
    }

    [Fact]
    public void AMiscountedPageNamesBothNumbers()
    {
        XmlElement envelope = Samples.Element($"{Start}<w:r><w:Items><a/><b/></w:Items></w:r>{End}");

        WSManException error = Assert.Throws<WSManException>(() => AnswerXml.Items(envelope, 17, "en-US"));

        Assert.Equal(WSManErrorCode.Protocol, error.Code);
        Assert.Equal(Messages.MiscountedPage(2, 17), error.Message);
    }

    [Fact]
    public void NoEnvelopeHasNoItems() => Assert.Empty(AnswerXml.Items(null, 0, "en-US"));

    [Theory]
    [InlineData("en-US", "en-US", "de")]
    [InlineData("", "", "de")]
    [InlineData(null, "", "de")]
    public void ItemsGetTheLanguageOfTheEnvelopeUnlessTheyHaveOne(string? language, string first, string second)
    {
        XmlElement envelope = Samples.Element($"{Start}<w:r><w:Items><a/><b xml:lang='de'/></w:Items></w:r>{End}");

        IReadOnlyList<XmlElement> items = AnswerXml.Items(envelope, 2, language);

        Assert.Equal([first, second], items.Select(item => item.GetAttribute("xml:lang")));
    }
}
