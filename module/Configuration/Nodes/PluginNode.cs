using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>A plugin: its settings are attributes of one document, and so is all that is below it.</summary>
internal sealed class PluginNode(ConfigDocument document) : ContainerNode(PathSegment.Escape(NameOf(document)))
{
    private const string RunAsUser = "RunAsUser";

    private const string RunAsPassword = "RunAsPassword";

    // Attributes that may be missing where they have their defaults, and can be set all the same.
    private static readonly string[] s_known =
    [
        "Filename", "SDKVersion", "XmlRenderingType", "Enabled", "Architecture", "UseSharedProcess",
        "ProcessIdleTimeoutSec", RunAsUser, RunAsPassword, "AutoRestart", "OutputBufferingMode",
        "RunAsVirtualAccount", "RunAsVirtualAccountGroups",
    ];

    public ConfigDocument Document => document;

    public string PluginName => NameOf(document);

    public override IReadOnlyList<ConfigNode> Children { get; } =
    [
        .. Leaves(document),
        new ParametersNode(document),
        new ResourcesNode(document),
        new QuotasNode(document),
    ];

    public override IReadOnlyList<string> Keys => [$"Name={PluginName}"];

    /// <summary>A setting that has its default and is not in the document; null if there is no such setting.</summary>
    public LeafNode? FindUnset(string name) => s_known
        .Where(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(known => Leaf(document, known, ""))
        .FirstOrDefault();

    private static string NameOf(ConfigDocument document) => ConfigXml.Value(document.Root, "Name");

    private static bool HasUser(ConfigDocument document) => ConfigXml.Value(document.Root, RunAsUser).Length > 0;

    private static IEnumerable<LeafNode> Leaves(ConfigDocument document)
    {
        foreach (XmlAttribute attribute in document.Root.Attributes)
        {
            if (attribute.NamespaceURI.Length == 0)
            {
                yield return Leaf(document, attribute.LocalName, attribute.Value);
            }
            else if (attribute.Name is "xmlns" or "xml:lang")
            {
                // Windows shows these two among the settings, so scripts may look for them.
                yield return AttributeLeaf.ReadOnly(attribute.LocalName, attribute.Value);
            }
        }
    }

    private static LeafNode Leaf(ConfigDocument document, string name, string value) => name switch
    {
        "Name" => AttributeLeaf.ReadOnly(name, value),
        RunAsUser => new LeafNode(name, value)
        {
            Document = document,
            Change = given => ChangeUser(document, given),
        },

        // The service never tells the password; an empty SecureString shows that there is one.
        RunAsPassword => new LeafNode(name, HasUser(document) ? new SecureString() : value)
        {
            Document = document,
            Change = given => ChangePassword(document, given),
        },
        _ => AttributeLeaf.Writable(document, document.Root, name, value),
    };

    private static void ChangeUser(ConfigDocument document, NewValue given)
    {
        ConfigUser? user = given.Value as ConfigUser;
        if (user is null && !given.IsCleared)
        {
            throw Errors.InvalidArgument(Messages.NotACredential(RunAsUser));
        }

        // A user without the password that belongs to the user would be refused, so both are changed at once.
        ConfigXml.SetAttribute(document.Root, RunAsUser, user?.Name ?? "");
        ConfigXml.SetAttribute(document.Root, RunAsPassword, user is null ? "" : document.AddSecret(user.Password));
    }

    private static void ChangePassword(ConfigDocument document, NewValue given)
    {
        if (given.IsCleared)
        {
            throw Errors.InvalidArgument(Messages.PasswordCannotBeCleared);
        }

        if (given.Value is not SecureString password)
        {
            throw Errors.InvalidArgument(Messages.NotASecureString(RunAsPassword));
        }

        if (!HasUser(document))
        {
            throw Errors.InvalidArgument(Messages.PasswordWithoutUser);
        }

        ConfigXml.SetAttribute(document.Root, RunAsPassword, document.AddSecret(password));
    }
}
