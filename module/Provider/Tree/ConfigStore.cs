using System.Text;
using System.Xml;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Reads and writes the configuration of connected computers. An instance serves one command: what was read
/// once is not asked for again, and the next command reads it anew. For the thread of the command.
/// </summary>
internal sealed class ConfigStore(WSManClient client, Action<IReadOnlyList<TraceLine>> tell)
{
    private readonly Dictionary<string, ConfigDocument> _read = [];

    private readonly Dictionary<string, IReadOnlyList<ConfigDocument>> _listed = [];

    private readonly Dictionary<string, WSManException> _failed = [];

    /// <summary>The document of a resource: one request, unless the command has it already.</summary>
    /// <exception cref="WSManException">It cannot be had.</exception>
    public ConfigDocument Read(ConfigResource resource)
    {
        if (!_read.TryGetValue(resource.Key, out ConfigDocument? document))
        {
            XmlElement root = Once(resource, () => Ask(resource, "Get").Element ?? throw Empty(resource));
            document = new ConfigDocument(resource, root);
            _read.Add(resource.Key, document);
        }

        return document;
    }

    /// <summary>
    /// A section of the settings, such as client/auth. If the command has read a resource that holds it, it is
    /// that part of it; else the section is a resource by itself, and the nearest one there is.
    /// </summary>
    /// <exception cref="WSManException">It cannot be had.</exception>
    public ConfigPart Section(ConfigResource section)
    {
        for (string above = section.Path; above.Length > 0;)
        {
            above = above[..Math.Max(above.LastIndexOf('/'), 0)];
            ConfigResource resource = new(section.Session, above);
            if (_read.TryGetValue(resource.Key, out ConfigDocument? document)
                && Below(document.Root, section.Path[above.Length..]) is { } element)
            {
                return new ConfigPart(document, element);
            }
        }

        ConfigDocument own = Read(section);
        return new ConfigPart(own, own.Root);
    }

    /// <summary>All instances of a resource: one enumeration, unless the command has them already.</summary>
    /// <param name="resource">The resource, without selectors.</param>
    /// <param name="keys">The selectors of an instance.</param>
    /// <exception cref="WSManException">They cannot be had.</exception>
    public IReadOnlyList<ConfigDocument> List(ConfigResource resource, Func<XmlElement, SelectorEntry[]> keys)
    {
        if (!_listed.TryGetValue(resource.Key, out IReadOnlyList<ConfigDocument>? all))
        {
            all = [.. Once(resource, () => Items(resource))
                .Select(item => new ConfigDocument(resource.Where(keys(item)), item))];
            _listed.Add(resource.Key, all);
        }

        return all;
    }

    /// <summary>The instances of a resource, if the command has read them; else null.</summary>
    public IReadOnlyList<ConfigDocument>? Listed(ConfigResource resource) => _listed.GetValueOrDefault(resource.Key);

    /// <summary>Sends a document back. Whatever comes of it, what was read before is forgotten.</summary>
    /// <exception cref="WSManException">The server refuses it.</exception>
    public void Put(ConfigDocument document)
    {
        Forget();
        Ask(document.Resource, "Set", document);
    }

    /// <summary>Makes an instance.</summary>
    /// <exception cref="WSManException">The server refuses it.</exception>
    public void Create(ConfigDocument document)
    {
        Forget();
        Ask(document.Resource, "Create", document);
    }

    /// <summary>Deletes an instance.</summary>
    /// <exception cref="WSManException">The server refuses it.</exception>
    public void Delete(ConfigResource resource)
    {
        Forget();
        Ask(resource, "Delete");
    }

    /// <summary>Lets what follows be read anew.</summary>
    public void Forget()
    {
        _read.Clear();
        _listed.Clear();
        _failed.Clear();
    }

    // What failed fails again without being asked: a server that does not answer is waited for once.
    private T Once<T>(ConfigResource resource, Func<T> ask)
    {
        if (_failed.TryGetValue(resource.Key, out WSManException? before))
        {
            throw before;
        }

        try
        {
            return ask();
        }
        catch (WSManException e)
        {
            _failed.Add(resource.Key, e);
            throw;
        }
    }

    private static XmlElement? Below(XmlElement? element, string path)
    {
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            element = element is null ? null : ConfigXml.Child(element, name);
        }

        return element;
    }

    private static WSManException Empty(ConfigResource resource) =>
        new(WSManErrorCode.Protocol, Messages.EmptyConfiguration(resource.Uri, resource.Session.ComputerName));

    private List<XmlElement> Items(ConfigResource resource)
    {
        List<XmlElement> items = [];
        ResourceRequest query = Request(resource) with { ReturnType = "object" };
        using InstanceStream stream = client.Enumerate(query);
        while (stream.Next(() => { }) is { } page)
        {
            tell(page.Trace);
            items.AddRange(page.Items);
        }

        return items;
    }

    private Answer Ask(ConfigResource resource, string operation, ConfigDocument? body = null)
    {
        byte[]? octets = body is null ? null : Encoding.UTF8.GetBytes(ConfigXml.ToSend(body.Root));
        ResourceRequest request = Request(resource) with { Operation = operation, Secrets = body?.Secrets };
        Answer answer = client.Request(request, octets, keepWhiteSpace: true);
        tell(answer.Trace);
        return answer;
    }

    private static ResourceRequest Request(ConfigResource resource) => new()
    {
        SessionId = resource.Session.Id,
        ResourceUri = resource.Uri,
        Selectors = resource.Selectors.Length == 0 ? null : resource.Selectors,
        Trace = "verbose",
    };
}
