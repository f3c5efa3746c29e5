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

    /// <summary>
    /// The instance that was just created of a document, as the service has it; as it was sent, where the service does
    /// not list it under its keys.
    /// </summary>
    /// <exception cref="WSManException">The instances cannot be read.</exception>
    public InstanceNode FindCreated(ConfigDocument sent) => FindCreated(Name, sent, Children);

    internal static InstanceNode FindCreated(string name, ConfigDocument sent, IEnumerable<ConfigNode> listed) =>
        listed.OfType<InstanceNode>().FirstOrDefault(
            node => node.Resource.Key.Equals(sent.Resource.Key, StringComparison.OrdinalIgnoreCase))
        ?? new InstanceNode(StableName.Of(name, InstanceNode.KeyOf(sent)), sent);

    private ConfigNode[] Read()
    {
        IReadOnlyList<ConfigDocument> instances = _store.List(_resource, Selectors);
        // The service names no instance. The names are made of the keys, and so stay the same from call to call.
        IReadOnlyList<string> names = StableName.OfAll(Name, instances.Select(InstanceNode.KeyOf));
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

    /// <summary>The selectors of an instance as one text, such as Address=*+Transport=HTTP.</summary>
    internal static string KeyOf(ConfigDocument instance) => string.Join('+', KeysOf(instance));

    /// <summary>A setting of the same instance, read by itself, whose document can be sent back.</summary>
    /// <exception cref="WSManException">The instance cannot be had, or has no such setting any more.</exception>
    public LeafNode Reread(ConfigStore store, string setting) =>
        new InstanceNode(Name, store.Read(document.Resource)).Setting(setting);

    /// <exception cref="WSManException">The instance has no such setting.</exception>
    internal LeafNode Setting(string setting) => Find(setting) as LeafNode
        ?? throw Errors.Protocol(Messages.SettingNotAnswered(setting, Resource.Uri, Resource.Session.ComputerName));

    // As key=value.
    private static IEnumerable<string> KeysOf(ConfigDocument instance) =>
        instance.Resource.Selectors.Select(selector => $"{selector.Name}={selector.Value}");

    private static LeafNode Leaf(ConfigDocument document, XmlElement element) => element.LocalName == ListeningOn
        ? new LeafNode(StableName.Of(ListeningOn, ConfigXml.Text(element)), ConfigXml.Text(element))
        : SettingLeaf.Of(element.LocalName, document, element);
}
