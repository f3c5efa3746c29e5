using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The initialization parameters of a plugin.</summary>
internal sealed class ParametersNode(ConfigDocument document) : ContainerNode(ContainerName)
{
    public const string ContainerName = "InitializationParameters";

    private const string Element = "Param";

    public override IReadOnlyList<ConfigNode> Children { get; } =
        [.. Parameters(document).Select(parameter => Leaf(document, parameter))];

    /// <summary>Adds a parameter to the document.</summary>
    public LeafNode Add(string name, string value)
    {
        XmlElement parent = PluginXml.FindOrAdd(document.Root, ContainerName);
        XmlElement parameter = ConfigXml.Append(parent, Element);
        parameter.SetAttribute("Name", name);
        parameter.SetAttribute("Value", value);
        return Leaf(document, parameter);
    }

    /// <summary>Takes a parameter out of the document.</summary>
    /// <param name="leaf">One of the <see cref="Children"/>: two parameters may have the same name.</param>
    public void Remove(ConfigNode leaf)
    {
        int index = Children.TakeWhile(child => !ReferenceEquals(child, leaf)).Count();
        PluginXml.Remove(Parameters(document).ElementAt(index));
    }

    private static IEnumerable<XmlElement> Parameters(ConfigDocument document) =>
        ConfigXml.Children(ConfigXml.Child(document.Root, ContainerName), Element);

    private static LeafNode Leaf(ConfigDocument document, XmlElement parameter)
    {
        string name = ConfigXml.Value(parameter, "Name");
        return new LeafNode(PathSegment.Escape(name), ConfigXml.Value(parameter, "Value"))
        {
            Document = document,
            IsInitializationParameter = true,
            Change = given => ConfigXml.SetAttribute(parameter, "Value", given.PluginText(name)),
        };
    }
}

/// <summary>The quotas of a plugin.</summary>
internal sealed class QuotasNode(ConfigDocument document) : ContainerNode(ContainerName)
{
    public const string ContainerName = "Quotas";

    // Attributes that may be missing where they have their defaults, and can be set all the same.
    private static readonly string[] s_known =
    [
        "MaxIdleTimeoutms", "MaxConcurrentUsers", "IdleTimeoutms", "MaxProcessesPerShell", "MaxMemoryPerShellMB",
        "MaxConcurrentCommandsPerShell", "MaxShells", "MaxShellsPerUser", "MaxConcurrentOperations",
        "MaxConcurrentOperationsPerUser",
    ];

    public override IReadOnlyList<ConfigNode> Children { get; } =
        ConfigXml.Child(document.Root, ContainerName) is { } quotas ? [.. AttributeLeaf.All(document, quotas)] : [];

    /// <summary>A quota that has its default and is not in the document; null if there is no such quota.</summary>
    public LeafNode? FindUnset(string name) => s_known
        .Where(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(known => new LeafNode(known, "")
        {
            Document = document,
            Change = given => ConfigXml.SetAttribute(
                PluginXml.FindOrAdd(document.Root, ContainerName), known, given.PluginText(known)),
        })
        .FirstOrDefault();
}

/// <summary>Changes the element structure of a plugin's document.</summary>
internal static class PluginXml
{
    // The order that the schema of a plugin has.
    private static readonly string[] s_order =
        [ParametersNode.ContainerName, ResourcesNode.ContainerName, QuotasNode.ContainerName];

    /// <summary>The container of a name, which is added in its place by the schema if it is missing.</summary>
    public static XmlElement FindOrAdd(XmlElement root, string name)
    {
        if (ConfigXml.Child(root, name) is { } there)
        {
            return there;
        }

        XmlElement added = root.OwnerDocument.CreateElement(root.Prefix, name, root.NamespaceURI);
        XmlElement? next = s_order
            .Skip(Array.IndexOf(s_order, name) + 1)
            .Select(later => ConfigXml.Child(root, later))
            .FirstOrDefault(later => later is not null);

        // Before null is at the end.
        root.InsertBefore(added, next);
        return added;
    }

    /// <summary>Takes an element out, with the white space that indents it.</summary>
    public static void Remove(XmlElement element)
    {
        XmlNode parent = element.ParentNode!;
        if (element.PreviousSibling is XmlWhitespace indent)
        {
            parent.RemoveChild(indent);
        }

        parent.RemoveChild(element);
    }
}
