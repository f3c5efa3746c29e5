namespace Microsoft.WSMan.Management;

/// <summary>An item of the configuration of a computer. Its name is one segment of a path.</summary>
internal abstract class ConfigNode(string name)
{
    // The items that were asked for by name, first those of the same letters: the engine asks for each of many items
    // several times.
    private (object Of, Dictionary<string, ConfigNode> Same, Dictionary<string, ConfigNode> Any)? _named;

    public string Name { get; } = name;

    public virtual bool IsContainer => false;

    /// <summary>The items in a container, in the order of the server.</summary>
    /// <exception cref="WSManException">The items cannot be read.</exception>
    public virtual IReadOnlyList<ConfigNode> Children => [];

    /// <summary>
    /// The items in a container without their values, as far as their names are known; null where the server has to be
    /// asked for them.
    /// </summary>
    public virtual IReadOnlyList<ConfigNode>? KnownChildren => null;

    /// <summary>
    /// The item in a container under a name; null if there is none. Letter case makes no difference but between two
    /// items whose names differ by it alone. Of several under one name it is the first.
    /// </summary>
    /// <exception cref="WSManException">The container cannot be read.</exception>
    public virtual ConfigNode? Find(string child)
    {
        IReadOnlyList<ConfigNode> children = Children;
        if (_named is not { } named || !ReferenceEquals(named.Of, children))
        {
            _named = named = (
                children, ByName(children, StringComparer.Ordinal), ByName(children, StringComparer.OrdinalIgnoreCase));
        }

        return named.Same.GetValueOrDefault(child) ?? named.Any.GetValueOrDefault(child);
    }

    private static Dictionary<string, ConfigNode> ByName(IReadOnlyList<ConfigNode> nodes, StringComparer comparer)
    {
        Dictionary<string, ConfigNode> byName = new(nodes.Count, comparer);
        foreach (ConfigNode node in nodes)
        {
            byName.TryAdd(node.Name, node);
        }

        return byName;
    }
}

/// <summary>A setting.</summary>
/// <param name="name">The name as one segment of a path.</param>
/// <param name="value">The value: a text but for the few that the help names; null where there is none.</param>
internal sealed class LeafNode(string name, object? value) : ConfigNode(name)
{
    /// <summary>Where the value comes from, if the server says so.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the setting is an initialization parameter, which has a view of its own.</summary>
    public bool IsInitializationParameter { get; init; }

    /// <summary>The document of the setting, to be sent back after a change; null if a change needs no more.</summary>
    public ConfigDocument? Document { get; init; }

    /// <summary>Puts another value in the place of this one; null if the value cannot be changed.</summary>
    public Action<NewValue>? Change { get; init; }

    public object? Value => value;

    /// <summary>Whether the value is true, in any letter case.</summary>
    public bool IsTrue => value is string text && text.Equals("true", StringComparison.OrdinalIgnoreCase);
}

/// <summary>An item that holds others.</summary>
internal abstract class ContainerNode(string name) : ConfigNode(name)
{
    public override bool IsContainer => true;

    /// <summary>
    /// The keys, as key=value, of one item among several of a kind; null for a container that is there once, and is
    /// shown among the settings.
    /// </summary>
    public virtual IReadOnlyList<string>? Keys => null;
}
