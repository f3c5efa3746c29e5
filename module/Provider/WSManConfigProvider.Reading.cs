using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <content>What looks at the drive.</content>
public sealed partial class WSManConfigProvider
{
    private static readonly string[] s_qualifiers = [$"{FullName}::", $"{ProviderName}::"];

    private const string ComputerLevelType = "Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel";

    /// <inheritdoc/>
    protected override bool IsValidPath(string path) => true;

    /// <summary>
    /// Whether there is such an item. The containers of a computer are there without being read. If the server
    /// does not let itself be asked, the answer is yes, so that the command goes on and meets the reason; only
    /// Test-Path, whose answer it is, gets a no. The engine takes no error here.
    /// </summary>
    protected override bool ItemExists(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot || item.IsComputer)
        {
            return item.IsRoot || Exists(item.Computer!);
        }

        try
        {
            return _tree.Find(item) is not null;
        }
        catch (WSManException e)
        {
            Errors.ThrowIfStopped(e);
            return !IsAskedBy("TestPathCommand");
        }
    }

    /// <inheritdoc/>
    protected override bool IsItemContainer(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        return item.IsRoot || (item.IsComputer ? Exists(item.Computer!) : Find(item) is { IsContainer: true });
    }

    /// <summary>
    /// Whether an item holds others. The engine asks for two reasons: to resolve wildcards, and to let
    /// Remove-Item ask the user whether the content may go too. Nothing on a computer goes with its session, so
    /// Remove-Item is told that there is nothing.
    /// </summary>
    protected override bool HasChildItems(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        return item.IsRoot
            || (item.IsComputer
                ? !IsAskedBy("RemoveItemCommand")
                : Find(item) is { IsContainer: true, Children.Count: > 0 });
    }

    // The engine does not tell a provider which command it serves.
    private static bool IsAskedBy(string command) => new StackTrace(fNeedFileInfo: false).GetFrames().Any(frame =>
        frame.GetMethod()?.DeclaringType?.FullName == $"Microsoft.PowerShell.Commands.{command}");

    /// <summary>The last name in a path as it is written: the engine resolves dots by it.</summary>
    protected override string GetChildName(string path) => WSManPath.LastName(path);

    /// <summary>
    /// A path and what is below it. The engine's own method turns every backslash around, also the one in the
    /// name of the provider, which would then be a name no more.
    /// </summary>
    protected override string MakePath(string parent, string child)
    {
        string provider = s_qualifiers.FirstOrDefault(
            one => (parent ?? "").StartsWith(one, StringComparison.OrdinalIgnoreCase)) ?? "";
        return provider + base.MakePath((parent ?? "")[provider.Length..], child);
    }

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
            if (Exists(item.Computer!))
            {
                WriteComputer(item.Computer!, WSManClient.Find(item.Computer!));
            }
        }
        else
        {
            WriteFound(item);
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
        else if (Find(item) is { } node)
        {
            WriteBelow(node, Spelled(item), ChildrenOf(node, item), levels);
        }
    }

    /// <inheritdoc/>
    protected override void GetChildNames(string path, ReturnContainers returnContainers)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot)
        {
            foreach ((string name, _) in Computers())
            {
                WriteItemObject(name, WSManPath.Of(name), isContainer: true);
            }
        }
        else if (Find(item) is { } node)
        {
            string above = Spelled(item);
            foreach (ConfigNode child in ChildrenOf(node, item))
            {
                WriteItemObject(child.Name, WSManPath.Below(above, child.Name), child.IsContainer);
            }
        }
    }

    private static bool Exists(string sessionName) =>
        ComputerNames.IsLocal(sessionName) || WSManClient.Find(sessionName) is not null;

    // The local computer comes first, whether or not a session was opened under its name.
    private static IEnumerable<(string Name, SessionInfo? Session)> Computers()
    {
        ILookup<bool, SessionInfo> sessions =
            WSManClient.List().ToLookup(session => ComputerNames.IsLocal(session.ComputerName));
        yield return (ComputerNames.Local, sessions[true].FirstOrDefault());
        foreach (SessionInfo session in sessions[false].OrderBy(one => one.ComputerName, StringComparer.Ordinal))
        {
            yield return (session.ComputerName, session);
        }
    }

    private void WriteComputer(string name, SessionInfo? session)
    {
        PSObject item = new(new WSManConfigComputerElement(name, session));
        item.TypeNames.Insert(0, ComputerLevelType);
        WriteItemObject(item, WSManPath.Of(name), isContainer: true);
    }

    // One computer that cannot be read says so and leaves the others.
    private void WriteComputers(uint levels)
    {
        (string Name, SessionInfo? Session)[] computers = [.. Computers()];
        foreach ((string name, SessionInfo? session) in computers)
        {
            WriteComputer(name, session);
        }

        if (levels > 0)
        {
            foreach ((string name, _) in computers)
            {
                if (_tree.Computer(name) is { } computer)
                {
                    WriteBelowIfReadable(computer, WSManPath.Of(name), name, levels - 1);
                }
            }
        }
    }

    private void WriteFound(WSManPath item)
    {
        if (Find(item) is { } node)
        {
            WriteItemObject(node.ToItem(), Spelled(item), node.IsContainer);
        }
    }

    // The items of a container come before what is in them, as on Windows.
    private void WriteBelow(ConfigNode node, string path, IReadOnlyList<ConfigNode> children, uint levels)
    {
        foreach (ConfigNode child in children)
        {
            WriteItemObject(child.ToItem(), WSManPath.Below(path, child.Name), child.IsContainer);
        }

        if (levels == 0)
        {
            return;
        }

        foreach (ConfigNode child in children.Where(one => one.IsContainer))
        {
            if (Stopping)
            {
                return;
            }

            WriteBelowIfReadable(child, WSManPath.Below(path, child.Name), node.Name, levels - 1);
        }
    }

    private void WriteBelowIfReadable(ConfigNode node, string path, string computer, uint levels)
    {
        IReadOnlyList<ConfigNode> children;
        try
        {
            children = node.Children;
        }
        catch (WSManException e)
        {
            Errors.ThrowIfStopped(e);
            WriteTrace(e.Trace);
            WriteError(Errors.Record(Wrapped(Explained(e, WSManPath.Parse(path).Computer ?? computer)), path));
            return;
        }

        WriteBelow(node, path, children, levels);
    }

    private IReadOnlyList<ConfigNode> ChildrenOf(ConfigNode node, WSManPath item)
    {
        try
        {
            return node.Children;
        }
        catch (WSManException e)
        {
            Fail(Explained(e, item.Computer!), item);
            throw;
        }
    }

    private ConfigNode? Find(WSManPath item)
    {
        try
        {
            return _tree.Find(item);
        }
        catch (WSManException e)
        {
            Fail(Explained(e, item.Computer!), item);
            throw;
        }
    }

    // The path in the letters of the server, whatever the user typed.
    private string Spelled(WSManPath item) => WSManPath.Of(
        item.Computer!, _tree.Walk(item).Skip(1).Select((node, at) => node?.Name ?? item.Segments[at + 1]));

    private static WSManException Explained(WSManException error, string computer) => ConfigFault.SaysNoTree(error)
        ? new WSManException(error.Code, Messages.NoConfiguration(computer, error.Message), error)
        : error;
}
