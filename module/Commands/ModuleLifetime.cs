using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>What the engine calls when the module is imported into a runspace and when it is removed from one.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <summary>Called by the engine at every import.</summary>
    public void OnImport()
    {
        MainRunspace.Watch();
        SettingValueCompleter.Register();
    }

    /// <summary>
    /// Ends every session. Called by the engine before anything else that Remove-Module does. The reports go nowhere:
    /// the engine gives no stream to write to.
    /// </summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => new WSManClient().CloseAll();
}
