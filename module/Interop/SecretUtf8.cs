using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// The UTF-8 bytes of a secure string for the length of one call, outside the managed heap, where no
/// collection can leave a copy behind. Disposing wipes them. No managed string is ever made of them.
/// </summary>
internal sealed unsafe class SecretUtf8 : IDisposable
{
    private byte* _bytes;

    public SecretUtf8(SecureString? secret)
    {
        if (secret is null || secret.Length == 0)
        {
            return;
        }

        nint text = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            Encode((char*)text, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(text);
        }
    }

    /// <summary>The bytes of a secret that is a string already: no further string is made.</summary>
    public SecretUtf8(string? secret)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return;
        }

        fixed (char* text = secret)
        {
            Encode(text, secret.Length);
        }
    }

    public byte* Bytes => _bytes;

    public nuint Length { get; private set; }

    public void Dispose()
    {
        if (_bytes is null)
        {
            return;
        }

        CryptographicOperations.ZeroMemory(new Span<byte>(_bytes, checked((int)Length)));
        NativeMemory.Free(_bytes);
        _bytes = null;
        Length = 0;
    }

    private void Encode(char* text, int characters)
    {
        // The bytes are counted first: a buffer that has to grow would leave the secret in the one before.
        int bytes = Encoding.UTF8.GetByteCount(text, characters);
        _bytes = (byte*)NativeMemory.Alloc((nuint)bytes);
        Length = (nuint)bytes;
        _ = Encoding.UTF8.GetBytes(text, characters, _bytes, bytes);
    }
}
