using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A resource of the local computer that the user's own client settings answer for: winrm/config/client with its
/// sections, and winrm/config as far as a client has it. It takes the requests that a service would, and answers with
/// the elements that WinRM answers with. Settings that Windows does not have stand behind those that it has, so that
/// what was read can be changed and set again as a whole.
/// </summary>
internal sealed class ClientResource
{
    private const string Prefix = "cfg";

    private const string WSManNamespace = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";

    // The aliases that the library knows for the beginning of the URI (wsman.h).
    private static readonly string[] s_roots = [ConfigResource.Root, "winrm/config", "wsman/config"];

    private static readonly ClientResource[] s_all =
    [
        new(),
        new(ComputerNode.Client),
        new(ComputerNode.Client, SettingsNode.Auth),
        new(ComputerNode.Client, SettingsNode.DefaultPorts),
    ];

    // The groups that lead to it; none for the root.
    private readonly string[] _groups;

    private readonly string _path;

    private ClientResource(params string[] groups)
    {
        _groups = groups;
        _path = string.Concat(_groups.Select(group => $"/{group.ToLowerInvariant()}"));
    }

    /// <summary>The resource winrm/config/client/auth.</summary>
    public static ClientResource Auth => s_all[2];

    /// <summary>Whether it is winrm/config, most of which is that of a service.</summary>
    public bool IsRoot => _groups.Length == 0;

    private string Namespace => ConfigResource.Root + _path;

    // As a user writes it.
    private string Name => $"winrm/config{_path}";

    /// <summary>The resource of a URI, in full or with an alias, in any letter case; null if it is another.</summary>
    public static ClientResource? Find(string? uri)
    {
        string bare = (uri ?? "").Split('?')[0].Trim().TrimEnd('/');
        return s_all.FirstOrDefault(resource => s_roots.Any(
            root => bare.Equals(root + resource._path, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether a URI names the configuration of WinRM, or a part of it.</summary>
    public static bool IsConfiguration(string? uri) => s_roots.Any(
        root => $"{uri?.Split('?')[0].Trim()}/".StartsWith($"{root}/", StringComparison.OrdinalIgnoreCase));

    /// <summary>The element that WinRM answers with.</summary>
    /// <param name="settings">All client settings.</param>
    public XmlElement ToElement(IReadOnlyList<ClientSetting> settings) =>
        Append(new XmlDocument { XmlResolver = null }, GroupIn(settings));

    /// <summary>Carries a Get or a Set out.</summary>
    /// <param name="request">The request that a service would get.</param>
    /// <param name="body">The whole document, in the place of the values of the request; null for none.</param>
    /// <exception cref="WSManException">
    /// The request is about something that client settings do not have, or they cannot be read or changed.
    /// </exception>
    public Answer Carry(ResourceRequest request, byte[]? body)
    {
        RequireMeaning(request);
        List<TraceLine> trace = [];
        IReadOnlyList<ClientSetting> settings = WSManClient.ClientSettings(trace.AddRange);
        if (request.Operation == "Set")
        {
            SettingChange[] changes = [.. ClientChanges.From(Name, GroupIn(settings), request, body)];
            if (changes.Length > 0)
            {
                settings = WSManClient.SetClientSettings(changes);
            }
        }

        XmlElement element = request.Fragment is null ? ToElement(settings) : Fragment(settings, request.Fragment);
        return new Answer(element, trace);
    }

    /// <summary>The error for an operation that is neither Get nor Set.</summary>
    public WSManException NotSupported() => Errors.InvalidArgument(Messages.OnlyGetAndSet(Name));

    // What only a service could obey is refused: to pass over it would answer another question than was asked.
    private void RequireMeaning(ResourceRequest request)
    {
        if (request.Operation is not ("Get" or "Set"))
        {
            throw NotSupported();
        }

        bool hasSelectorsInUri = request.ResourceUri.TrimEnd().TrimEnd('?').Contains('?', StringComparison.Ordinal);
        Refuse("Selectors", hasSelectorsInUri || request.Selectors is { Count: > 0 });
        Refuse("Options", request.Options is { Count: > 0 });
        Refuse("Dialects", request.Dialect is not null);

        void Refuse(string what, bool isGiven)
        {
            if (isGiven)
            {
                throw Errors.InvalidArgument(Messages.NoServiceToObey(what, Name));
            }
        }
    }

    private ClientSetting GroupIn(IReadOnlyList<ClientSetting> settings) => _groups.Aggregate(
        ClientConfiguration.From(settings),
        (group, name) => group.Settings.Single(setting => setting.Name == name));

    private XmlElement Append(XmlNode parent, ClientSetting setting)
    {
        XmlDocument document = parent as XmlDocument ?? parent.OwnerDocument!;
        XmlElement element = document.CreateElement(Prefix, setting.Name, Namespace);
        parent.AppendChild(element);
        if (parent == document)
        {
            // As on the answers of a service: scripts see both as properties.
            element.SetAttribute($"xmlns:{Prefix}", Namespace);
            element.SetAttribute("xml:lang", "en-US");
        }

        foreach (ClientSetting inner in setting.Settings)
        {
            Append(element, inner);
        }

        if (!setting.IsGroup)
        {
            element.InnerText = setting.Value!;
        }

        return element;
    }

    // What a service answers for a fragment (DSP0226 7.7): the part in an element of its own.
    private XmlElement Fragment(IReadOnlyList<ClientSetting> settings, string fragment)
    {
        XmlDocument document = new() { XmlResolver = null };
        XmlElement part = document.CreateElement("w", "XmlFragment", WSManNamespace);
        document.AppendChild(part);
        Append(part, ClientChanges.PartOf(Name, GroupIn(settings), fragment));
        return part;
    }
}
