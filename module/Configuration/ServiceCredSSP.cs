using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>Whether a WinRM service takes the credentials of its clients (CredSSP).</summary>
internal static class ServiceCredSSP
{
    private static readonly string[] s_names = [ComputerNode.Service, SettingsNode.Auth, "CredSSP"];

    /// <summary>The setting as a path of the drive.</summary>
    public static string Path { get; } = LocalService.PathOf(s_names);

    /// <exception cref="WSManException">The setting cannot be read.</exception>
    public static bool IsOn(LocalService service) => service.Setting(s_names).IsTrue;

    /// <summary>Turns it on or off, and returns the element Auth as the service has it then.</summary>
    /// <exception cref="WSManException">It is set by a policy, or the service refuses the change.</exception>
    public static XmlElement Set(LocalService service, bool on, Func<bool> isStopped) => service.Change(
        isStopped,
        () =>
        {
            LeafNode setting = service.Setting(s_names);
            ConfigPolicy.RequireNone(Path, setting.Source);
            setting.Change!(new NewValue(on));

            // A service that took the document as it is may answer with nothing (WS-Transfer, 3.2). To ask again could
            // fail, and the change is made.
            return service.Store.Put(setting.Document!) ?? setting.Document!.Root;
        });
}
