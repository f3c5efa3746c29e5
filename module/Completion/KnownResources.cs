namespace Microsoft.WSMan.Management;

/// <summary>A class of a namespace, and those of its methods that people call.</summary>
internal sealed record KnownClass(string Name, string About, params string[] Actions);

/// <summary>A namespace of classes.</summary>
/// <param name="Beginning">What a resource URI begins with, in its short form.</param>
/// <param name="About">What the namespace is about.</param>
/// <param name="Classes">Its well-known classes.</param>
internal sealed record KnownNamespace(string Beginning, string About, params KnownClass[] Classes);

/// <summary>
/// The resources that help pages and scripts name, for the Tab key. A service has many more, and may lack some.
/// </summary>
internal static class KnownResources
{
    private const string Configuration = "winrm/config";

    /// <summary>The resources that are in no namespace of classes.</summary>
    public static IEnumerable<Candidate> Single { get; } =
    [
        .. KnownSettings.Sections.Select(section => new Candidate(Uri(section), AboutSection(section))),
        new(Uri(ConfigResource.Listener), "The listeners of the service; all of them with -Enumerate"),
        .. KnownValues.Of("Transport").Select(transport => new Candidate(
            Uri($"{ConfigResource.Listener}?Address=*+Transport={transport.Text}"),
            $"The listener for {transport.Text} at every address")),
        new(Uri(ConfigResource.CertMapping), "The users as whom client certificates log on"),
        new(Uri(ConfigResource.Plugin), "The plugins of the service"),
        new("shell", "The remote shells of the computer; all of them with -Enumerate"),
        new("shell/cmd", "A remote shell of cmd.exe"),
        new("http://schemas.dmtf.org/wbem/wscim/1/*", "Every class of a service of the DMTF's, for a query"),
    ];

    /// <summary>The actions of a shell.</summary>
    public static IReadOnlyList<Candidate> ShellActions { get; } =
    [
        new("Command", "Begins a command in a shell"),
        new("Send", "Writes to the input of a command"),
        new("Receive", "Reads the output of a command, and whether it has ended"),
        new("Signal", "Ends a command, or lets go of one that has ended"),
    ];

    public static IReadOnlyList<KnownNamespace> Namespaces { get; } =
    [
        new("wmicimv2/", "Windows: services, processes, disks, the system (root/cimv2)", KnownClasses.Windows),
        new("wmi/root/standardcimv2/", "Windows: network adapters, addresses, firewall", KnownClasses.Network),
        new("wmi/root/microsoft/windows/storage/", "Windows: disks, partitions, volumes", KnownClasses.Storage),
        new("wmi/root/virtualization/v2/", "Hyper-V: virtual machines", KnownClasses.Virtualization),
        new("wmi/root/default/", "Windows: the registry", KnownClasses.Registry),
        new("wmi/root/wmi/", "Windows: what drivers tell", KnownClasses.Drivers),
        new("wmi/root/SecurityCenter2/", "Windows: antivirus and firewall products", KnownClasses.Security),
        new("cimv2/", "Hardware and its management (AMT, DRAC, ESX): the classes of the DMTF", KnownClasses.Dmtf),
    ];

    private static string Uri(string path) => path.Length == 0 ? Configuration : $"{Configuration}/{path}";

    private static string AboutSection(string section) => section.Length == 0
        ? "The settings of the WinRM service, all of them"
        : $"The settings {string.Join(", ", KnownSettings.In(section))}";
}
