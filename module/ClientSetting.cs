using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// One of the user's client settings, or a group of them, as the drive shows it below localhost\Client: a value,
/// always as text, or settings in the order of Windows.
/// </summary>
/// <param name="Name">Its last name: "TrustedHosts", "Auth", "Basic".</param>
/// <param name="Value">The value in force, "" included; null for a group.</param>
/// <param name="Settings">What a group holds; empty for a value.</param>
internal sealed record ClientSetting(string Name, string? Value, IReadOnlyList<ClientSetting> Settings)
{
    /// <summary>True for a group such as Auth.</summary>
    public bool IsGroup => Value is null;

    /// <summary>What is below localhost\Client.</summary>
    public static IReadOnlyList<ClientSetting> From(SettingsDocument document) => Below(document.Settings);

    private static ClientSetting[] Below(JsonElement group) => [.. group.EnumerateObject().Select(One)];

    private static ClientSetting One(JsonProperty member) => member.Value.ValueKind == JsonValueKind.Object
        ? new ClientSetting(member.Name, null, Below(member.Value))
        : new ClientSetting(member.Name, member.Value.GetString(), []);
}
