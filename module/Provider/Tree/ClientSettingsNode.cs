namespace Microsoft.WSMan.Management;

/// <summary>
/// The user's own client settings, which stand where Windows has those of its WinRM client. A value is written
/// to the file by itself, under its lock, so that other processes lose nothing.
/// </summary>
internal sealed class ClientSettingsNode(string name, string path, Func<IReadOnlyList<ClientSetting>> read)
    : ContainerNode(name)
{
    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children => _children ??= [.. read().Select(Node)];

    /// <summary>All of them. The file is read when they are looked at.</summary>
    public static ClientSettingsNode All() => new(ComputerNode.Client, "", WSManClient.ClientSettings);

    private ConfigNode Node(ClientSetting setting)
    {
        string below = path + setting.Name;
        return setting.IsGroup
            ? new ClientSettingsNode(setting.Name, $"{below}/", () => setting.Settings)
            : new LeafNode(setting.Name, setting.Value) { Change = value => Write(below, value) };
    }

    private static void Write(string setting, NewValue value) =>
        WSManClient.SetClientSetting(setting, value.Text(setting), value.Appends);
}
