namespace Microsoft.WSMan.Management;

/// <content>What removes items.</content>
public sealed partial class WSManConfigProvider
{
    /// <summary>Disconnects a computer, as Disconnect-WSMan does, or removes a part of its configuration.</summary>
    protected override void RemoveItem(string path, bool recurse)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot)
        {
            Fail(Messages.RemoveItemNotSupported, item);
        }

        RequireToStandElsewhere(item);
        try
        {
            if (item.IsComputer)
            {
                Disconnect(item.Computer!);
            }
            else
            {
                Remove(item);
            }
        }
        catch (WSManException e)
        {
            Fail(Explained(e, item.Computer!), item);
        }
    }

    private void Disconnect(string computer)
    {
        string what = Messages.EndSession(computer);
        if (ShouldProcess(what, Messages.Sure(what), "Remove-Item"))
        {
            WriteReport(_client.Disconnect(computer));
        }
    }

    private void Remove(WSManPath item)
    {
        string what = Messages.RemoveThis($"{item}");
        if (!ShouldProcess(what, Messages.Sure(what), "Remove-Item"))
        {
            return;
        }

        _ = Alone(item, () => Delete(item));
    }

    private bool Delete(WSManPath item)
    {
        ConfigNode?[] way = [.. _tree.Walk(item)];
        if (way.Length < item.Segments.Count || way[^1] is null)
        {
            Fail(Messages.NoSuchItem($"{item}"), item);
        }

        Delete(item, way);
        return true;
    }

    private void Delete(WSManPath item, ConfigNode?[] way)
    {
        switch (way[^1])
        {
            case InstanceNode instance:
                RequireNoPolicy(item, instance.Source);
                _store.Delete(instance.Resource);
                return;
            case PluginNode plugin:
                _store.Delete(plugin.Document.Resource);
                return;
            case LeafNode { IsParameter: true } parameter:
                ((ParametersNode)way[^2]!).Remove(parameter);
                break;
            case ResourceNode resource:
                PluginXml.Remove(resource.Element);
                break;
            case SecurityNode security:
                PluginXml.Remove(security.Element);
                break;
            default:
                Fail(Messages.RemoveItemNotSupported, item);
                break;
        }

        _store.Put(((PluginNode)way[2]!).Document);
    }

    private void RequireToStandElsewhere(WSManPath item)
    {
        if (LocationGuard.Objection(SessionState, item) is { } objection)
        {
            Fail(objection, item);
        }
    }
}
