using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// The private key of a certificate in PKCS#8 (RFC 5958) for the length of one call, outside the managed heap.
/// Disposing wipes it.
/// </summary>
internal sealed unsafe class SecretKey : IDisposable
{
    // An RSA key of 16384 bits takes less.
    private const int Room = 16384;

    private byte* _octets;

    /// <exception cref="WSManException">The certificate has no key, or one that cannot be exported.</exception>
    public SecretKey(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return;
        }

        using AsymmetricAlgorithm? key = KeyOf(certificate);
        if (key is null)
        {
            throw new WSManException(WSManErrorCode.InvalidArgument, Messages.CertificateWithoutKey(certificate.Subject));
        }

        _octets = (byte*)NativeMemory.AllocZeroed(Room);
        Export(key, certificate.Subject);
    }

    public byte* Octets => _octets;

    public nuint Length { get; private set; }

    public void Dispose()
    {
        if (_octets is not null)
        {
            CryptographicOperations.ZeroMemory(new Span<byte>(_octets, Room));
            NativeMemory.Free(_octets);
            _octets = null;
            Length = 0;
        }
    }

    private static AsymmetricAlgorithm? KeyOf(X509Certificate2 certificate) =>
        (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey();

    private void Export(AsymmetricAlgorithm key, string subject)
    {
        try
        {
            if (key.TryExportPkcs8PrivateKey(new Span<byte>(_octets, Room), out int written))
            {
                Length = (nuint)written;
                return;
            }
        }
        catch (CryptographicException)
        {
            // What it says differs by system, and helps nobody.
        }

        Dispose();
        throw new WSManException(WSManErrorCode.InvalidArgument, Messages.KeyCannotBeExported(subject));
    }
}
