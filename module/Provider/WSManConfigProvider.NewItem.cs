namespace Microsoft.WSMan.Management;

/// <content>Makes items: New-Item.</content>
public sealed partial class WSManConfigProvider
{
    /// <inheritdoc/>
    protected override object? NewItemDynamicParameters(string path, string itemTypeName, object newItemValue)
    {
        WSManPath item = WSManPath.Parse(path);
        return item.Segments.Count switch
        {
            0 => new NewComputerAtRootParameters(),
            1 => new NewComputerByPathParameters(),
            2 when item.IsAt(1, ComputerNode.Listener) => new NewListenerParameters(),
            2 when item.IsAt(1, ComputerNode.ClientCertificate) => new NewClientCertificateParameters(),
            2 when item.IsAt(1, ComputerNode.Plugin) => new NewPluginParameters(),
            4 when IsInPlugin(item, ParametersNode.ContainerName) => new NewInitializationParameterParameters(),
            4 when IsInPlugin(item, ResourcesNode.ContainerName) => new NewPluginResourceParameters(),
            6 when IsInPlugin(item, ResourcesNode.ContainerName) && item.IsAt(5, SecuritiesNode.ContainerName) =>
                new NewPluginSecurityParameters(),
            _ => null,
        };
    }

    /// <summary>Connects to a computer, as Connect-WSMan does, or makes a part of its configuration.</summary>
    protected override void NewItem(string path, string itemTypeName, object newItemValue)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot || item.IsComputer)
        {
            ConnectTo(item);
            return;
        }

        if (WSManClient.FindSession(item.Computer!) is not { } session)
        {
            RefuseWithoutSession(path);
            return;
        }

        try
        {
            Create(item, session);
        }
        catch (WSManException e)
        {
            Fail(e, item);
        }
        catch (FileNotFoundException e)
        {
            // A missing file does not end the command, as on Windows.
            WriteError(Errors.Record(e, nameof(FileNotFoundException), target: null));
        }
    }

    private void RefuseWithoutSession(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        bool isOfNoService = IsOfNoService(item);
        if (ComputerNames.IsLocal(item.Computer!) && !isOfNoService)
        {
            Fail(Messages.NewItemNotSupported, item);
        }

        // The engine makes the error id of the exception's type, and this one is that of Windows.
        throw new ArgumentException(
            isOfNoService ? WhereServiceIs(item) : Messages.NotConnected(item.Computer!), nameof(path));
    }

    private static bool IsInPlugin(WSManPath item, string container) =>
        item.IsAt(1, ComputerNode.Plugin) && item.IsAt(3, container);

    // The engine binds the parameters of the path; the count of segments tells a container from an item in it.
    private void Create(WSManPath item, SessionInfo session)
    {
        switch (DynamicParameters)
        {
            case NewListenerParameters given when item.Segments.Count == 2:
                CreateInstance(
                    item,
                    InstancesNode.Listeners(_store, session),
                    given.ToListener().ToDocument(session),
                    Messages.AskNewListener(item.Computer!));
                break;
            case NewClientCertificateParameters given when item.Segments.Count == 2:
                CreateInstance(
                    item,
                    InstancesNode.Mappings(_store, session),
                    given.ToMapping(Credential).ToDocument(session),
                    Messages.AskNewMapping(item.Computer!));
                break;
            case NewPluginParameters given when item.Segments.Count == (given.File is null ? 2 : 3):
                CreatePlugin(item, session, given);
                break;
            case NewInitializationParameterParameters given when item.Segments.Count == 4:
                AddToPlugin(item, question: null, container => AddParameter(container, given));
                break;
            case NewPluginResourceParameters given when item.Segments.Count == 4:
                AddToPlugin(item, question: null, container => AddResource(container, given));
                break;
            case NewPluginSecurityParameters given when item.Segments.Count == 6:
                AddToPlugin(
                    item,
                    ConfigQuestions.BeforeSecurityChange(item),
                    container => (container as SecuritiesNode)?.Add(given.Sddl));
                break;
            default:
                Fail(Messages.NewItemNotSupported, item);
                break;
        }
    }

    private bool ConfirmNew(WSManPath item, Question? question)
    {
        string description = Messages.DescribeNew($"{item}");
        return ShouldProcess(description, Messages.ConfirmText(description), "New-Item") && IsConfirmed(question);
    }

    private void CreateInstance(WSManPath item, InstancesNode container, ConfigDocument document, string question)
    {
        if (!ConfirmNew(item, new Question(question, Messages.SecurityCaption)))
        {
            return;
        }

        _store.Create(document);

        InstanceNode created = ReadCreated(container, document);
        WriteNode(created, WSManPath.Join(CanonicalPath(item), created.Name));
    }

    // The service may spell the keys differently, and so name the instance.
    private static InstanceNode ReadCreated(InstancesNode container, ConfigDocument document)
    {
        try
        {
            return container.FindCreated(document);
        }
        catch (WSManException e)
        {
            throw Errors.WithFact(e, Messages.MadeAllTheSame);
        }
    }

    private void CreatePlugin(WSManPath item, SessionInfo session, NewPluginParameters given)
    {
        // With a file, -Name is the name of the plugin and so the last segment of the path.
        ConfigDocument document = given.File is { } file
            ? NewPlugin.DocumentFromFile(
                session,
                PathSegment.Unescape(item.Segments[2]),
                BodyFile.Read(file, SessionState.Path),
                file,
                given.ToOptions())
            : given.ToPlugin().ToDocument(session);
        if (!ConfirmNew(item, question: null))
        {
            return;
        }

        _store.Create(document);
        PluginNode created = new(document);
        WriteNode(created, WSManPath.ProviderPath(item.Computer!, [ComputerNode.Plugin, created.Name]));
    }

    private void AddToPlugin(WSManPath item, Question? question, Func<ConfigNode?, ConfigNode?> add)
    {
        if (ConfirmNew(item, question))
        {
            (ConfigNode added, string path) = ChangeExclusively(item, () => PutAddition(item, add));
            WriteNode(added, path);
        }
    }

    // A plugin is one document: a part that is added to a container in it is sent with the whole plugin.
    private (ConfigNode Added, string Path) PutAddition(WSManPath item, Func<ConfigNode?, ConfigNode?> add)
    {
        ConfigNode?[] nodes = [.. Walk(item)];
        ConfigNode? added = nodes.Length < item.Segments.Count ? null : add(nodes[^1]);
        if (added is null)
        {
            Fail(Messages.NoSuchItem($"{item}"), item);
        }

        string path = WSManPath.ProviderPath(
            item.Computer!, nodes.Skip(1).Select(node => node!.Name).Append(added.Name));
        _store.Put(((PluginNode)nodes[2]!).Document);
        return (added, path);
    }

    private static LeafNode? AddParameter(ConfigNode? container, NewInitializationParameterParameters given)
    {
        RequireNew(container, PathSegment.Escape(given.ParamName));
        return (container as ParametersNode)?.Add(given.ParamName, given.ParamValue);
    }

    private static ResourceNode? AddResource(ConfigNode? container, NewPluginResourceParameters given)
    {
        // As Windows writes it: http://x becomes http://x/.
        string uri = $"{given.ResourceUri}";
        if (container is not ResourcesNode resources)
        {
            return null;
        }

        RequireNew(container, ResourcesNode.NameOf(uri));
        return resources.Add(uri, NewPluginParameters.Texts(given.Capability));
    }

    // A path could reach only the first of two parts of one name.
    private static void RequireNew(ConfigNode? container, string name)
    {
        if (container?.Find(name) is not null)
        {
            throw Errors.InvalidArgument(Messages.ItemExists(name));
        }
    }
}
