namespace Microsoft.WSMan.Management;

/// <summary>
/// Finds the node for the names of a path. A node is made when the path leads through it, and reads its resource
/// only when it is looked into. It is kept as long as what the store has read: the engine asks many times about items
/// of one container.
/// </summary>
internal sealed class ConfigTree(ConfigStore store)
{
    // By the number of the session; 0 for none.
    private readonly Dictionary<ulong, ComputerNode> _computers = [];

    // Of the store, when the nodes were made.
    private int _clearings;

    /// <summary>A computer; null if there is no such session. The local one is always there.</summary>
    public ComputerNode? FindComputer(string sessionName)
    {
        SessionInfo? session = WSManClient.FindSession(sessionName);
        return session is not null || ComputerNames.IsLocal(sessionName) ? NodeOf(session) : null;
    }

    /// <summary>The node below a computer that the names lead to; null if there is none.</summary>
    /// <exception cref="WSManException">Whether there is one cannot be read.</exception>
    public ConfigNode? Find(string sessionName, IEnumerable<string> names) => Walk(sessionName, names).Last();

    /// <summary>
    /// The nodes that the names lead through, from the computer on; the last of them is null if one is not there.
    /// </summary>
    /// <exception cref="WSManException">Whether there is one cannot be read.</exception>
    public IEnumerable<ConfigNode?> Walk(string sessionName, IEnumerable<string> names)
    {
        ConfigNode? node = FindComputer(sessionName);
        yield return node;
        foreach (string name in names)
        {
            if (node is null)
            {
                yield break;
            }

            // A node finds a name by itself, so that nothing beside the path is read.
            node = node.Find(name);
            yield return node;
        }
    }

    private ComputerNode NodeOf(SessionInfo? session)
    {
        if (_clearings != store.Clearings)
        {
            _clearings = store.Clearings;
            _computers.Clear();
        }

        ulong number = session?.Id ?? 0;
        if (!_computers.TryGetValue(number, out ComputerNode? computer))
        {
            computer = new ComputerNode(session?.ComputerName ?? ComputerNames.Local, store, session);
            _computers.Add(number, computer);
        }

        return computer;
    }
}
