using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <content>What makes items: New-Item.</content>
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
            4 when IsPart(item, ParametersNode.ContainerName) => new NewInitializationParameterParameters(),
            4 when IsPart(item, ResourcesNode.ContainerName) => new NewPluginResourceParameters(),
            6 when IsPart(item, ResourcesNode.ContainerName) && item.IsAt(5, SecuritiesNode.ContainerName) =>
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

        if (WSManClient.Find(item.Computer!) is not { } session)
        {
            throw new ArgumentException(Messages.NotConnected(item.Computer!), nameof(path));
        }

        try
        {
            Make(item, session);
        }
        catch (WSManException e)
        {
            Fail(Explained(e, item.Computer!), item);
        }
        catch (FileNotFoundException e)
        {
            WriteError(new ErrorRecord(e, nameof(FileNotFoundException), ErrorCategory.InvalidOperation, null));
        }
    }

    private static bool IsPart(WSManPath item, string container) =>
        item.IsAt(1, ComputerNode.Plugin) && item.IsAt(3, container);

    private void Make(WSManPath item, SessionInfo session)
    {
        switch (DynamicParameters)
        {
            case NewListenerParameters given when item.Segments.Count == 2:
                MakeInstance(item, NewDocuments.Listener(session, given), Messages.AskNewListener(item.Computer!));
                break;
            case NewClientCertificateParameters given when item.Segments.Count == 2:
                MakeInstance(
                    item, NewDocuments.Mapping(session, given, Credential), Messages.AskNewMapping(item.Computer!));
                break;
            case NewPluginParameters given when item.Segments.Count == (given.File is null ? 2 : 3):
                MakePlugin(item, session, given);
                break;
            case NewInitializationParameterParameters given when item.Segments.Count == 4:
                MakePart(item, question: null, container => Parameter(container, given));
                break;
            case NewPluginResourceParameters given when item.Segments.Count == 4:
                MakePart(item, question: null, container => Resource(container, given));
                break;
            case NewPluginSecurityParameters given when item.Segments.Count == 6:
                MakePart(
                    item,
                    ConfigQuestions.BeforeSecurity(item),
                    container => (container as SecuritiesNode)?.Add(given.Sddl));
                break;
            default:
                Fail(Messages.NewItemNotSupported, item);
                break;
        }
    }

    private bool AgreesToMake(WSManPath item, Question? question)
    {
        string what = Messages.MakeThis($"{item}");
        return ShouldProcess(what, Messages.Sure(what), "New-Item") && Agrees(question);
    }

    private void MakeInstance(WSManPath item, ConfigDocument document, string question)
    {
        if (!AgreesToMake(item, new Question(question, Messages.SecurityCaption)))
        {
            return;
        }

        _store.Create(document);

        // The service fills in what was not given, and may spell the keys differently.
        ConfigNode made = ((InstancesNode)_tree.Find(item)!).Made(document.Resource);
        WriteItemObject(made.ToItem(), WSManPath.Below(Spelled(item), made.Name), isContainer: true);
    }

    private void MakePlugin(WSManPath item, SessionInfo session, NewPluginParameters given)
    {
        ConfigDocument document = given.File is { } file
            ? NewDocuments.Plugin(
                session, PathName.Unescape(item.Segments[2]), BodyFile.Read(file, SessionState.Path), given)
            : NewDocuments.Plugin(session, given);
        if (!AgreesToMake(item, question: null))
        {
            return;
        }

        _store.Create(document);
        PluginNode made = new(document);
        string path = WSManPath.Of(item.Computer!, [ComputerNode.Plugin, made.Name]);
        WriteItemObject(made.ToItem(), path, isContainer: true);
    }

    private void MakePart(WSManPath item, Question? question, Func<ConfigNode?, ConfigNode?> add)
    {
        if (AgreesToMake(item, question))
        {
            (ConfigNode made, string path) = Alone(item, () => Add(item, add));
            WriteItemObject(made.ToItem(), path, made.IsContainer);
        }
    }

    private (ConfigNode Made, string Path) Add(WSManPath item, Func<ConfigNode?, ConfigNode?> add)
    {
        ConfigNode?[] way = [.. _tree.Walk(item)];
        ConfigNode? made = way.Length < item.Segments.Count ? null : add(way[^1]);
        if (made is null)
        {
            Fail(Messages.NoSuchItem($"{item}"), item);
        }

        string path = WSManPath.Of(item.Computer!, way.Skip(1).Select(node => node!.Name).Append(made.Name));
        _store.Put(((PluginNode)way[2]!).Document);
        return (made, path);
    }

    private LeafNode? Parameter(ConfigNode? container, NewInitializationParameterParameters given)
    {
        RequireNew(container, PathName.Escape(given.ParamName));
        return (container as ParametersNode)?.Add(given.ParamName, given.ParamValue);
    }

    private ResourceNode? Resource(ConfigNode? container, NewPluginResourceParameters given)
    {
        string uri = given.ResourceUri!.OriginalString;
        if (container is not ResourcesNode resources)
        {
            return null;
        }

        RequireNew(container, ResourcesNode.NameOf(uri));
        return resources.Add(uri, NewDocuments.Words(given.Capability));
    }

    private static void RequireNew(ConfigNode? container, string name)
    {
        if (container?.Find(name) is not null)
        {
            throw ValueText.Refused(Messages.AlreadyThere(name));
        }
    }
}
