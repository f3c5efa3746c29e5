namespace Microsoft.WSMan.Management;

/// <summary>
/// A group of the user's own client settings, which stand where Windows has those of its WinRM client. A value is
/// written to the file by itself, under its lock, so that other processes lose nothing.
/// </summary>
/// <param name="name">The last name of the group.</param>
/// <param name="prefix">The names before it, such as "Auth/"; empty for the whole.</param>
/// <param name="read">Gives the settings of the group.</param>
internal sealed class ClientSettingsNode(string name, string prefix, Func<IReadOnlyList<ClientSetting>> read)
    : ContainerNode(name)
{
    private IReadOnlyList<ConfigNode>? _children;

    public override IReadOnlyList<ConfigNode> Children =>
        _children ??= [.. read().Select(setting => ToNode(prefix, setting))];

    /// <summary>The group Client. The file is read when it is looked into.</summary>
    public static ClientSettingsNode Client() => new(
        ComputerNode.Client, "", () => ClientConfiguration.Read().Settings.Single(setting => setting.IsGroup).Settings);

    /// <summary>The settings at the root of the computer.</summary>
    /// <exception cref="WSManException">The file is broken.</exception>
    public static IEnumerable<ConfigNode> Root() =>
        ClientConfiguration.Read().Settings.Where(setting => !setting.IsGroup).Select(setting => ToNode("", setting));

    /// <summary>
    /// MaxEnvelopeSizekb stood below Client once, where Windows does not have it, so that path leads to it still.
    /// </summary>
    public override ConfigNode? Find(string child) => base.Find(child)
        ?? (IsClient && child.Equals(KnownSettings.MaxEnvelopeSize, StringComparison.OrdinalIgnoreCase)
            ? Root().Single(setting => setting.Name == KnownSettings.MaxEnvelopeSize)
            : null);

    private bool IsClient => prefix.Length == 0;

    private static ConfigNode ToNode(string prefix, ClientSetting setting)
    {
        string fullName = prefix + setting.Name;
        return setting.IsGroup
            ? new ClientSettingsNode(setting.Name, $"{fullName}/", () => setting.Settings)
            : new LeafNode(setting.Name, setting.Value) { Change = value => Write(fullName, value) };
    }

    // The library judges the value: it knows the type and the range of each setting.
    private static void Write(string setting, NewValue value) =>
        WSManClient.SetClientSettings(new SettingChange(setting, value.Text(setting), value.IsAppended));
}
