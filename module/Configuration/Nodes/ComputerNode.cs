namespace Microsoft.WSMan.Management;

/// <summary>
/// The configuration of one computer, as far as its session leads to one. The settings at the root of localhost and its
/// Client are those of this user and this module, with a session or without; all else needs a session.
/// </summary>
internal sealed class ComputerNode(string name, ConfigStore store, SessionInfo? session) : ContainerNode(name)
{
    public const string Client = "Client";

    public const string Service = "Service";

    public const string Shell = "Shell";

    public const string Listener = "Listener";

    public const string Plugin = "Plugin";

    public const string ClientCertificate = "ClientCertificate";

    private static readonly string[] s_ofService = [Service, Shell, Listener, Plugin, ClientCertificate];

    private IReadOnlyList<ConfigNode>? _children;

    private ConfigNode[]? _containers;

    /// <summary>The settings of the root, then the containers in the order of Windows.</summary>
    public override IReadOnlyList<ConfigNode> Children => _children ??= [.. Settings(), .. Containers()];

    public override IReadOnlyList<ConfigNode> KnownChildren =>
    [
        .. (IsLocal ? KnownSettings.OwnAtRoot : KnownSettings.In("")).Select(name => new LeafNode(name, value: null)),
        .. Containers(),
    ];

    /// <summary>Whether the container is one that only a computer with a service has.</summary>
    public static bool IsOfService(string container) =>
        s_ofService.Contains(container, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Finds a container without a request; only the settings of the root have to be read, where there may be one.
    /// </summary>
    public override ConfigNode? Find(string child) =>
        Containers().FirstOrDefault(container => container.Name.Equals(child, StringComparison.OrdinalIgnoreCase))
        ?? (IsLocal && !KnownSettings.OwnAtRoot.Contains(child, StringComparer.OrdinalIgnoreCase)
            ? null
            : base.Find(child));

    private bool IsLocal => ComputerNames.IsLocal(Name);

    private IEnumerable<ConfigNode> Settings()
    {
        if (session is null || IsLocal)
        {
            return ClientSettingsNode.Root(store);
        }

        ConfigDocument root = store.Read(new ConfigResource(session, ""));
        return ConfigXml.Children(root.Root)
            .Where(element => !ConfigXml.IsContainer(element))
            .Select(element => SettingLeaf.Of(element.LocalName, root, element));
    }

    private ConfigNode[] Containers()
    {
        // The user's own settings take the place of the first container, Client, with or without a session.
        ConfigNode[] own = IsLocal ? [ClientSettingsNode.Client(store)] : [];
        return _containers ??= session is null ? own : [.. own, .. Containers(session).Skip(own.Length)];
    }

    private IEnumerable<ConfigNode> Containers(SessionInfo open) =>
    [
        new SettingsNode(Client, store, new ConfigResource(open, ConfigResource.Client)),
        new SettingsNode(Service, store, new ConfigResource(open, ConfigResource.Service)),
        new SettingsNode(Shell, store, new ConfigResource(open, ConfigResource.Winrs)),
        InstancesNode.Listeners(store, open),
        new PluginsNode(store, open),
        InstancesNode.Mappings(store, open),
    ];
}
