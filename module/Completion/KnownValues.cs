namespace Microsoft.WSMan.Management;

/// <summary>
/// The values of those settings of a WinRM service that can have few (MS-WSMV, 2.2.4), by the name of the setting. The
/// parameters that make an item have the names of its settings.
/// </summary>
internal static class KnownValues
{
    private static readonly Candidate[] s_switch = [new("true", "On"), new("false", "Off")];

    private static readonly string[] s_switches =
    [
        "AllowUnencrypted", "Basic", "Digest", "Kerberos", "Negotiate", "Certificate", "CredSSP",
        "EnableCompatibilityHttpListener", "EnableCompatibilityHttpsListener", "AllowRemoteShellAccess", "Enabled",
        "UseSharedProcess", "AutoRestart", "RunAsVirtualAccount", "SupportsOptions", "ExactMatch",
    ];

    private static readonly Dictionary<string, Candidate[]> s_values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Transport"] =
        [
            new("HTTP", "Port 5985 unless given; messages are encrypted by the authentication"),
            new("HTTPS", "Port 5986 unless given; needs a certificate of the computer"),
        ],
        ["Address"] =
        [
            new("*", "Every address of the computer"),
            new("IP:", "One address, as in IP:192.0.2.1"),
            new("MAC:", "The addresses of one network adapter, as in MAC:00-15-5D-01-02-03"),
        ],
        ["Capability"] =
        [
            new("Get", "One instance can be read"),
            new("Put", "An instance can be changed"),
            new("Create", "An instance can be made"),
            new("Delete", "An instance can be removed"),
            new("Invoke", "Methods can be called"),
            new("Enumerate", "All instances can be listed"),
            new("Subscribe", "Events can be subscribed to"),
            new("Shell", "Shells can be opened; goes with no other capability"),
        ],
        ["XmlRenderingType"] =
        [
            new("text", "The plugin takes the XML of a request as a text"),
            new("XmlReader", "The plugin takes the XML of a request as a reader"),
        ],
        ["CbtHardeningLevel"] =
        [
            new("Relaxed", "A client that binds its authentication to the TLS channel is checked, others are let in"),
            new("Strict", "Only clients that bind their authentication to the TLS channel are let in"),
            new("None", "The binding of the authentication to the TLS channel is not checked"),
        ],
    };

    /// <summary>The values of a setting; none where there are many or the setting is not known.</summary>
    public static IEnumerable<Candidate> Of(string setting) =>
        s_switches.Contains(setting, StringComparer.OrdinalIgnoreCase)
            ? s_switch
            : s_values.GetValueOrDefault(setting, []);
}

/// <summary>Completes a parameter of New-Item that has the name of a setting with few values.</summary>
internal sealed class KnownValueCompleter : ValueCompleter
{
    private protected override IEnumerable<Candidate> Candidates(AskedValue asked) => KnownValues.Of(asked.Parameter);
}
