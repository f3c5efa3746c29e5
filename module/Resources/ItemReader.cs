using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Reads the items of a page of an enumeration, one at a time, each into a document of its own: what is done to
/// one item, or found from its root, concerns no other, and an item that is kept keeps no page. The bytes are given
/// back at the last item. For one thread; the items may go to any.
/// </summary>
/// <param name="page">One SOAP envelope, which the library has read before: its size and depth are bounded.</param>
/// <param name="count">The number of items that the library counted in the page.</param>
/// <param name="language">The language of the envelope, which the items get as theirs.</param>
internal sealed class ItemReader(Stream page, int count, string? language) : IDisposable
{
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    // Longer values rarely come again.
    private const int LongestShared = 128;

    // Of the reader too, so that the documents ask with names that are in the table.
    private readonly SharedNames _names = new();

    // The values that came last, by their hash: items that are kept mostly have many values in common, be it no more
    // than the namespaces that each declares.
    private readonly string?[] _values = new string?[256];

    private XmlReader? _reader;

    private SurroundingNamespaces? _surroundings;

    private int _found;

    private bool _isAtEnd;

    /// <summary>The next item; null at the end.</summary>
    /// <exception cref="WSManException">The page is not XML, or holds more or fewer items than were counted. The items
    /// before were given out, and none follows.</exception>
    public XmlElement? Next()
    {
        if (_isAtEnd)
        {
            return null;
        }

        try
        {
            if (MoveToItem())
            {
                _found++;
                return ReadItem();
            }
        }
        catch (XmlException e)
        {
            Dispose();
            throw AnswerXml.NotXml(e);
        }

        Dispose();
        return _found == count ? null : throw Errors.Protocol(Messages.ItemCountMismatch(_found, count));
    }

    /// <summary>Gives the bytes back. No item follows.</summary>
    public void Dispose()
    {
        _isAtEnd = true;
        _reader?.Dispose();
        page.Dispose();
    }

    private bool MoveToItem()
    {
        if (_reader is null)
        {
            _reader = AnswerXml.NewReader(page, _names);
            return MoveToItems();
        }

        return MoveToElement();
    }

    // The children of Items in the body of the envelope.
    private bool MoveToItems()
    {
        if (page.Length == 0 || _reader!.MoveToContent() != XmlNodeType.Element
            || !Enter("Body") || !Enter(name: null) || !Enter("Items") || _reader.IsEmptyElement)
        {
            return false;
        }

        _surroundings = new SurroundingNamespaces((IXmlNamespaceResolver)_reader);
        _ = _reader.Read();
        return MoveToElement();
    }

    // From an element to its first child of this name, or to its first child at all.
    private bool Enter(string? name)
    {
        if (_reader!.IsEmptyElement)
        {
            return false;
        }

        _ = _reader.Read();
        while (MoveToElement())
        {
            if (name is null || _reader.LocalName == name)
            {
                return true;
            }

            _reader.Skip();
        }

        return false;
    }

    // To the element here or behind, past comments and the like; false at the end of the parent.
    private bool MoveToElement()
    {
        while (_reader!.NodeType is not XmlNodeType.Element)
        {
            if (_reader.NodeType is XmlNodeType.EndElement || !_reader.Read())
            {
                return false;
            }
        }

        return true;
    }

    private XmlElement ReadItem()
    {
        XmlDocument document = new(_names) { XmlResolver = null };
        XmlElement item = (XmlElement)document.AppendChild(document.ReadNode(_reader!)!)!;
        _surroundings!.DeclareOn(item);
        ShareValues(item);

        // On Windows every object has the attribute, and scripts see it as the property "lang".
        if (!string.IsNullOrEmpty(language) && !item.HasAttribute("lang", XmlNamespace))
        {
            XmlAttribute attribute = document.CreateAttribute("xml", "lang", XmlNamespace);
            attribute.Value = language;
            _ = item.Attributes.Append(attribute);
        }

        return item;
    }

    // The library bounds the depth of an answer.
    private void ShareValues(XmlNode node)
    {
        if (node is XmlText text)
        {
            text.Data = Shared(text.Data);
            return;
        }

        if (node is XmlElement { HasAttributes: true } element)
        {
            for (int i = 0; i < element.Attributes.Count; i++)
            {
                ShareValues(element.Attributes[i]);
            }
        }

        for (XmlNode? child = node.FirstChild; child is not null; child = child.NextSibling)
        {
            ShareValues(child);
        }
    }

    private string Shared(string value)
    {
        if (value.Length > LongestShared)
        {
            return value;
        }

        // The hash has a seed of the process. Another value with the same one takes the place.
        ref string? place = ref _values[value.GetHashCode(StringComparison.Ordinal) & (_values.Length - 1)];
        if (place is { } known && known == value)
        {
            return known;
        }

        place = value;
        return value;
    }
}
