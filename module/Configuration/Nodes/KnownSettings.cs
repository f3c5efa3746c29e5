namespace Microsoft.WSMan.Management;

/// <summary>
/// The names of the settings that a WinRM service has in its sections (MS-WSMV, 2.2.4), for whoever needs names and
/// cannot wait for an answer. A service may have fewer, or further ones that are not here.
/// </summary>
internal static class KnownSettings
{
    public const string MaxEnvelopeSize = "MaxEnvelopeSizekb";

    private static readonly string[] s_ports = ["HTTP", "HTTPS"];

    private static readonly Dictionary<string, string[]> s_names = new(StringComparer.Ordinal)
    {
        [""] = [MaxEnvelopeSize, "MaxTimeoutms", "MaxBatchItems", "MaxProviderRequests"],
        [ConfigResource.Client] =
        [
            "NetworkDelayms", "URLPrefix", "AllowUnencrypted", SettingsNode.Auth, SettingsNode.DefaultPorts,
            "TrustedHosts",
        ],
        [$"{ConfigResource.Client}/auth"] =
            ["Basic", "Digest", "Kerberos", "Negotiate", "Certificate", "CredSSP"],
        [$"{ConfigResource.Client}/defaultports"] = s_ports,
        [ConfigResource.Service] =
        [
            "RootSDDL", "MaxConcurrentOperations", "MaxConcurrentOperationsPerUser", "EnumerationTimeoutms",
            "MaxConnections", "MaxPacketRetrievalTimeSeconds", "AllowUnencrypted", SettingsNode.Auth,
            SettingsNode.DefaultPorts, "IPv4Filter", "IPv6Filter", "EnableCompatibilityHttpListener",
            "EnableCompatibilityHttpsListener", "CertificateThumbprint", "AllowRemoteAccess",
        ],
        [$"{ConfigResource.Service}/auth"] =
            ["Basic", "Kerberos", "Negotiate", "Certificate", "CredSSP", "CbtHardeningLevel"],
        [$"{ConfigResource.Service}/defaultports"] = s_ports,
        [ConfigResource.Winrs] =
        [
            "AllowRemoteShellAccess", "IdleTimeout", "MaxConcurrentUsers", "MaxShellRunTime", "MaxProcessesPerShell",
            "MaxMemoryPerShellMB", "MaxShellsPerUser",
        ],
    };

    /// <summary>The paths of the sections, in the order of Windows; the root is the empty one.</summary>
    public static IEnumerable<string> Sections => s_names.Keys;

    /// <summary>The names at the root that bind a client, and so are among the user's own client settings.</summary>
    public static IReadOnlyList<string> OwnAtRoot { get; } = s_names[""][..3];

    /// <summary>The names in a section, in the order of Windows; none for one that is not known.</summary>
    /// <param name="section">The path of the section; empty for the root.</param>
    public static IReadOnlyList<string> In(string section) => s_names.GetValueOrDefault(section, []);
}
