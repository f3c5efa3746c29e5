using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The plugins of a computer.</summary>
internal sealed class PluginsNode(ConfigStore store, SessionInfo session) : ContainerNode(ComputerNode.Plugin)
{
    private readonly ConfigResource _resource = new(session, ConfigResource.Plugin);

    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children =>
        _children ??= [.. store.List(_resource, Keys).Select(one => new PluginNode(one))];

    /// <summary>One plugin is one request, whatever the others hold.</summary>
    public override ConfigNode? Find(string child)
    {
        if (_children is not null || store.Listed(_resource) is not null)
        {
            return base.Find(child);
        }

        try
        {
            return new PluginNode(store.Read(_resource.Where(Key(PathName.Unescape(child)))));
        }
        catch (WSManException e) when (ConfigFault.SaysNotThere(e))
        {
            return null;
        }
    }

    public static SelectorEntry Key(string plugin) => new("Name", plugin, null);

    private static SelectorEntry[] Keys(XmlElement plugin) => [Key(ConfigXml.Value(plugin, "Name"))];
}
