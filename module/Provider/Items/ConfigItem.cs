using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>Makes the objects that the drive writes for the nodes of a configuration.</summary>
internal static class ConfigItem
{
    private const string ParameterType = "Microsoft.WSMan.Management.WSManConfigLeafElement#InitParams";

    public static PSObject From(ConfigNode node) => node switch
    {
        LeafNode leaf => FromLeaf(leaf),
        ContainerNode { Keys: { } keys } => new(new WSManConfigContainerElement(node.Name, [.. keys])),

        // Windows shows a container among settings as one of them.
        _ => new(new WSManConfigLeafElement(node.Name, null, WSManConfigElement.Container, null)),
    };

    private static PSObject FromLeaf(LeafNode leaf)
    {
        string type = (leaf.Value?.GetType() ?? typeof(string)).FullName!;
        PSObject item = new(new WSManConfigLeafElement(leaf.Name, leaf.Value, type, leaf.Source));
        if (leaf.IsInitializationParameter)
        {
            item.TypeNames.Insert(0, ParameterType);
        }

        return item;
    }
}
