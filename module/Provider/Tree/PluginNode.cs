using System.Management.Automation;
using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>A plugin: its settings are attributes of one document, and so is all that is below it.</summary>
internal sealed class PluginNode(ConfigDocument document) : ContainerNode(PathName.Escape(NameOf(document)))
{
    private const string RunAsUser = "RunAsUser";

    private const string RunAsPassword = "RunAsPassword";

    // They may be missing where they have their defaults, and can be set all the same.
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

    public override PSObject ToItem() => Instance(Name, [$"Name={PluginName}"]);

    /// <summary>A setting that has its default and is not in the document; null if there is no such setting.</summary>
    public LeafNode? Unset(string name) => s_known
        .Where(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(known => Leaf(document, known, ""))
        .FirstOrDefault();

    private static string NameOf(ConfigDocument document) => ConfigXml.Value(document.Root, "Name");

    private static bool HasUser(ConfigDocument document) => ConfigXml.Value(document.Root, RunAsUser).Length > 0;

    private static IEnumerable<LeafNode> Leaves(ConfigDocument document)
    {
        foreach (XmlAttribute one in document.Root.Attributes)
        {
            if (one.NamespaceURI.Length == 0)
            {
                yield return Leaf(document, one.LocalName, one.Value);
            }
            else if (one.Name is "xmlns" or "xml:lang")
            {
                yield return AttributeLeaf.Fixed(one.LocalName, one.Value);
            }
        }
    }

    private static LeafNode Leaf(ConfigDocument document, string name, string value) => name switch
    {
        "Name" => AttributeLeaf.Fixed(name, value),
        RunAsUser => new LeafNode(name, value)
        {
            Document = document,
            Change = given => ChangeUser(document, given),
        },
        RunAsPassword => new LeafNode(name, HasUser(document) ? new SecureString() : value)
        {
            Document = document,
            Change = given => ChangePassword(document, given),
        },
        _ => AttributeLeaf.Of(document, document.Root, name, value),
    };

    // A user without the password that belongs to the user would be refused, so both are changed at once.
    private static void ChangeUser(ConfigDocument document, NewValue given)
    {
        PSCredential? user = given.Given as PSCredential;
        if (user is null && !given.Clears)
        {
            throw ValueText.Refused(Messages.WrongType(RunAsUser, typeof(PSCredential).FullName!));
        }

        ConfigXml.SetAttribute(document.Root, RunAsUser, user?.UserName ?? "");
        ConfigXml.SetAttribute(document.Root, RunAsPassword, user is null ? "" : document.Hide(user.Password));
    }

    private static void ChangePassword(ConfigDocument document, NewValue given)
    {
        if (given.Clears)
        {
            throw ValueText.Refused(Messages.PasswordCannotBeCleared);
        }

        if (given.Given is not SecureString password)
        {
            throw ValueText.Refused(Messages.WrongType(RunAsPassword, typeof(SecureString).FullName!));
        }

        if (!HasUser(document))
        {
            throw ValueText.Refused(Messages.PasswordWithoutUser);
        }

        ConfigXml.SetAttribute(document.Root, RunAsPassword, document.Hide(password));
    }
}
