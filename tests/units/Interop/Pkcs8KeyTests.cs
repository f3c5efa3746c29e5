using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class Pkcs8KeyTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public Pkcs8KeyTests() => _certificate = new CertificateRequest("CN=client", _key, HashAlgorithmName.SHA256)
        .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));

    [Fact]
    public unsafe void TheKeyIsThatOfTheCertificateUntilItIsDisposed()
    {
        Pkcs8Key secret = new(_certificate);
        using ECDsa read = ECDsa.Create();
        read.ImportPkcs8PrivateKey(new ReadOnlySpan<byte>(secret.Bytes, (int)secret.Length), out _);

        Assert.Equal(_key.ExportSubjectPublicKeyInfo(), read.ExportSubjectPublicKeyInfo());
        secret.Dispose();
        secret.Dispose();
        Assert.True(secret.Bytes is null && secret.Length == 0);
    }

    [Fact]
    public void ACertificateWithoutItsKeyIsNamed()
    {
        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(_certificate.RawData);

        WSManException error = Assert.Throws<WSManException>(() => new Pkcs8Key(bare));

        Assert.Equal(Messages.CertificateWithoutKey("CN=client"), error.Message);
    }

    [Fact]
    public void TheNameOfACertificateIsOneLine()
    {
        using X509Certificate2 odd = new CertificateRequest("CN=a\u202Eb", _key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        using X509Certificate2 bare = X509CertificateLoader.LoadCertificate(odd.RawData);

        WSManException error = Assert.Throws<WSManException>(() => new Pkcs8Key(bare));

        Assert.Equal(Messages.CertificateWithoutKey("CN=a b"), error.Message);
    }

    [Fact]
    public unsafe void NoCertificateIsNoKey()
    {
        using Pkcs8Key none = new(null);

        Assert.True(none.Bytes is null && none.Length == 0);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
