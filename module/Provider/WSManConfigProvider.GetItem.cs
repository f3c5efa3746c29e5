using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <content>Reads items: Get-Item and Get-ChildItem.</content>
public sealed partial class WSManConfigProvider
{
    // Each item is written with its path and with that of the container: a long name that a server gives to a container
    // with many items is repeated for each. No path of Windows comes near this.
    private const int LongestPath = 2048;

    private const string ComputerLevelType = "Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel";

    /// <inheritdoc/>
    protected override void GetItem(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot)
        {
            WSManConfigElement root = new(WSManPath.Root, WSManConfigElement.Container);
            WriteItemObject(root, WSManPath.Root, isContainer: true);
        }
        else if (item.IsComputer)
        {
            if (ComputerExists(item.Computer!))
            {
                WriteComputer(item.Computer!);
            }
        }
        else if (FindOrTell(item) is { } node)
        {
            WriteNode(node, CanonicalPath(item));
        }
    }

    /// <inheritdoc/>
    protected override void GetChildItems(string path, bool recurse) =>
        GetChildItems(path, recurse, recurse ? uint.MaxValue : 0);

    /// <inheritdoc/>
    protected override void GetChildItems(string path, bool recurse, uint depth)
    {
        WSManPath item = WSManPath.Parse(path);
        uint levels = recurse ? depth : 0;
        if (item.IsRoot)
        {
            WriteComputers(levels);
        }
        else if (FindOrTell(item) is { } node)
        {
            WriteChildren(CanonicalPath(item), ChildrenOf(node, item), levels);
        }
    }

    /// <inheritdoc/>
    protected override void GetChildNames(string path, ReturnContainers returnContainers)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot)
        {
            _isAmongComputers = true;
            foreach ((string name, _) in Computers())
            {
                WriteItemObject(name, name, isContainer: true);
            }
        }
        else if (FindOrTell(item) is { } node)
        {
            string parent = CanonicalPath(item);
            if (!IsListed(parent))
            {
                return;
            }

            foreach (ConfigNode child in ChildrenOf(node, item))
            {
                WriteItemObject(child.Name, WSManPath.Join(parent, child.Name), child.IsContainer);
            }
        }
    }

    private ConfigNode? FindOrTell(WSManPath item)
    {
        if (IsOfNoService(item))
        {
            TellOfNoService(item);
            return null;
        }

        return Find(item);
    }

    // The local computer comes first, whether or not a session was opened under its name.
    private static IEnumerable<(string Name, SessionInfo? Session)> Computers()
    {
        ILookup<bool, SessionInfo> sessions =
            WSManClient.Sessions().ToLookup(session => ComputerNames.IsLocal(session.ComputerName));
        yield return (ComputerNames.Local, sessions[true].FirstOrDefault());
        foreach (SessionInfo session in sessions[false].OrderBy(s => s.ComputerName, StringComparer.Ordinal))
        {
            yield return (session.ComputerName, session);
        }
    }

    private void WriteComputer(string name) =>
        WriteComputer(name, WSManClient.FindSession(name), WSManPath.OfComputer(name));

    private void WriteComputer(string name, SessionInfo? session, string path)
    {
        // The type name, which Windows has too, gives computers a view of their own.
        PSObject item = new(new WSManConfigComputerElement(name, session));
        item.TypeNames.Insert(0, ComputerLevelType);
        WriteItemObject(item, path, isContainer: true);
    }

    private void WriteComputers(uint levels)
    {
        (string Name, SessionInfo? Session)[] computers = [.. Computers()];
        foreach ((string name, SessionInfo? session) in computers)
        {
            WriteComputer(name, session, path: name);
        }

        if (levels == 0)
        {
            return;
        }

        foreach ((string name, _) in computers)
        {
            // A session that ended since the list was made is passed over.
            if (_tree.FindComputer(name) is { } computer)
            {
                WriteChildrenIfReadable(computer, name, levels - 1);
            }
        }
    }

    private void WriteNode(ConfigNode node, string path) =>
        WriteItemObject(ConfigItem.From(node), path, node.IsContainer);

    // Whether what is in a container is listed; the others are.
    private bool IsListed(string path)
    {
        if (path.Length <= LongestPath)
        {
            return true;
        }

        // A completion breaks at an error.
        if (EngineQuirks.Asker != Asker.Key)
        {
            string computer = WSManPath.Parse(path).Computer!;
            WSManException error = Errors.Protocol(Messages.PathTooLong(computer, path.Length, LongestPath));
            WriteError(Errors.Record(Errors.AsInvalidOperation(error), computer));
        }

        return false;
    }

    private void WriteChildren(string path, IReadOnlyList<ConfigNode> children, uint levels)
    {
        if (!IsListed(path))
        {
            return;
        }

        // All items of a container come before the items in them, as on Windows.
        foreach (ConfigNode child in children)
        {
            WriteNode(child, WSManPath.Join(path, child.Name));
        }

        if (levels == 0)
        {
            return;
        }

        foreach (ConfigNode child in children.Where(child => child.IsContainer))
        {
            if (Stopping)
            {
                return;
            }

            WriteChildrenIfReadable(child, WSManPath.Join(path, child.Name), levels - 1);
        }
    }

    // One container that cannot be read says so and leaves the others.
    private void WriteChildrenIfReadable(ConfigNode node, string path, uint levels)
    {
        IReadOnlyList<ConfigNode> children;
        try
        {
            children = node.Children;
        }
        catch (WSManException e)
        {
            Errors.ThrowIfStopped(e);
            if (e.IsImpatient)
            {
                return;
            }

            WriteTrace(e.Trace);
            WriteError(Errors.Record(Errors.AsInvalidOperation(e), path));
            return;
        }

        WriteChildren(path, children, levels);
    }

    private IReadOnlyList<ConfigNode> ChildrenOf(ConfigNode node, WSManPath item)
    {
        // A completion needs names alone, and those that are known need no request.
        if (EngineQuirks.IsPathCompletion && node.KnownChildren is { } known)
        {
            return known;
        }

        try
        {
            return node.Children;
        }
        catch (WSManException e) when (e.IsImpatient)
        {
            return [];
        }
        catch (WSManException e)
        {
            FailUnlessAmongOthers(e, item);
            return [];
        }
    }
}
