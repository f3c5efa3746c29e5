namespace Microsoft.WSMan.Management;

/// <summary>
/// A resource of the configuration of one computer: its path below the root of the configuration, and the selectors
/// of an instance (MS-WSMV, 2.2.4.3 and following).
/// </summary>
/// <param name="Session">The session to the computer.</param>
/// <param name="Path">Such as client/auth; empty for the root itself.</param>
/// <param name="Selectors">The keys of an instance; none for a resource of one instance.</param>
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

    /// <summary>
    /// A text that is the same for the same resource of the same session, and for no other. It has the session's
    /// number, because the name may belong to another session by now.
    /// </summary>
    public string Key => string.Join(
        '\n', Selectors.Select(selector => $"{selector.Name}={selector.Value}").Prepend($"{Session.Id} {Path}"));

    public ConfigResource Where(params SelectorEntry[] selectors) => new(Session, Path, selectors);
}
