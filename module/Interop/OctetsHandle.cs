using System.Runtime.InteropServices;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>Octets that the library hands over (<c>wsman_octets</c>), given back when this is disposed.</summary>
internal sealed unsafe class OctetsHandle : SafeHandle
{
    public OctetsHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The octets, as long as this is not disposed.</summary>
    public Stream Open()
    {
        Octets* octets = (Octets*)handle;
        return octets is null || octets->Length == 0
            ? Stream.Null
            : new UnmanagedMemoryStream(octets->Data, checked((long)octets->Length));
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.wsman_octets_free(handle);
        return true;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Octets
    {
        public readonly byte* Data;

        public readonly nuint Length;
    }
}
