using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>Makes the settings of a plugin, which are attributes.</summary>
internal static class AttributeLeaf
{
    /// <summary>A setting that can be changed; the attribute need not be there yet.</summary>
    public static LeafNode Writable(ConfigDocument document, XmlElement element, string name, object value) =>
        new(PathSegment.Escape(name), value)
        {
            Document = document,

            // The attribute is looked up when it is changed, because another spelling of its name may be there.
            Change = given => ConfigXml.SetAttribute(element, name, given.PluginText(name)),
        };

    /// <summary>A setting for each attribute of an element.</summary>
    public static IEnumerable<LeafNode> All(ConfigDocument document, XmlElement element) => ConfigXml
        .Attributes(element)
        .Select(attribute => Writable(document, element, attribute.LocalName, attribute.Value));

    /// <summary>A setting that cannot be changed.</summary>
    public static LeafNode ReadOnly(string name, object? value) => new(PathSegment.Escape(name), value);
}
