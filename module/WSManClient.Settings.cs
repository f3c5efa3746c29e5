using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <content>The user's client settings.</content>
internal sealed partial class WSManClient
{
    /// <summary>The client settings in force, as they are in the file at this moment.</summary>
    /// <exception cref="WSManException">With code Settings: the file is broken; the message has its path.</exception>
    public static IReadOnlyList<ClientSetting> ClientSettings()
    {
        WSManErrorCode code = NativeMethods.wsman_settings_get(out string? document, ProcessRegistry.Open());
        return ClientSetting.From(Document.Read(code, document, DocumentContext.Default.SettingsDocument));
    }

    /// <summary>Changes one client setting in the file, within five seconds, and gives all of them as they are then.</summary>
    /// <param name="name">"TrustedHosts", "Auth/Basic"; compared without case.</param>
    /// <param name="value">The value as text; "" clears a list or a path.</param>
    /// <param name="append">Adds to a list what is not in it yet, instead of replacing it.</param>
    /// <exception cref="WSManException">
    /// With code InvalidArgument: there is no such setting, or it cannot have that value, and the message says what
    /// is expected. With code Settings: the file is broken or cannot be written. It is then as it was.
    /// </exception>
    public static IReadOnlyList<ClientSetting> SetClientSetting(string name, string value, bool append = false)
    {
        string change = JsonSerializer.Serialize(
            new SettingChange(name, value, append), DocumentContext.Default.SettingChange);
        WSManErrorCode code = NativeMethods.wsman_settings_set(out string? document, ProcessRegistry.Open(), change);
        return ClientSetting.From(Document.Read(code, document, DocumentContext.Default.SettingsDocument));
    }
}
