using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The configuration of one computer: what its session leads to. The client settings of localhost are those of
/// this user and this module, with a session or without; all else needs a session.
/// </summary>
internal sealed class ComputerNode(string name, ConfigStore store, SessionInfo? session) : ContainerNode(name)
{
    public const string Client = "Client";

    public const string Service = "Service";

    public const string Shell = "Shell";

    public const string Listener = "Listener";

    public const string Plugin = "Plugin";

    public const string ClientCertificate = "ClientCertificate";

    private IReadOnlyList<ConfigNode>? _children;

    /// <summary>The settings of the root, then the containers in the order of Windows.</summary>
    public override IReadOnlyList<ConfigNode> Children => _children ??= [.. Settings(), .. Containers()];

    public override PSObject ToItem() => throw new InvalidOperationException("A computer is written by the provider.");

    /// <summary>A container is known to be there; only the settings of the root have to be read.</summary>
    public override ConfigNode? Find(string child) =>
        Containers().FirstOrDefault(one => one.Name.Equals(child, StringComparison.OrdinalIgnoreCase))
        ?? base.Find(child);

    private IEnumerable<ConfigNode> Settings()
    {
        if (session is null)
        {
            return [];
        }

        ConfigDocument root = store.Read(new ConfigResource(session, ""));
        return ConfigXml.Children(root.Root)
            .Where(element => !ConfigXml.IsContainer(element))
            .Select(element => SettingLeaf.Of(element.LocalName, root, element));
    }

    private IEnumerable<ConfigNode> Containers()
    {
        ConfigNode[] own = ComputerNames.IsLocal(Name) ? [ClientSettingsNode.All()] : [];
        return session is null ? own : own.Concat(Containers(session).Skip(own.Length));
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
