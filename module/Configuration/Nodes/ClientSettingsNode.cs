namespace Microsoft.WSMan.Management;

/// <summary>
/// A group of the user's own client settings, which stand where Windows has those of its WinRM client. A value is
/// written to the file by itself, under its lock, so that other processes lose nothing.
/// </summary>
/// <param name="name">The last name of the group.</param>
/// <param name="read">Gives the settings of the group.</param>
/// <param name="findMoved">Finds what stood in the group once; null where nothing has moved.</param>
internal sealed class ClientSettingsNode(
    string name, Func<IReadOnlyList<ClientSetting>> read, Func<string, ConfigNode?>? findMoved = null)
    : ContainerNode(name)
{
    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children => _children ??= [.. read().Select(ToNode)];

    /// <summary>
    /// The group Client. The file is read when it is looked into. MaxEnvelopeSizekb stood there once, where Windows
    /// does not have it, so that path leads to it still.
    /// </summary>
    public static ClientSettingsNode Client(ConfigStore store) => new(
        ComputerNode.Client,
        () => ClientConfiguration.Read(store).Settings.Single(setting => setting.IsGroup).Settings,
        child => child.Equals(KnownSettings.MaxEnvelopeSize, StringComparison.OrdinalIgnoreCase)
            ? Root(store).Single(setting => setting.Name == KnownSettings.MaxEnvelopeSize)
            : null);

    /// <summary>The settings at the root of the computer.</summary>
    /// <exception cref="WSManException">The file is broken.</exception>
    public static IEnumerable<ConfigNode> Root(ConfigStore store) =>
        ClientConfiguration.Read(store).Settings.Where(setting => !setting.IsGroup).Select(ToNode);

    /// <inheritdoc/>
    public override ConfigNode? Find(string child) => base.Find(child) ?? findMoved?.Invoke(child);

    private static ConfigNode ToNode(ClientSetting setting) => setting.IsGroup
        ? new ClientSettingsNode(setting.Name, () => setting.Settings)
        : new LeafNode(setting.Name, setting.Value) { Change = value => Write(setting.FullName, value) };

    // The library judges the value: it knows the type and the range of each setting.
    private static void Write(string setting, NewValue value) =>
        WSManClient.SetClientSettings(new SettingChange(setting, value.Text(setting), value.IsAppended));
}
