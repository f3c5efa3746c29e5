namespace Microsoft.WSMan.Management;

/// <summary>
/// The user's own client settings in the places that winrm/config has for them. The drive shows them below localhost,
/// and they answer for the resources winrm/config and winrm/config/client of the local computer.
/// </summary>
internal static class ClientConfiguration
{
    /// <summary>The settings as they are now.</summary>
    /// <param name="store">Tells, once, what their file has that is not obeyed.</param>
    /// <exception cref="WSManException">The file is broken.</exception>
    public static ClientSetting Read(ConfigStore store) => From(WSManClient.ClientSettings(store.TellOnce));

    /// <summary>The group Config: what Windows has at the root, and the group Client with all else.</summary>
    public static ClientSetting From(IReadOnlyList<ClientSetting> settings)
    {
        ILookup<bool, ClientSetting> isOfRoot =
            settings.ToLookup(setting => KnownSettings.OwnAtRoot.Contains(setting.Name));
        ClientSetting client = new(ComputerNode.Client, null, [.. isOfRoot[false]]);
        return new ClientSetting("Config", null, [.. isOfRoot[true], client]);
    }
}
