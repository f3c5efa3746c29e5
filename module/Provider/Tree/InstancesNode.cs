using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>Listener or ClientCertificate: the instances of a resource that have no names of their own.</summary>
internal sealed class InstancesNode : ContainerNode
{
    private readonly ConfigStore _store;

    private readonly ConfigResource _resource;

    private readonly string[] _selectors;

    private IReadOnlyList<ConfigNode>? _children;

    private InstancesNode(string name, ConfigStore store, ConfigResource resource, params string[] selectors)
        : base(name)
    {
        _store = store;
        _resource = resource;
        _selectors = selectors;
    }

    public override IReadOnlyList<ConfigNode> Children => _children ??= Read();

    public static InstancesNode Listeners(ConfigStore store, SessionInfo session) =>
        new(ComputerNode.Listener, store, new ConfigResource(session, ConfigResource.Listener), "Address", "Transport");

    public static InstancesNode Mappings(ConfigStore store, SessionInfo session) => new(
        ComputerNode.ClientCertificate,
        store,
        new ConfigResource(session, ConfigResource.CertMapping),
        "Issuer",
        "Subject",
        "URI");

    /// <summary>The instance of a resource, which is there.</summary>
    public ConfigNode Made(ConfigResource instance) => Children
        .OfType<InstanceNode>()
        .First(one => one.Resource.Key.Equals(instance.Key, StringComparison.OrdinalIgnoreCase));

    private ConfigNode[] Read()
    {
        IReadOnlyList<ConfigDocument> all = _store.List(_resource, Selectors);
        IReadOnlyList<string> names = StableName.OfAll(
            Name, all.Select(one => string.Join('+', one.Resource.Selectors.Select(key => $"{key.Name}={key.Value}"))));
        return [.. all.Select((one, at) => new InstanceNode(names[at], one))];
    }

    private SelectorEntry[] Selectors(XmlElement instance) =>
        [.. _selectors.Select(key => new SelectorEntry(key, ConfigXml.Text(ConfigXml.Child(instance, key)), null))];
}

/// <summary>A listener, or a mapping of client certificates to a user.</summary>
internal sealed class InstanceNode(string name, ConfigDocument document) : ContainerNode(name)
{
    /// <summary>Computed by the service, and repeated for each address.</summary>
    private const string ListeningOn = "ListeningOn";

    public ConfigResource Resource => document.Resource;

    /// <summary>Where the whole instance comes from, if the server says so.</summary>
    public string? Source => ConfigXml.Attribute(document.Root, "Source")?.Value;

    public override IReadOnlyList<ConfigNode> Children { get; } = [.. ConfigXml.Children(document.Root)
        .Select(element => Leaf(document, element))];

    public override PSObject ToItem() =>
        Instance(Name, document.Resource.Selectors.Select(key => $"{key.Name}={key.Value}"));

    /// <summary>The same instance in a document of its own, which can be changed.</summary>
    /// <exception cref="WSManException">It cannot be had.</exception>
    public InstanceNode ReadAlone(ConfigStore store) => new(Name, store.Read(document.Resource));

    private static LeafNode Leaf(ConfigDocument document, XmlElement element) => element.LocalName == ListeningOn
        ? new LeafNode(StableName.Of(ListeningOn, ConfigXml.Text(element)), ConfigXml.Text(element))
        : SettingLeaf.Of(element.LocalName, document, element);
}
