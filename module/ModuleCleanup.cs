using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>Ends every session when the module is removed.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <summary>Called by the engine first of all that Remove-Module does.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo) => new WSManClient().CloseAll();
}
