using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The plugins of a computer.</summary>
internal sealed class PluginsNode(ConfigStore store, SessionInfo session) : ContainerNode(ComputerNode.Plugin)
{
    private readonly ConfigResource _resource = new(session, ConfigResource.Plugin);

    private readonly Dictionary<string, ConfigNode> _read = [];

    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children =>
        _children ??= [.. store.List(_resource, Selectors).Select(document => new PluginNode(document))];

    /// <summary>Finds one plugin with one request, whatever the others hold.</summary>
    public override ConfigNode? Find(string child)
    {
        // All plugins are one enumeration; a plugin that is named before needs only its own document.
        if (_children is not null || store.IsListed(_resource))
        {
            return base.Find(child);
        }

        try
        {
            if (!_read.TryGetValue(child, out ConfigNode? plugin))
            {
                plugin = new PluginNode(store.Read(_resource.Where(Key(PathSegment.Unescape(child)))));
                _read.Add(child, plugin);
            }

            return plugin;
        }
        catch (WSManException e) when (ConfigFault.IsNoInstance(e))
        {
            return null;
        }
    }

    /// <summary>The selector of a plugin.</summary>
    public static SelectorEntry Key(string plugin) => new("Name", plugin, null);

    private static SelectorEntry[] Selectors(XmlElement plugin) => [Key(ConfigXml.Value(plugin, "Name"))];
}
