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
        WarnOfLibrary();
    }

    /// <summary>
    /// Ends every session. Called by the engine before anything else that Remove-Module does. The reports go nowhere:
    /// the engine gives no stream to write to.
    /// </summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => new WSManClient().CloseAll();

    // Help and an empty drive need no library, so the import goes on without one. The engine gives no stream to write to.
    private static void WarnOfLibrary()
    {
        string? flaw = WSManClient.LibraryFlaw();
        if (flaw is not null)
        {
            using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
            _ = shell.AddScript("$Host.UI.WriteWarningLine($args[0])").AddArgument(flaw).Invoke();
        }
    }
}
