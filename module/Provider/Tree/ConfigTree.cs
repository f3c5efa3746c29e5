namespace Microsoft.WSMan.Management;

/// <summary>From a path to what is there.</summary>
internal sealed class ConfigTree(ConfigStore store)
{
    /// <summary>A computer; null if there is no such session. The local one is always there.</summary>
    public ComputerNode? Computer(string sessionName)
    {
        SessionInfo? session = WSManClient.Find(sessionName);
        return session is not null || ComputerNames.IsLocal(sessionName)
            ? new ComputerNode(session?.ComputerName ?? ComputerNames.Local, store, session)
            : null;
    }

    /// <summary>The item at a path at a computer or below; null if there is none.</summary>
    /// <exception cref="WSManException">It cannot be read whether there is.</exception>
    public ConfigNode? Find(WSManPath path) => Walk(path).LastOrDefault();

    /// <summary>
    /// The items that a path leads through, from the computer on; the last of them is null if one is not there.
    /// </summary>
    /// <exception cref="WSManException">It cannot be read whether there is.</exception>
    public IEnumerable<ConfigNode?> Walk(WSManPath path)
    {
        ConfigNode? node = path.IsRoot ? null : Computer(path.Computer!);
        yield return node;
        foreach (string segment in path.Segments.Skip(1))
        {
            if (node is null)
            {
                yield break;
            }

            node = node.Find(segment);
            yield return node;
        }
    }
}
