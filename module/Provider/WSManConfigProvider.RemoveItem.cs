namespace Microsoft.WSMan.Management;

/// <content>Removes items: Remove-Item.</content>
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

        if (IsOfNoService(item))
        {
            TellOfNoService(item);
            return;
        }

        // The engine looks at the current location, but not at those that were pushed.
        if (LocationGuard.FindConflict(SessionState, item) is { } conflict)
        {
            Fail(conflict, item);
        }

        string description = item.IsComputer
            ? Messages.DescribeDisconnect(item.Computer!)
            : Messages.DescribeRemove($"{item}");
        if (!ShouldProcess(description, Messages.ConfirmText(description), "Remove-Item"))
        {
            return;
        }

        try
        {
            WriteReport(Remove(item));
        }
        catch (WSManException e)
        {
            Fail(e, item);
        }
    }

    // The report is that of a session that ended.
    private TeardownReport? Remove(WSManPath item)
    {
        if (!item.IsComputer)
        {
            _ = ChangeExclusively(item, () => Delete(item));
            LocationGuard.Forget(SessionState, item);
            return null;
        }

        try
        {
            return WaitForEnd(Messages.Ending(item.Computer!), () => _client.Disconnect(item.Computer!));
        }
        finally
        {
            // Whatever comes of the call, no session is left behind it.
            LocationGuard.Forget(SessionState, item);
        }
    }

    private bool Delete(WSManPath item)
    {
        ConfigNode?[] nodes = [.. Walk(item)];
        if (nodes.Length < item.Segments.Count || nodes[^1] is null)
        {
            Fail(Messages.NoSuchItem($"{item}"), item);
        }

        Delete(item, nodes);
        return true;
    }

    private void Delete(WSManPath item, ConfigNode?[] nodes)
    {
        switch (nodes[^1])
        {
            case InstanceNode instance:
                ConfigPolicy.RequireNone($"{item}", instance.Source);
                _store.Delete(instance.Resource);
                return;
            case PluginNode plugin:
                _store.Delete(plugin.Document.Resource);
                return;
            case LeafNode { IsInitializationParameter: true } parameter:
                ((ParametersNode)nodes[^2]!).Remove(parameter);
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

        // The parts of a plugin are no resources of their own: the plugin is sent back without the part.
        _store.Put(((PluginNode)nodes[2]!).Document);
    }
}
