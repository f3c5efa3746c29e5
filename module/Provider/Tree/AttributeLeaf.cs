using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>Settings of a plugin, which are attributes.</summary>
internal static class AttributeLeaf
{
    /// <summary>One that can be changed; the attribute need not be there yet.</summary>
    public static LeafNode Of(ConfigDocument document, XmlElement element, string name, object value) =>
        new(PathName.Escape(name), value)
        {
            Document = document,
            Change = given => ConfigXml.SetAttribute(element, name, given.Text(name)),
        };

    /// <summary>All attributes of an element.</summary>
    public static IEnumerable<LeafNode> All(ConfigDocument document, XmlElement element) =>
        ConfigXml.Attributes(element).Select(one => Of(document, element, one.LocalName, one.Value));

    /// <summary>One that cannot be changed.</summary>
    public static LeafNode Fixed(string name, object? value) => new(PathName.Escape(name), value);
}
