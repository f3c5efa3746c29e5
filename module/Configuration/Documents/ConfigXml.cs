using System.Text;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Finds elements and attributes in configuration XML by their local names, whatever prefix they have. Names are
/// compared without letter case, because services differ in it.
/// </summary>
internal static class ConfigXml
{
    private const string Language = "xml:lang";

    // A tab or a line end of a value is written as a reference: a parser makes a blank of it otherwise (XML 1.0, 3.3.3).
    private static readonly XmlWriterSettings s_asItIs = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>The children in the configuration's own namespaces. The drive shows no others.</summary>
    public static IEnumerable<XmlElement> Children(XmlElement parent) => parent.ChildNodes
        .OfType<XmlElement>()
        .Where(child => child.NamespaceURI.StartsWith(ConfigResource.Root, StringComparison.OrdinalIgnoreCase));

    public static IEnumerable<XmlElement> Children(XmlElement? parent, string name) => parent is null
        ? []
        : Children(parent).Where(child => child.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static XmlElement? Child(XmlElement? parent, string name) => Children(parent, name).FirstOrDefault();

    public static bool IsContainer(XmlElement element) => Children(element).Any();

    public static string Text(XmlElement? element) => element?.InnerText.Trim() ?? "";

    /// <summary>The attributes of no namespace. A namespace declaration is none of them.</summary>
    public static IEnumerable<XmlAttribute> Attributes(XmlElement element) => element.Attributes
        .Cast<XmlAttribute>()
        .Where(attribute => attribute.NamespaceURI.Length == 0);

    /// <summary>
    /// The attribute of a name, first one in the same letters; null if there is none. XML may have two that differ by
    /// letter case.
    /// </summary>
    public static XmlAttribute? Attribute(XmlElement element, string name) =>
        Attributes(element).FirstOrDefault(attribute => attribute.LocalName == name)
        ?? Attributes(element)
            .FirstOrDefault(attribute => attribute.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static string Value(XmlElement element, string attribute) => Attribute(element, attribute)?.Value ?? "";

    /// <summary>Sets the attribute that is there in whatever spelling, or adds one.</summary>
    public static void SetAttribute(XmlElement element, string name, string value)
    {
        if (Attribute(element, name) is { } there)
        {
            there.Value = value;
        }
        else
        {
            element.SetAttribute(name, value);
        }
    }

    /// <summary>A new child in the namespace of its parent, with the prefix that the parent has.</summary>
    public static XmlElement Append(XmlElement parent, string name)
    {
        XmlElement child = parent.OwnerDocument.CreateElement(parent.Prefix, name, parent.NamespaceURI);
        parent.AppendChild(child);
        return child;
    }

    /// <summary>
    /// The document as a request sends it. The language is that of the answer and no part of the configuration:
    /// a server that validates refuses it.
    /// </summary>
    public static string ToSend(XmlElement root)
    {
        root.RemoveAttribute(Language);
        StringBuilder text = new();
        using (XmlWriter writer = XmlWriter.Create(text, s_asItIs))
        {
            root.WriteTo(writer);
        }

        return text.ToString();
    }
}
