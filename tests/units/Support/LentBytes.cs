using System.Runtime.InteropServices;
using System.Text;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Support;

/// <summary>
/// Bytes as the native library hands them over, but owned by the test: the library is not there to free them.
/// </summary>
internal sealed class LentBytes : IDisposable
{
    private readonly nint _data;
    private readonly nint _entry;

    public LentBytes(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _data = Marshal.AllocHGlobal(bytes.Length + 1);
        Marshal.Copy(bytes, 0, _data, bytes.Length);
        _entry = Marshal.AllocHGlobal(2 * nint.Size);
        Marshal.WriteIntPtr(_entry, _data);
        Marshal.WriteIntPtr(_entry, nint.Size, bytes.Length);
        Marshal.InitHandle(Handle, _entry);
    }

    public BytesHandle Handle { get; } = new();

    /// <summary>Whoever disposes of the handle from now on frees nothing.</summary>
    public void Keep() => Handle.SetHandleAsInvalid();

    public void Dispose()
    {
        Keep();
        Handle.Dispose();
        Marshal.FreeHGlobal(_entry);
        Marshal.FreeHGlobal(_data);
    }
}
