using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>A section of the settings: Client, Service, Shell, and Auth and DefaultPorts in them.</summary>
/// <param name="name">The name as one segment of a path.</param>
/// <param name="store">Reads the section.</param>
/// <param name="section">The section as a resource.</param>
/// <param name="read">
/// The section in the document of what is above it; null where that was not read. It is not looked for there by its
/// name, which would find another of the same name, take long among many, and miss a name that the path has in other
/// letters.
/// </param>
internal sealed class SettingsNode(string name, ConfigStore store, ConfigResource section, ConfigPart? read = null)
    : ContainerNode(name)
{
    public const string Auth = "Auth";

    public const string DefaultPorts = "DefaultPorts";

    // These are resources of their own wherever they are, so it costs no request to know that they are there.
    private static readonly string[] s_sections = [Auth, DefaultPorts];

    private readonly Dictionary<string, ConfigNode> _known = [];

    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children => _children ??= [.. Read()];

    public override IReadOnlyList<ConfigNode>? KnownChildren => KnownSettings.In(section.Path) is { Count: > 0 } known
        ? [.. known.Select<string, ConfigNode>(setting =>
            s_sections.Contains(setting) ? Section(setting) : new LeafNode(setting, value: null))]
        : null;

    public override ConfigNode? Find(string child)
    {
        string? known = s_sections.FirstOrDefault(
            candidate => candidate.Equals(child, StringComparison.OrdinalIgnoreCase));
        return HasSections && known is not null ? Known(known) : base.Find(child);
    }

    // Shell has no sections, and neither has a section.
    private bool HasSections => section.Path is ConfigResource.Client or ConfigResource.Service;

    private ConfigNode Known(string name)
    {
        if (!_known.TryGetValue(name, out ConfigNode? section))
        {
            section = Section(name);
            _known.Add(name, section);
        }

        return section;
    }

    private IEnumerable<ConfigNode> Read()
    {
        ConfigPart part = read ?? store.ReadSection(section);
        return ConfigXml.Children(part.Element).Select<XmlElement, ConfigNode>(element =>
            ConfigXml.IsContainer(element) || (HasSections && s_sections.Contains(element.LocalName))
                ? Section(element.LocalName, part with { Element = element })
                : SettingLeaf.Of(element.LocalName, part.Document, element));
    }

    private SettingsNode Section(string child, ConfigPart? part = null)
    {
        // Windows writes the URIs of its sections in lower case.
        string path = $"{section.Path}/{child.ToLowerInvariant()}";
        return new SettingsNode(child, store, new ConfigResource(section.Session, path), part);
    }
}

/// <summary>Makes the settings that are elements with a text.</summary>
internal static class SettingLeaf
{
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    public static LeafNode Of(string name, ConfigDocument document, XmlElement element) =>
        new(PathSegment.Escape(name), ConfigXml.Text(element))
        {
            Document = document,
            Source = ConfigXml.Attribute(element, "Source")?.Value,
            Change = value => Write(element, TextToWrite(name, document, value)),
        };

    // A SecureString for a setting whose name is not that of a secret would be a mistake, which Text() refuses.
    private static string TextToWrite(string name, ConfigDocument document, NewValue value) =>
        SecretName.Matches(name) && !value.IsCleared ? document.AddSecret(Secret(name, value)) : value.Text(name);

    private static SecretEntry Secret(string name, NewValue value) =>
        value.Value is SecureString secret ? new SecretEntry(secret) : new SecretEntry(value.Text(name));

    private static void Write(XmlElement element, string text)
    {
        // An element with a text must not be nil (XML Schema, part 1, 3.3.4).
        element.RemoveAttribute("nil", SchemaInstance);
        element.InnerText = text;
    }
}
