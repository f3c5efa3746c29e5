using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The changes of client settings in a Set of a <see cref="ClientResource"/>. Names are compared without letter case,
/// as everywhere in the client settings; the library judges the values.
/// </summary>
internal static class ClientChanges
{
    private const string TextStep = "/text()";

    /// <summary>The changes that the values of a request make, or the document of its body.</summary>
    /// <param name="resource">The resource, for errors.</param>
    /// <param name="group">The settings of the resource as they are.</param>
    /// <param name="request">The request.</param>
    /// <param name="body">The whole document; null for none.</param>
    /// <exception cref="WSManException">There is no such setting, or it cannot have such a value.</exception>
    public static IEnumerable<SettingChange> From(
        string resource, ClientSetting group, ResourceRequest request, byte[]? body)
    {
        if (body is not null)
        {
            return request.Fragment is null
                ? FromDocument(resource, group, body)
                : throw Errors.InvalidArgument(Messages.FragmentOfFile(resource));
        }

        ClientSetting holder = request.Fragment is null ? group : Narrowed(resource, group, request.Fragment);
        return (request.Values ?? []).Select(value => new SettingChange(
            Value(resource, holder, value.Name).FullName, Text(value, request.Secrets)));
    }

    /// <summary>The setting or the group that a fragment names: a name, or several with slashes between.</summary>
    /// <exception cref="WSManException">There is none.</exception>
    public static ClientSetting PartOf(string resource, ClientSetting group, string fragment) =>
        Way(resource, group, fragment)[^1];

    // The group that holds what a fragment names, with nothing else in it: that is all that a service answers for the
    // fragment, and so all that can be changed.
    private static ClientSetting Narrowed(string resource, ClientSetting group, string fragment)
    {
        List<ClientSetting> way = Way(resource, group, fragment);
        return way[^2] with { Settings = [way[^1]] };
    }

    // From the group to what the fragment names.
    private static List<ClientSetting> Way(string resource, ClientSetting group, string fragment)
    {
        string path = fragment.EndsWith(TextStep, StringComparison.Ordinal) ? fragment[..^TextStep.Length] : fragment;
        List<ClientSetting> way = [group];
        foreach (string step in path.Split('/'))
        {
            // A prefix of XML says nothing here: all names are in one namespace.
            string name = step[(step.IndexOf(':', StringComparison.Ordinal) + 1)..];
            way.Add(Child(resource, way[^1], name));
        }

        return way;
    }

    private static IEnumerable<SettingChange> FromDocument(string resource, ClientSetting group, byte[] body)
    {
        XmlDocument document = new() { XmlResolver = null };
        using MemoryStream stream = new(body);
        document.Load(stream);
        XmlElement root = document.DocumentElement!;
        bool isOurs = root.NamespaceURI.StartsWith(ConfigResource.Root, StringComparison.OrdinalIgnoreCase);
        return isOurs && root.LocalName == group.Name
            ? FromElement(resource, group, root)
            : throw Errors.InvalidArgument(Messages.OtherDocument(resource, group.Name, root.Name));
    }

    // A document need not have all settings, since one of Windows has none of our own, and what it has as it is would
    // only write defaults into the file.
    private static IEnumerable<SettingChange> FromElement(string resource, ClientSetting group, XmlElement element)
    {
        foreach (XmlElement child in element.ChildNodes.OfType<XmlElement>())
        {
            if (Child(resource, group, child.LocalName) is { IsGroup: true } inner)
            {
                foreach (SettingChange change in FromElement(resource, inner, child))
                {
                    yield return change;
                }
            }
            else if (Value(resource, group, child.LocalName) is { } setting && setting.Value != child.InnerText.Trim())
            {
                yield return new SettingChange(setting.FullName, child.InnerText.Trim());
            }
        }
    }

    private static ClientSetting Child(string resource, ClientSetting group, string name) =>
        group.Settings.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw Errors.InvalidArgument(
            Messages.NoSuchClientSetting(
                name, resource, string.Join(", ", group.Settings.Select(setting => setting.Name))));

    private static ClientSetting Value(string resource, ClientSetting group, string name)
    {
        ClientSetting setting = Child(resource, group, name);
        return setting.IsGroup
            ? throw Errors.InvalidArgument(Messages.GroupHasNoValue(setting.Name, resource))
            : setting;
    }

    // No setting is a secret, so one that was given as such was not meant for the settings file.
    private static string Text(ValueEntry entry, IReadOnlyList<SecretEntry>? secrets)
    {
        if (entry.Values is not [{ Text: { } text }])
        {
            throw Errors.InvalidArgument(Messages.SettingIsOneText(entry.Name));
        }

        return secrets?.Any(secret => secret.Placeholder == text) == true
            ? throw Errors.InvalidArgument(Messages.SecretNotAllowed(entry.Name))
            : text;
    }
}
