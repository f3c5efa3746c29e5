using System.Runtime.InteropServices;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// The sessions of a process (<c>wsman_registry</c>). Releasing the handle closes those that are left, within the
/// client setting ExitTimeoutms; the runtime holds the release back until no call uses the handle any more.
/// </summary>
internal sealed class RegistryHandle : SafeHandle
{
    public RegistryHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.wsman_registry_free(handle);
        return true;
    }
}
