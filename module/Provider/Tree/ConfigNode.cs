using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>An item of the drive below a computer. Its name is one segment of a path.</summary>
internal abstract class ConfigNode(string name)
{
    public string Name { get; } = name;

    public virtual bool IsContainer => false;

    /// <summary>What it holds, in the order of the server.</summary>
    /// <exception cref="WSManException">It cannot be read.</exception>
    public virtual IReadOnlyList<ConfigNode> Children => [];

    /// <summary>What the drive shows of it.</summary>
    public abstract PSObject ToItem();

    /// <summary>What it holds under a name, letter case aside; null if there is none.</summary>
    /// <exception cref="WSManException">It cannot be read.</exception>
    public virtual ConfigNode? Find(string child) =>
        Children.FirstOrDefault(one => one.Name.Equals(child, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A setting.</summary>
internal sealed class LeafNode(string name, object? value) : ConfigNode(name)
{
    private const string ParameterType = "Microsoft.WSMan.Management.WSManConfigLeafElement#InitParams";

    /// <summary>Where the value comes from, if the server says so.</summary>
    public string? Source { get; init; }

    /// <summary>Whether it is an initialization parameter, which has a view of its own.</summary>
    public bool IsParameter { get; init; }

    /// <summary>The document that holds it, to be sent back after a change; null if a change needs no more.</summary>
    public ConfigDocument? Document { get; init; }

    /// <summary>Puts another value in its place; null if the value cannot be changed.</summary>
    public Action<NewValue>? Change { get; init; }

    public object? Value => value;

    public override PSObject ToItem()
    {
        string type = (value?.GetType() ?? typeof(string)).FullName!;
        PSObject item = new(new WSManConfigLeafElement(Name, value, type, Source));
        if (IsParameter)
        {
            item.TypeNames.Insert(0, ParameterType);
        }

        return item;
    }
}

/// <summary>Something that holds others.</summary>
internal abstract class ContainerNode(string name) : ConfigNode(name)
{
    public override bool IsContainer => true;

    /// <summary>Listed among settings, it looks like one.</summary>
    public override PSObject ToItem() =>
        new(new WSManConfigLeafElement(Name, null, WSManConfigElement.Container, null));

    /// <summary>One of several of a kind, told from the others by its keys.</summary>
    protected static PSObject Instance(string name, IEnumerable<string> keys) =>
        new(new WSManConfigContainerElement(name, [.. keys]));
}
