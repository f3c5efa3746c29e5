using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>Finds things in configuration XML by what they are, whatever prefix they have.</summary>
internal static class ConfigXml
{
    private const string Language = "xml:lang";

    /// <summary>The children of the configuration's own namespaces. Others are not the drive's to show.</summary>
    public static IEnumerable<XmlElement> Children(XmlElement parent) => parent.ChildNodes
        .OfType<XmlElement>()
        .Where(child => child.NamespaceURI.StartsWith(ConfigResource.Root, StringComparison.OrdinalIgnoreCase));

    public static IEnumerable<XmlElement> Children(XmlElement? parent, string name) => parent is null
        ? []
        : Children(parent).Where(child => child.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static XmlElement? Child(XmlElement? parent, string name) => Children(parent, name).FirstOrDefault();

    public static bool IsContainer(XmlElement element) => Children(element).Any();

    public static string Text(XmlElement? element) => element?.InnerText.Trim() ?? "";

    /// <summary>The attributes of no namespace. A declaration of one is none of them.</summary>
    public static IEnumerable<XmlAttribute> Attributes(XmlElement element) => element.Attributes
        .Cast<XmlAttribute>()
        .Where(one => one.NamespaceURI.Length == 0);

    /// <summary>The attribute of a name, letter case aside.</summary>
    public static XmlAttribute? Attribute(XmlElement element, string name) => Attributes(element)
        .FirstOrDefault(one => one.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static string Value(XmlElement element, string attribute) => Attribute(element, attribute)?.Value ?? "";

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
        return root.OuterXml;
    }
}
