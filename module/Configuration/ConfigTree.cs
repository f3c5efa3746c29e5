namespace Microsoft.WSMan.Management;

/// <summary>
/// Finds the node for the names of a path. A node is made when the path leads through it, and reads its resource
/// only when it is looked into.
/// </summary>
internal sealed class ConfigTree(ConfigStore store)
{
    /// <summary>A computer; null if there is no such session. The local one is always there.</summary>
    public ComputerNode? FindComputer(string sessionName)
    {
        SessionInfo? session = WSManClient.FindSession(sessionName);
        return session is not null || ComputerNames.IsLocal(sessionName)
            ? new ComputerNode(session?.ComputerName ?? ComputerNames.Local, store, session)
            : null;
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
}
