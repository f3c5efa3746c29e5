using System.Runtime.InteropServices;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>Bytes that the library hands over (<c>wsman_bytes</c>), given back when this is disposed.</summary>
internal sealed unsafe class BytesHandle : SafeHandle
{
    public BytesHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The bytes, as long as this is not disposed, which it is with the stream.</summary>
    public Stream Open()
    {
        // The stream reads where the library wrote: a page may have megabytes, and is not copied.
        Bytes* bytes = (Bytes*)handle;
        return bytes is null || bytes->Length == 0
            ? Stream.Null
            : new OwningStream(this, bytes->Data, checked((long)bytes->Length));
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.wsman_bytes_free(handle);
        return true;
    }

    private sealed class OwningStream(BytesHandle owner, byte* data, long length) : UnmanagedMemoryStream(data, length)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing)
            {
                owner.Dispose();
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Bytes
    {
        public readonly byte* Data;

        public readonly nuint Length;
    }
}
