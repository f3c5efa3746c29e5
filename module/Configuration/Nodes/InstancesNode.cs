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

    /// <summary>The instance of a resource that was just created. The service may spell its keys differently.</summary>
    public ConfigNode FindCreated(ConfigResource instance) => Children
        .OfType<InstanceNode>()
        .First(node => node.Resource.Key.Equals(instance.Key, StringComparison.OrdinalIgnoreCase));

    private ConfigNode[] Read()
    {
        IReadOnlyList<ConfigDocument> instances = _store.List(_resource, Selectors);
        // The service names no instance. The names are made of the keys, and so stay the same from call to call.
        IReadOnlyList<string> names = StableName.OfAll(
            Name, instances.Select(instance => string.Join('+', InstanceNode.KeysOf(instance))));
        return [.. instances.Select((instance, at) => new InstanceNode(names[at], instance))];
    }

    private SelectorEntry[] Selectors(XmlElement instance) =>
        [.. _selectors.Select(key => new SelectorEntry(key, ConfigXml.Text(ConfigXml.Child(instance, key)), null))];
}

/// <summary>A listener, or a mapping of client certificates to a user.</summary>
internal sealed class InstanceNode(string name, ConfigDocument document) : ContainerNode(name)
{
    // The service computes the addresses, and repeats the element for each.
    private const string ListeningOn = "ListeningOn";

    public ConfigResource Resource => document.Resource;

    /// <summary>Where the whole instance comes from, if the server says so.</summary>
    public string? Source => ConfigXml.Attribute(document.Root, "Source")?.Value;

    public override IReadOnlyList<ConfigNode> Children { get; } = [.. ConfigXml.Children(document.Root)
        .Select(element => Leaf(document, element))];

    public override IReadOnlyList<string> Keys => [.. KeysOf(document)];

    /// <summary>The selectors of an instance, as key=value.</summary>
    internal static IEnumerable<string> KeysOf(ConfigDocument instance) =>
        instance.Resource.Selectors.Select(selector => $"{selector.Name}={selector.Value}");

    /// <summary>The same instance, read by itself, whose document can be sent back.</summary>
    /// <exception cref="WSManException">The instance cannot be had.</exception>
    public InstanceNode Reread(ConfigStore store) => new(Name, store.Read(document.Resource));

    private static LeafNode Leaf(ConfigDocument document, XmlElement element) => element.LocalName == ListeningOn
        ? new LeafNode(StableName.Of(ListeningOn, ConfigXml.Text(element)), ConfigXml.Text(element))
        : SettingLeaf.Of(element.LocalName, document, element);
}
