using System.Text;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Reads and writes the configuration of connected computers. An instance serves one command: a
/// document is asked for once, and the next command reads it anew. For the thread of the command only.
/// </summary>
/// <param name="client">Carries the requests.</param>
/// <param name="writeTrace">Receives the exchanges of each request.</param>
/// <param name="whoAsks">Tells who waits for the answer; null if that is always a command.</param>
/// <param name="traceLevel">The trace that the requests ask for; null for none.</param>
internal sealed class ConfigStore(
    WSManClient client,
    Action<IReadOnlyList<TraceLine>> writeTrace,
    Func<Asker>? whoAsks = null,
    string? traceLevel = TraceLine.Verbose)
{
    private readonly Dictionary<string, ConfigDocument> _read = [];

    private readonly Dictionary<string, IReadOnlyList<ConfigDocument>> _listed = [];

    private readonly Dictionary<string, WSManException> _failed = [];

    private readonly HashSet<string> _told = [];

    /// <summary>The document of a resource: one request, unless the command has it already.</summary>
    /// <exception cref="WSManException">The document cannot be had.</exception>
    public ConfigDocument Read(ConfigResource resource)
    {
        if (!_read.TryGetValue(resource.Key, out ConfigDocument? document))
        {
            XmlElement root = AskOnce(resource, () => Send(resource, "Get").Element ?? throw EmptyAnswer(resource));
            document = new ConfigDocument(resource, root);
            _read.Add(resource.Key, document);
        }

        return document;
    }

    /// <summary>
    /// A section of the settings, such as client/auth. If the command has read a resource that holds the section,
    /// it is that part of its document; else it is a resource by itself.
    /// </summary>
    /// <exception cref="WSManException">The section cannot be had.</exception>
    public ConfigPart ReadSection(ConfigResource section)
    {
        // A recursion has read the root or the container by now, and then costs no request for its sections.
        for (string above = section.Path; above.Length > 0;)
        {
            above = above[..Math.Max(above.LastIndexOf('/'), 0)];
            ConfigResource resource = new(section.Session, above);
            if (_read.TryGetValue(resource.Key, out ConfigDocument? document)
                && Descendant(document.Root, section.Path[above.Length..]) is { } element)
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
    /// <exception cref="WSManException">The instances cannot be had.</exception>
    public IReadOnlyList<ConfigDocument> List(ConfigResource resource, Func<XmlElement, SelectorEntry[]> keys)
    {
        if (!_listed.TryGetValue(resource.Key, out IReadOnlyList<ConfigDocument>? all))
        {
            all = [.. AskOnce(resource, () => Enumerate(resource))
                .Select(instance => new ConfigDocument(resource.Where(keys(instance)), instance))];
            _listed.Add(resource.Key, all);
        }

        return all;
    }

    /// <summary>
    /// Whether the command has listed the instances of a resource, so that another look costs nothing.
    /// </summary>
    public bool IsListed(ConfigResource resource) => _listed.ContainsKey(resource.Key);

    /// <summary>
    /// Sends a document back, and returns what the server answers; null if it answers nothing. All that was read is
    /// dropped, whether or not this succeeds.
    /// </summary>
    /// <exception cref="WSManException">The server refuses the document.</exception>
    public XmlElement? Put(ConfigDocument document)
    {
        // Cleared first: after a failure it is not known whether the server has changed something.
        Clear();
        return Change(document.Resource, "Set", document).Element;
    }

    /// <summary>Makes an instance. All that was read is dropped, whether or not this succeeds.</summary>
    /// <exception cref="WSManException">The server refuses the document.</exception>
    public void Create(ConfigDocument document)
    {
        Clear();
        Change(document.Resource, "Create", document);
    }

    /// <summary>Deletes an instance. All that was read is dropped, whether or not this succeeds.</summary>
    /// <exception cref="WSManException">The server refuses to.</exception>
    public void Delete(ConfigResource resource)
    {
        Clear();
        Change(resource, "Delete");
    }

    /// <summary>Passes on the lines that the command has not had yet.</summary>
    public void TellOnce(IReadOnlyList<TraceLine> trace) => writeTrace([.. trace.Where(line => _told.Add(line.Text))]);

    /// <summary>How often all was dropped that had been read. What was made of it holds until then.</summary>
    public int Clearings { get; private set; }

    /// <summary>Drops all that was read, so that it is read anew.</summary>
    public void Clear()
    {
        Clearings++;
        _read.Clear();
        _listed.Clear();
        _failed.Clear();
    }

    // A request that failed fails again without being sent: the engine asks a provider many times about one path,
    // and a server that does not answer would cost its timeout each time.
    private T AskOnce<T>(ConfigResource resource, Func<T> ask)
    {
        if (_failed.TryGetValue(resource.Key, out WSManException? before))
        {
            throw before;
        }

        Asker asker = whoAsks?.Invoke() ?? Asker.Command;
        try
        {
            return asker switch
            {
                Asker.Key => BriefWait.Ask(client, ask),
                Asker.View => BriefWait.AskForView(client, resource.Session.Id, ask),
                _ => ask(),
            };
        }
        catch (WSManException e)
        {
            // Who presses a key has not asked for it, and the completion of the engine breaks at a failure.
            WSManException told = asker == Asker.Key && !e.IsImpatient ? Errors.Impatient(e)
                : ConfigFault.WithHint(e, resource.Session.ComputerName, isChange: false);
            _failed.Add(resource.Key, told);
            throw told;
        }
    }

    private static XmlElement? Descendant(XmlElement? element, string path)
    {
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            element = element is null ? null : ConfigXml.Child(element, name);
        }

        return element;
    }

    private static WSManException EmptyAnswer(ConfigResource resource) =>
        Errors.Protocol(Messages.EmptyConfiguration(resource.Uri, resource.Session.ComputerName));

    private List<XmlElement> Enumerate(ConfigResource resource)
    {
        ResourceRequest query = NewRequest(resource) with { ReturnType = "object" };
        using InstanceStream stream = client.Enumerate(query);
        return ReadAll(stream);
    }

    /// <summary>The instances of an enumeration.</summary>
    /// <exception cref="WSManException">They cannot be had, or nobody waits for them any more.</exception>
    internal List<XmlElement> ReadAll(InstanceStream stream)
    {
        List<XmlElement> items = [];
        while (stream.Next(() => { }) is { } page)
        {
            using ItemReader reader = page.Items;
            writeTrace(page.Trace);
            while (reader.Next() is { } item)
            {
                // A page may have very many items.
                client.ThrowIfCancelled();
                items.Add(item);
            }
        }

        return items;
    }

    private Answer Change(ConfigResource resource, string operation, ConfigDocument? body = null)
    {
        try
        {
            return Send(resource, operation, body);
        }
        catch (WSManException e)
        {
            throw ConfigFault.WithHint(e, resource.Session.ComputerName, isChange: true);
        }
    }

    private Answer Send(ConfigResource resource, string operation, ConfigDocument? body = null)
    {
        byte[]? bytes = body is null ? null : Encoding.UTF8.GetBytes(Text(body));
        ResourceRequest request = NewRequest(resource) with { Operation = operation, Secrets = body?.Secrets };

        // White space is kept where the document may be sent back, which changes nothing but the value.
        Answer answer = client.Request(request, bytes, keepWhiteSpace: body is null);
        writeTrace(answer.Trace);
        return answer;
    }

    private static string Text(ConfigDocument body)
    {
        try
        {
            return ConfigXml.ToSend(body.Root);
        }
        catch (ArgumentException e)
        {
            throw Errors.InvalidArgument(Messages.NoXmlCharacter, e);
        }
    }

    private ResourceRequest NewRequest(ConfigResource resource) => new()
    {
        SessionId = resource.Session.Id,
        ResourceUri = resource.Uri,
        Selectors = resource.Selectors.Length == 0 ? null : resource.Selectors,

        Trace = traceLevel,
    };
}
