using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The user's client settings about CredSSP: whether it may be used, and with which computers.</summary>
internal sealed class CredSSPSettings
{
    private const string AuthGroup = "Auth";
    private const string SwitchName = "CredSSP";
    private const string FullSwitchName = $"{AuthGroup}/{SwitchName}";
    private const string ListName = "AllowFreshCredentials";
    private const string ServicePrefix = "wsman/";

    private readonly string[] _entries;

    internal CredSSPSettings(IReadOnlyList<ClientSetting> settings)
    {
        // Both are always there: the library lists every setting that it obeys (wsman.h).
        ClientSetting auth = settings.Single(setting => setting.Name == AuthGroup);
        IsEnabled = auth.Settings.Single(setting => setting.Name == SwitchName).Value == "true";
        string list = settings.Single(setting => setting.Name == ListName).Value!;
        _entries = list.Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether CredSSP may be used.</summary>
    public bool IsEnabled { get; }

    /// <summary>The entries "wsman/computer", which name the computers that may be given the password.</summary>
    public IEnumerable<string> Computers => _entries.Where(IsWSManEntry);

    /// <param name="writeTrace">Receives what the file has that is not obeyed.</param>
    /// <exception cref="WSManException">The file is broken.</exception>
    public static CredSSPSettings Read(Action<IReadOnlyList<TraceLine>>? writeTrace = null) =>
        new(WSManClient.ClientSettings(writeTrace));

    /// <summary>
    /// Adds these computers to the list, and turns CredSSP on, with one change. Returns the group Auth, as the service
    /// of Windows answers a change of winrm/config/client/auth.
    /// </summary>
    /// <exception cref="WSManException">A name is none, or the file is broken or cannot be written.</exception>
    public static XmlElement Enable(IEnumerable<string> computers)
    {
        string entries = string.Join(',', computers.Select(computer => ServicePrefix + computer));
        return ClientResource.Auth.ToElement(WSManClient.SetClientSettings(
            new SettingChange(ListName, entries, Append: true), new SettingChange(FullSwitchName, "true")));
    }

    /// <summary>Turns CredSSP off, and takes every computer off the list, with one change.</summary>
    /// <exception cref="WSManException">The file is broken or cannot be written.</exception>
    public static void Disable() => WSManClient.SetClientSettings(
        new SettingChange(FullSwitchName, "false"), new SettingChange(ListName, $"{ServicePrefix}*", Remove: true));

    // Entries of other services are let through in a list that was taken over from Windows, and count for nothing.
    private static bool IsWSManEntry(string entry) =>
        entry.StartsWith(ServicePrefix, StringComparison.OrdinalIgnoreCase);
}
