using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The initialization parameters of a plugin.</summary>
internal sealed class ParametersNode(ConfigDocument document) : ContainerNode(ContainerName)
{
    public const string ContainerName = "InitializationParameters";

    private const string Element = "Param";

    public override IReadOnlyList<ConfigNode> Children { get; } =
        [.. Parameters(document).Select(one => Leaf(document, one))];

    /// <summary>Adds a parameter to the document.</summary>
    public LeafNode Add(string name, string value)
    {
        XmlElement parent = PluginXml.Ensure(document.Root, ContainerName);
        XmlElement parameter = ConfigXml.Append(parent, Element);
        parameter.SetAttribute("Name", name);
        parameter.SetAttribute("Value", value);
        return Leaf(document, parameter);
    }

    /// <summary>Takes a parameter out of the document.</summary>
    public void Remove(ConfigNode leaf) =>
        PluginXml.Remove(Parameters(document).ElementAt(PluginXml.IndexOf(Children, leaf)));

    private static IEnumerable<XmlElement> Parameters(ConfigDocument document) =>
        ConfigXml.Children(ConfigXml.Child(document.Root, ContainerName), Element);

    private static LeafNode Leaf(ConfigDocument document, XmlElement parameter)
    {
        string name = ConfigXml.Value(parameter, "Name");
        return new LeafNode(PathName.Escape(name), ConfigXml.Value(parameter, "Value"))
        {
            Document = document,
            IsParameter = true,
            Change = given => ConfigXml.SetAttribute(parameter, "Value", given.Text(name)),
        };
    }
}

/// <summary>The quotas of a plugin.</summary>
internal sealed class QuotasNode(ConfigDocument document) : ContainerNode(ContainerName)
{
    public const string ContainerName = "Quotas";

    private static readonly string[] s_known =
    [
        "MaxIdleTimeoutms", "MaxConcurrentUsers", "IdleTimeoutms", "MaxProcessesPerShell", "MaxMemoryPerShellMB",
        "MaxConcurrentCommandsPerShell", "MaxShells", "MaxShellsPerUser", "MaxConcurrentOperations",
        "MaxConcurrentOperationsPerUser",
    ];

    public override IReadOnlyList<ConfigNode> Children { get; } =
        ConfigXml.Child(document.Root, ContainerName) is { } quotas ? [.. AttributeLeaf.All(document, quotas)] : [];

    /// <summary>A quota that has its default and is not in the document; null if there is no such quota.</summary>
    public LeafNode? Unset(string name) => s_known
        .Where(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(known => new LeafNode(known, "")
        {
            Document = document,
            Change = given => ConfigXml.SetAttribute(
                PluginXml.Ensure(document.Root, ContainerName), known, given.Text(known)),
        })
        .FirstOrDefault();
}

/// <summary>What the parts of a plugin's document have in common.</summary>
internal static class PluginXml
{
    // The order that the schema of a plugin has.
    private static readonly string[] s_order =
        [ParametersNode.ContainerName, ResourcesNode.ContainerName, QuotasNode.ContainerName];

    /// <summary>The container of a name; it is made in its place if it is not there.</summary>
    public static XmlElement Ensure(XmlElement root, string name)
    {
        if (ConfigXml.Child(root, name) is { } there)
        {
            return there;
        }

        XmlElement made = root.OwnerDocument.CreateElement(root.Prefix, name, root.NamespaceURI);
        XmlElement? next = s_order
            .Skip(Array.IndexOf(s_order, name) + 1)
            .Select(later => ConfigXml.Child(root, later))
            .FirstOrDefault(later => later is not null);
        root.InsertBefore(made, next);
        return made;
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

    public static int IndexOf(IReadOnlyList<ConfigNode> children, ConfigNode child) =>
        children.TakeWhile(one => !ReferenceEquals(one, child)).Count();

    /// <summary>The keys of an item, as the drive shows them.</summary>
    public static PSObject Instance(string name, string uri) =>
        new(new WSManConfigContainerElement(name, [$"Uri={uri}"]));
}
