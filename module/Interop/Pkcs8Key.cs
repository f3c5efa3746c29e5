using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// The private key of a certificate in PKCS#8 (RFC 5958) for the length of one call, outside the managed heap, where
/// no collection can leave a copy behind. Disposing wipes it.
/// </summary>
internal sealed unsafe class Pkcs8Key : IDisposable
{
    // An RSA key of 16384 bits takes less.
    private const int BufferSize = 16384;

    private byte* _bytes;

    /// <exception cref="WSManException">The certificate has no key, or one that cannot be exported.</exception>
    public Pkcs8Key(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return;
        }

        using AsymmetricAlgorithm? key = KeyOf(certificate);
        if (key is null)
        {
            throw Errors.InvalidArgument(Messages.CertificateWithoutKey(ForPeople.Line(certificate.Subject)));
        }

        _bytes = (byte*)NativeMemory.AllocZeroed(BufferSize);
        Export(key, certificate.Subject);
    }

    public byte* Bytes => _bytes;

    public nuint Length { get; private set; }

    public void Dispose()
    {
        if (_bytes is not null)
        {
            // The whole buffer is wiped, because an export that failed may have written a part of the key.
            CryptographicOperations.ZeroMemory(new Span<byte>(_bytes, BufferSize));
            NativeMemory.Free(_bytes);
            _bytes = null;
            Length = 0;
        }
    }

    // TLS 1.3 signs with these two kinds of key, and with EdDSA (RFC 8446, 4.2.3), which .NET does not have.
    private static AsymmetricAlgorithm? KeyOf(X509Certificate2 certificate) =>
        (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey();

    private void Export(AsymmetricAlgorithm key, string subject)
    {
        try
        {
            if (key.TryExportPkcs8PrivateKey(new Span<byte>(_bytes, BufferSize), out int written))
            {
                Length = (nuint)written;
                return;
            }
        }
        catch (CryptographicException)
        {
            // The text of the exception differs by system, and helps nobody.
        }

        // An object whose constructor throws is never disposed by its caller.
        Dispose();
        throw Errors.InvalidArgument(Messages.PrivateKeyNotExportable(ForPeople.Line(subject)));
    }
}
