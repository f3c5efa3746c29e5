namespace Microsoft.WSMan.Management;

/// <summary>
/// One of the user's client settings, or a group of them: a value, always as text, or settings in the order of
/// Windows.
/// </summary>
/// <param name="FullName">The name by which the library knows it, such as "TrustedHosts", "Auth" or "Auth/Basic".</param>
/// <param name="Value">The value in force, "" included; null for a group.</param>
/// <param name="Settings">The settings of a group; empty for a value.</param>
internal sealed record ClientSetting(string FullName, string? Value, IReadOnlyList<ClientSetting> Settings)
{
    /// <summary>The last name, such as "Basic".</summary>
    public string Name => FullName[(FullName.LastIndexOf('/') + 1)..];

    /// <summary>True for a group such as Auth.</summary>
    public bool IsGroup => Value is null;
}

/// <summary>A change of a client setting.</summary>
/// <param name="Name">Such as "TrustedHosts" or "Auth/Basic"; compared without case.</param>
/// <param name="Value">The value as text; "" clears a list or a path.</param>
/// <param name="Append">Adds to a list the entries that it does not have yet, instead of replacing it.</param>
/// <param name="Remove">Takes the entries out of a list that one of these matches; * stands for any text.</param>
internal sealed record SettingChange(string Name, string Value, bool Append = false, bool Remove = false);
