using System.Runtime.InteropServices;
using System.Text;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Support;

/// <summary>
/// Octets as the native library hands them over, but owned by the test: the library is not there to free them.
/// </summary>
internal sealed class LentOctets : IDisposable
{
    private readonly nint _data;
    private readonly nint _entry;

    public LentOctets(string text)
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
        _data = Marshal.AllocHGlobal(octets.Length + 1);
        Marshal.Copy(octets, 0, _data, octets.Length);
        _entry = Marshal.AllocHGlobal(2 * nint.Size);
        Marshal.WriteIntPtr(_entry, _data);
        Marshal.WriteIntPtr(_entry, nint.Size, octets.Length);
        Marshal.InitHandle(Handle, _entry);
    }

    public OctetsHandle Handle { get; } = new();

    public void Dispose()
    {
        Handle.SetHandleAsInvalid();
        Handle.Dispose();
        Marshal.FreeHGlobal(_entry);
        Marshal.FreeHGlobal(_data);
    }
}
