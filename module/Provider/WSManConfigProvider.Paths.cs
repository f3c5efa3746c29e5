using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <content>Answers about paths: which items exist and hold others, and how names become paths.</content>
public sealed partial class WSManConfigProvider
{
    // Whether the path is one of a drive with a name: what the engine has for provider-qualified locations is no such
    // drive.
    private bool IsInDrive => PSDriveInfo is WSManDriveInfo;

    // What the engine sees between the names of a location. It shows its own separator behind the name of a drive.
    private char Between => IsInDrive ? Path.DirectorySeparatorChar : WSManPath.Separator;

    /// <inheritdoc/>
    protected override bool IsValidPath(string path) => true;

    /// <summary>
    /// Whether there is such an item. The containers of a computer are there without being read. Where the server
    /// cannot be asked the answer is yes, but for Test-Path (<see cref="EngineQuirks.IsTestPath"/>).
    /// </summary>
    protected override bool ItemExists(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot || item.IsComputer)
        {
            return item.IsRoot || ComputerExists(item.Computer!);
        }

        if (IsOfNoService(item))
        {
            return EngineQuirks.IsToldByProvider;
        }

        try
        {
            ConfigNode? node = _tree.Find(item.Computer!, item.Names);
            return node is not null && (!EngineQuirks.IsTestPath || IsThere(node));
        }
        catch (WSManException e)
        {
            Errors.ThrowIfStopped(e);
            return !EngineQuirks.IsTestPath;
        }
    }

    /// <inheritdoc/>
    protected override bool IsItemContainer(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        if (IsOfNoService(item))
        {
            // To be asked for its children, and not to be looked for among those of localhost.
            return EngineQuirks.IsToldByProvider;
        }

        return item.IsRoot || (item.IsComputer ? ComputerExists(item.Computer!) : Find(item) is { IsContainer: true });
    }

    /// <summary>
    /// Whether an item holds others. A computer does, but for Remove-Item
    /// (<see cref="EngineQuirks.IsRemoveItem"/>).
    /// </summary>
    protected override bool HasChildItems(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        return item.IsRoot
            || (item.IsComputer
                ? !EngineQuirks.IsRemoveItem
                : Find(item) is { IsContainer: true } node && ChildrenOf(node, item).Count > 0);
    }

    // What the engine takes apart and puts together again. Its own methods turn every backslash around, also the one in
    // the name of the provider, which would then be a name no more, and leave a slash at the end of a location.

    /// <summary>The last name in a path as it is written: the engine resolves dots by it.</summary>
    protected override string GetChildName(string path) => WSManPath.LastName(path);

    /// <inheritdoc/>
    protected override string GetParentPath(string path, string root) => WSManPath.Parent(path);

    /// <summary>
    /// The path of a child. The engine puts locations together of names, and shows them with its own separator behind
    /// that of the drive; a path below the root of a drive, which has no parent, is one of the provider.
    /// </summary>
    protected override string MakePath(string parent, string child)
    {
        if (string.IsNullOrEmpty(parent))
        {
            return IsInDrive ? WSManPath.FromRoot(child) : child ?? "";
        }

        return WSManPath.Combine(parent, child, Between);
    }

    /// <summary>
    /// A path relative to another one. Without another the engine compares it with the provider's path of its location;
    /// with the root it is going to be the location of a drive.
    /// </summary>
    protected override string NormalizeRelativePath(string path, string basePath) =>
        WSManPath.Parse(path).RelativeTo(WSManPath.Parse(basePath), basePath is null ? WSManPath.Separator : Between);

    // A known container is found without a request, and only one shows whether the service has it.
    private static bool IsThere(ConfigNode node) => node is not ContainerNode container || container.Children is not null;

    private static bool ComputerExists(string sessionName) =>
        ComputerNames.IsLocal(sessionName) || WSManClient.FindSession(sessionName) is not null;

    /// <summary>
    /// Whether the path leads into what only a service has, on the local computer without a session to one.
    /// </summary>
    private static bool IsOfNoService(WSManPath item) =>
        item.Segments.Count > 1
        && ComputerNames.IsLocal(item.Computer!)
        && ComputerNode.IsOfService(item.Segments[1])
        && WSManClient.FindSession(item.Computer!) is null;

    private static string WhereServiceIs(WSManPath item) =>
        Messages.PartOfNoService($"{item}", string.Join('\\', item.Names));

    // The error that the engine has for a path which is not there, with a text that helps further.
    private void TellOfNoService(WSManPath item) => WriteError(new ErrorRecord(
        new ItemNotFoundException(WhereServiceIs(item)), "PathNotFound", ErrorCategory.ObjectNotFound, $"{item}"));

    private ConfigNode? Find(WSManPath item)
    {
        try
        {
            return _tree.Find(item.Computer!, item.Names);
        }
        catch (WSManException e) when (e.IsImpatient)
        {
            return null;
        }
        catch (WSManException e)
        {
            FailUnlessAmongOthers(e, item);
            return null;
        }
    }

    // The path in the letters of the server, whatever the user typed.
    private string CanonicalPath(WSManPath item) => WSManPath.ProviderPath(
        item.Computer!, Walk(item).Skip(1).Select((node, at) => node?.Name ?? item.Segments[at + 1]));
}
