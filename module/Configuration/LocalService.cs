namespace Microsoft.WSMan.Management;

/// <summary>
/// The WinRM service that a session under the name localhost leads to, for the cmdlets that Windows has for the
/// service of the computer itself. Its settings are those that the drive has below WSMan:\localhost.
/// </summary>
internal sealed class LocalService
{
    private readonly List<TraceLine> _trace = [];

    private LocalService(WSManClient client, SessionInfo session, string? traceLevel)
    {
        Session = session;
        Store = new ConfigStore(client, _trace.AddRange, traceLevel: traceLevel);
    }

    public SessionInfo Session { get; }

    public ConfigStore Store { get; }

    /// <summary>The exchanges until now. They are kept, because nothing is written while a change is made.</summary>
    public IReadOnlyList<TraceLine> Trace => _trace;

    /// <summary>The service; null where no session is open under the name localhost.</summary>
    /// <param name="client">Carries the requests.</param>
    /// <param name="traceLevel">The trace that the requests ask for; null for none.</param>
    public static LocalService? Find(WSManClient client, string? traceLevel) =>
        WSManClient.FindSession(ComputerNames.Local) is { } session
            ? new LocalService(client, session, traceLevel)
            : null;

    /// <summary>The path of a setting in the drive.</summary>
    public static string PathOf(params string[] names) =>
        $@"WSMan:\{ComputerNames.Local}\{string.Join('\\', names)}";

    /// <summary>A setting, such as Service, Auth, CredSSP.</summary>
    /// <exception cref="WSManException">The service has no such setting, or it cannot be read.</exception>
    public LeafNode Setting(params string[] names) => FindNode(names) as LeafNode
        ?? throw Errors.InvalidArgument(Messages.NoSuchItem(PathOf(names)));

    /// <summary>The listeners of the service.</summary>
    /// <exception cref="WSManException">They cannot be read.</exception>
    public IEnumerable<InstanceNode> Listeners() => FindNode(ComputerNode.Listener)!.Children.OfType<InstanceNode>();

    /// <summary>Changes the service while no other runspace of the process does.</summary>
    /// <exception cref="WSManException">The change failed, or the command was stopped.</exception>
    public T Change<T>(Func<bool> isStopped, Func<T> change)
    {
        using (ConfigLock.Acquire(ComputerNames.Local, isStopped))
        {
            // Another runspace may have changed what was read before the lock was taken.
            Store.Clear();
            return change();
        }
    }

    // A node keeps what it has found, and each of these calls may come behind a change.
    private ConfigNode? FindNode(params string[] names) => names.Aggregate(
        (ConfigNode?)new ComputerNode(ComputerNames.Local, Store, Session), (node, name) => node?.Find(name));
}
