using System.Xml;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>Makes XML objects of what a server answered.</summary>
internal static class AnswerXml
{
    // What comes here was read by the library before, which bounds its size and its depth.
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    /// <summary>The root element; null of no octets.</summary>
    /// <exception cref="WSManException">The octets are not XML.</exception>
    public static XmlElement? Root(OctetsHandle octets, bool keepWhiteSpace = false)
    {
        using Stream stream = octets.Open();
        return stream.Length == 0 ? null : Load(XmlReader.Create(stream, s_settings), keepWhiteSpace);
    }

    /// <inheritdoc cref="Root(OctetsHandle, bool)"/>
    public static XmlElement? Root(string text) => Load(XmlReader.Create(new StringReader(text), s_settings));

    /// <summary>The items of a page: the children of Items in the body of the envelope.</summary>
    /// <param name="envelope">The root of the page.</param>
    /// <param name="count">How many there must be.</param>
    /// <param name="language">The language of the envelope, which the items get as theirs.</param>
    /// <exception cref="WSManException">There are more or fewer.</exception>
    public static IReadOnlyList<XmlElement> Items(XmlElement? envelope, int count, string? language)
    {
        List<XmlElement> items = new(count);
        XmlElement? container = Child(First(Child(envelope, "Body")), "Items");
        for (XmlElement? item = First(container); item is not null; item = Next(item))
        {
            items.Add(WithLanguage(item, language));
        }

        return items.Count == count
            ? items
            : throw new WSManException(WSManErrorCode.Protocol, Messages.MiscountedPage(items.Count, count));
    }

    private static XmlElement? Load(XmlReader reader, bool keepWhiteSpace = false)
    {
        try
        {
            using (reader)
            {
                XmlDocument document = new() { XmlResolver = null, PreserveWhitespace = keepWhiteSpace };
                document.Load(reader);
                return document.DocumentElement;
            }
        }
        catch (XmlException e)
        {
            throw new WSManException(WSManErrorCode.Protocol, Messages.BrokenAnswer(e.Message), e);
        }
    }

    // On Windows every object has it, and scripts see it as the property "lang".
    private static XmlElement WithLanguage(XmlElement item, string? language)
    {
        if (!string.IsNullOrEmpty(language) && !item.HasAttribute("xml:lang"))
        {
            item.SetAttribute("xml:lang", language);
        }

        return item;
    }

    private static XmlElement? Child(XmlElement? parent, string name)
    {
        XmlElement? child = First(parent);
        while (child is not null && child.LocalName != name)
        {
            child = Next(child);
        }

        return child;
    }

    private static XmlElement? First(XmlNode? parent) => ElementAtOrAfter(parent?.FirstChild);

    private static XmlElement? Next(XmlNode element) => ElementAtOrAfter(element.NextSibling);

    private static XmlElement? ElementAtOrAfter(XmlNode? node)
    {
        while (node is not null and not XmlElement)
        {
            node = node.NextSibling;
        }

        return node as XmlElement;
    }
}
