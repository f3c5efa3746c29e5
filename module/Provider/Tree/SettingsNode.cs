using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>A section of the settings: Client, Service, Shell, and Auth and DefaultPorts in them.</summary>
internal sealed class SettingsNode(string name, ConfigStore store, ConfigResource section) : ContainerNode(name)
{
    // These are resources of their own wherever they are, so it costs nothing to know that they are there.
    private static readonly string[] s_sections = ["Auth", "DefaultPorts"];

    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children => _children ??= [.. Read()];

    public override ConfigNode? Find(string child)
    {
        string? known = s_sections.FirstOrDefault(one => one.Equals(child, StringComparison.OrdinalIgnoreCase));
        return HasSections && known is not null ? Section(known) : base.Find(child);
    }

    private bool HasSections => section.Path is ConfigResource.Client or ConfigResource.Service;

    private IEnumerable<ConfigNode> Read()
    {
        ConfigPart part = store.Section(section);
        return ConfigXml.Children(part.Element).Select<XmlElement, ConfigNode>(element =>
            ConfigXml.IsContainer(element) || (HasSections && s_sections.Contains(element.LocalName))
                ? Section(element.LocalName)
                : SettingLeaf.Of(element.LocalName, part.Document, element));
    }

    private SettingsNode Section(string child)
    {
        string path = $"{section.Path}/{child.ToLowerInvariant()}";
        return new SettingsNode(child, store, new ConfigResource(section.Session, path));
    }
}

/// <summary>A setting that is an element with a text.</summary>
internal static class SettingLeaf
{
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    public static LeafNode Of(string name, ConfigDocument document, XmlElement element) =>
        new(PathName.Escape(name), ConfigXml.Text(element))
        {
            Document = document,
            Source = ConfigXml.Attribute(element, "Source")?.Value,
            Change = value => Write(element, Text(name, document, value)),
        };

    // A secret under another name than that of one would be a mistake.
    private static string Text(string name, ConfigDocument document, NewValue value) =>
        SecretEntry.IsTelling(name) && !value.Clears ? document.Hide(Secret(name, value)) : value.Text(name);

    private static SecretEntry Secret(string name, NewValue value) =>
        value.Given is SecureString secret ? new SecretEntry(secret) : new SecretEntry(value.Text(name));

    private static void Write(XmlElement element, string text)
    {
        element.RemoveAttribute("nil", SchemaInstance);
        element.InnerText = text;
    }
}
