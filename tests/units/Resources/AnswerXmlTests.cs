using System.Text;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class AnswerXmlTests
{
    [Theory]
    [InlineData(" ")]
    [InlineData("text")]
    [InlineData("<a>")]
    [InlineData("<a/><b/>")]
    [InlineData("<p:a/>")]
    [InlineData("<a>&#1;</a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    public void AnAnswerThatIsNoXmlIsAProtocolError(string text)
    {
        using MemoryStream bytes = new(Encoding.UTF8.GetBytes(text));

        WSManException error = Assert.Throws<WSManException>(() => AnswerXml.Root(bytes));

        Assert.Equal(WSManErrorCode.Protocol, error.Code);
        Assert.Null(error.InnerException);
    }

    // .NET refuses the value, and quotes it; the library takes it. Of names it quotes the character.
    [Theory]
    [InlineData("<a xml:space='&#155;2J&#10;fake&#8238;'/>", " 2J fake ")]
    [InlineData("<a\u061Cb/>", "The ' ' character")]
    public void WhatTheReaderQuotesOfTheServerSteersNoTerminal(string xml, string quoted)
    {
        using MemoryStream bytes = new(Encoding.UTF8.GetBytes(xml));

        WSManException error = Assert.Throws<WSManException>(() => AnswerXml.Root(bytes));

        Assert.Contains(quoted, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "<a><b>ü😀</b></a>")]
    [InlineData(true, "<a> <b>ü😀</b>\n</a>")]
    public void WhiteSpaceIsKeptWhereItIsAskedFor(bool keep, string xml)
    {
        using MemoryStream bytes = new(
            Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='utf-8'?><a> <b>ü😀</b>\n</a>"));

        Assert.Equal(xml, AnswerXml.Root(bytes, keep)!.OuterXml);
    }

    [Fact]
    public void NoBytesAreNoElement() => Assert.Null(AnswerXml.Root(Stream.Null));
}
