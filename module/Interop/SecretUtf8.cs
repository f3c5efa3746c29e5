using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// The UTF-8 octets of a secure string for the length of one call, outside the managed heap, where no
/// collection can leave a copy behind. Disposing wipes them. No managed string is ever made of them.
/// </summary>
internal sealed unsafe class SecretUtf8 : IDisposable
{
    private byte* _octets;

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

    /// <summary>Of a secret that is a string already: no further one is made.</summary>
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

    public byte* Octets => _octets;

    public nuint Length { get; private set; }

    public void Dispose()
    {
        if (_octets is null)
        {
            return;
        }

        CryptographicOperations.ZeroMemory(new Span<byte>(_octets, checked((int)Length)));
        NativeMemory.Free(_octets);
        _octets = null;
        Length = 0;
    }

    private void Encode(char* text, int characters)
    {
        int octets = Encoding.UTF8.GetByteCount(text, characters);
        _octets = (byte*)NativeMemory.Alloc((nuint)octets);
        Length = (nuint)octets;
        _ = Encoding.UTF8.GetBytes(text, characters, _octets, octets);
    }
}
