using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <content>The user's client settings.</content>
internal sealed partial class WSManClient
{
    // The lists of computers, which the library compares in ASCII.
    private static readonly string[] s_computerLists = ["TrustedHosts", "LegacyTLSHosts", "AllowFreshCredentials"];

    /// <summary>The client settings in force, as they are in the file at this moment.</summary>
    /// <param name="writeTrace">Receives what the file has that is not obeyed.</param>
    /// <exception cref="WSManException">
    /// With code Settings: the file is broken, or somebody else could have written it; the message has its path.
    /// </exception>
    public static IReadOnlyList<ClientSetting> ClientSettings(Action<IReadOnlyList<TraceLine>>? writeTrace = null)
    {
        WSManErrorCode code = NativeMethods.wsman_settings_get(out string? document, ProcessRegistry.Open());
        SettingsDocument settings = NativeResult.Read(code, document, DocumentContext.Default.SettingsDocument);
        writeTrace?.Invoke(Results.Remarks(settings));
        return Results.From(settings);
    }

    /// <summary>
    /// Changes client settings in the file, all of them or none, within five seconds, and returns all settings as they
    /// are then.
    /// </summary>
    /// <exception cref="WSManException">
    /// With code InvalidArgument: there is no such setting, or it cannot have that value, and the message has the
    /// values that are expected. With code Settings: the file is broken or cannot be written. The file is as it was.
    /// </exception>
    public static IReadOnlyList<ClientSetting> SetClientSettings(params IEnumerable<SettingChange> changes)
    {
        SettingChangesDocument request = new(
            [.. changes.Select(change => new SettingChangeDocument(
                change.Name, InAscii(change), change.Append, change.Remove))]);
        string json = JsonSerializer.Serialize(request, DocumentContext.Default.SettingChangesDocument);
        WSManErrorCode code = NativeMethods.wsman_settings_set(out string? document, ProcessRegistry.Open(), json);
        return Results.From(NativeResult.Read(code, document, DocumentContext.Default.SettingsDocument));
    }

    private static string InAscii(SettingChange change) =>
        s_computerLists.Contains(change.Name, StringComparer.OrdinalIgnoreCase)
            ? DnsNames.ToAsciiList(change.Value)
            : change.Value;
}
