using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The resources that a plugin serves.</summary>
internal sealed class ResourcesNode(ConfigDocument document) : ContainerNode(ContainerName)
{
    public const string ContainerName = "Resources";

    private const string Element = "Resource";

    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children => _children ??= Nodes(document);

    /// <summary>The name of the first resource of a URI.</summary>
    public static string NameOf(string uri) => StableName.Of(Element, uri);

    /// <summary>Adds a resource to the document.</summary>
    public ResourceNode Add(string uri, IEnumerable<string> capabilities)
    {
        _children = null;
        return Add(document, uri, capabilities);
    }

    /// <summary>Adds a resource to a document.</summary>
    public static ResourceNode Add(ConfigDocument document, string uri, IEnumerable<string> capabilities)
    {
        XmlElement resource = ConfigXml.Append(PluginXml.FindOrAdd(document.Root, ContainerName), Element);
        resource.SetAttribute(ResourceNode.UriAttribute, uri);
        foreach (string capability in capabilities)
        {
            ConfigXml.Append(resource, ResourceNode.CapabilityElement).SetAttribute("Type", capability);
        }

        return Nodes(document)[^1];
    }

    private static ResourceNode[] Nodes(ConfigDocument document)
    {
        XmlElement[] resources = [.. ConfigXml.Children(ConfigXml.Child(document.Root, ContainerName), Element)];
        IReadOnlyList<string> names = StableName.OfAll(
            Element, resources.Select(resource => ConfigXml.Value(resource, ResourceNode.UriAttribute)));
        return [.. resources.Select((resource, at) => new ResourceNode(names[at], document, resource))];
    }
}

/// <summary>A resource that a plugin serves.</summary>
internal sealed class ResourceNode(string name, ConfigDocument document, XmlElement element) : ContainerNode(name)
{
    public const string UriAttribute = "ResourceUri";

    public const string CapabilityElement = "Capability";

    // Attributes that mean false where they are missing.
    private static readonly string[] s_flags = ["ExactMatch", "SupportsOptions"];

    private IReadOnlyList<ConfigNode>? _children;

    public XmlElement Element => element;

    public string Uri => ConfigXml.Value(element, UriAttribute);

    public override IReadOnlyList<ConfigNode> Children => _children ??=
    [
        .. ConfigXml.Attributes(element).Select(attribute => Leaf(attribute.LocalName, attribute.Value)),
        .. s_flags.Where(flag => ConfigXml.Attribute(element, flag) is null).Select(flag => Leaf(flag, false)),
        AttributeLeaf.ReadOnly(CapabilityElement, Capabilities()),
        new SecuritiesNode(document, this),
    ];

    public override IReadOnlyList<string> Keys => [$"Uri={Uri}"];

    private LeafNode Leaf(string attribute, object value) => attribute == UriAttribute
        ? AttributeLeaf.ReadOnly(attribute, value)
        : AttributeLeaf.Writable(document, element, attribute, value);

    private object[] Capabilities() =>
        [.. ConfigXml.Children(element, CapabilityElement).Select(child => ConfigXml.Value(child, "Type"))];
}

/// <summary>The security descriptors of a resource of a plugin, which say who may use it.</summary>
internal sealed class SecuritiesNode(ConfigDocument document, ResourceNode resource) : ContainerNode(ContainerName)
{
    public const string ContainerName = "Security";

    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children => _children ??= Nodes();

    /// <summary>Adds a descriptor for the whole resource to the document.</summary>
    public SecurityNode Add(string sddl)
    {
        XmlElement security = resource.Element.OwnerDocument.CreateElement(
            resource.Element.Prefix, ContainerName, resource.Element.NamespaceURI);
        security.SetAttribute("Uri", resource.Uri);
        security.SetAttribute("Sddl", sddl);

        // Descriptors come before capabilities in the schema.
        resource.Element.InsertBefore(
            security, ConfigXml.Child(resource.Element, ResourceNode.CapabilityElement));
        _children = null;
        return Nodes().Single(node => ReferenceEquals(node.Element, security));
    }

    private SecurityNode[] Nodes()
    {
        XmlElement[] securities = [.. ConfigXml.Children(resource.Element, ContainerName)];
        string uri = resource.Uri;
        IReadOnlyList<string> names = StableName.OfAll(
            ContainerName, securities.Select(security => ConfigXml.Value(security, "Uri")), beginning: $"{uri}+");
        return [.. securities.Select((security, at) => new SecurityNode(names[at], document, security, uri))];
    }
}

/// <summary>A security descriptor of a resource of a plugin.</summary>
internal sealed class SecurityNode(string name, ConfigDocument document, XmlElement element, string resourceUri)
    : ContainerNode(name)
{
    private const string ExactMatch = "ExactMatch";

    public XmlElement Element => element;

    public override IReadOnlyList<ConfigNode> Children =>
    [
        .. AttributeLeaf.All(document, element),
        .. ConfigXml.Attribute(element, ExactMatch) is null
            ? [AttributeLeaf.Writable(document, element, ExactMatch, false)]
            : Array.Empty<ConfigNode>(),

        // Windows shows these two among the settings, so scripts may look for them.
        AttributeLeaf.ReadOnly("ParentResourceUri", resourceUri),
        AttributeLeaf.ReadOnly("xmlns", element.NamespaceURI),
    ];

    public override IReadOnlyList<string> Keys => [$"Uri={ConfigXml.Value(element, "Uri")}"];
}
