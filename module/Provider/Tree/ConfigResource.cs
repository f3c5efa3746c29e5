namespace Microsoft.WSMan.Management;

/// <summary>
/// A resource of the configuration of one computer: its path below the root of the configuration, and what
/// tells an instance from the others (MS-WSMV, 2.2.4.3 and following). An empty path is the root itself.
/// </summary>
internal sealed record ConfigResource(SessionInfo Session, string Path, params SelectorEntry[] Selectors)
{
    public const string Root = "http://schemas.microsoft.com/wbem/wsman/1/config";

    public const string PluginNamespace = Root + "/PluginConfiguration";

    public const string Client = "client";

    public const string Service = "service";

    public const string Winrs = "winrs";

    public const string Listener = "listener";

    public const string CertMapping = "service/certmapping";

    public const string Plugin = "plugin";

    public string Uri => Path.Length == 0 ? Root : $"{Root}/{Path}";

    /// <summary>What is the same for the same resource of the same session.</summary>
    public string Key =>
        string.Join('\n', Selectors.Select(one => $"{one.Name}={one.Value}").Prepend($"{Session.Id} {Path}"));

    public ConfigResource Where(params SelectorEntry[] selectors) => new(Session, Path, selectors);
}
