using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The WSMan: drive. Its first level is the connected computers: making an item there is Connect-WSMan,
/// removing one is Disconnect-WSMan. The local computer is always listed. Errors are InvalidOperationException.
/// </summary>
[CmdletProvider(ProviderName, ProviderCapabilities.Credentials)]
public sealed partial class WSManConfigProvider : NavigationCmdletProvider, ICmdletProviderSupportsHelp
{
    internal const string ProviderName = "WSMan";

    /// <summary>The name of the provider with that of its assembly, which the engine puts before it.</summary>
    internal const string FullName = @"Microsoft.WSMan.Management\WSMan";

    private const string ComputerLevelType = "Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel";

    private readonly WSManClient _client = new();

    /// <summary>Help on an item cmdlet for a path; empty means the cmdlet's own help.</summary>
    public string GetHelpMaml(string helpItemName, string path) => string.Empty;

    /// <inheritdoc/>
    protected override Collection<PSDriveInfo> InitializeDefaultDrives()
    {
        const string Description = "Computers connected with WS-Management";
        return [new(WSManDriveInfo.DefaultName, ProviderInfo, WSManPath.Root, Description, credential: null)];
    }

    /// <inheritdoc/>
    protected override PSDriveInfo? NewDrive(PSDriveInfo drive)
    {
        ArgumentNullException.ThrowIfNull(drive);
        if (!WSManPath.Parse(drive.Root).IsRoot)
        {
            Fail(new InvalidOperationException(Messages.NoSuchDriveRoot), drive.Root);
        }

        return new WSManDriveInfo(drive);
    }

    /// <inheritdoc/>
    protected override PSDriveInfo RemoveDrive(PSDriveInfo drive)
    {
        if (drive is WSManDriveInfo { RemovalEndsSessions: true })
        {
            foreach (TeardownReport report in _client.CloseAll())
            {
                WriteReport(report);
            }
        }

        return drive;
    }

    /// <summary>Cancels the call that runs. Called by the engine, on a thread of its own.</summary>
    protected override void StopProcessing() => _client.Cancel();

    /// <inheritdoc/>
    protected override bool IsValidPath(string path) => true;

    /// <inheritdoc/>
    protected override bool ItemExists(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        return item.IsRoot || (item.IsComputer && Exists(item.Computer!));
    }

    /// <inheritdoc/>
    protected override bool IsItemContainer(string path) => ItemExists(path);

    /// <summary>
    /// Whether removing the item would take others with it. Never so for a computer: nothing on it goes, so
    /// there is nothing to ask about.
    /// </summary>
    protected override bool HasChildItems(string path) => WSManPath.Parse(path).IsRoot;

    /// <inheritdoc/>
    protected override void GetItem(string path)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot)
        {
            WSManConfigElement root = new(WSManPath.Root, WSManConfigElement.Container);
            WriteItemObject(root, WSManPath.Root, isContainer: true);
        }
        else if (item.IsComputer && Exists(item.Computer!))
        {
            WriteComputer(item.Computer!, WSManClient.Find(item.Computer!));
        }
    }

    /// <inheritdoc/>
    protected override void GetChildItems(string path, bool recurse)
    {
        if (WSManPath.Parse(path).IsRoot)
        {
            foreach ((string name, SessionInfo? session) in Computers())
            {
                WriteComputer(name, session);
            }
        }
    }

    /// <inheritdoc/>
    protected override void GetChildNames(string path, ReturnContainers returnContainers)
    {
        if (WSManPath.Parse(path).IsRoot)
        {
            foreach ((string name, _) in Computers())
            {
                WriteItemObject(name, WSManPath.Of(name), isContainer: true);
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
}
