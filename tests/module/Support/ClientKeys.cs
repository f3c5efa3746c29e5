using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>An authority of clients and certificates that it issued, as files in a folder that goes with it.</summary>
internal sealed class ClientKeys : IDisposable
{
    private const string ForClients = "1.3.6.1.5.5.7.3.2";
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private readonly ScratchFolder _folder = new();
    private readonly X509Certificate2 _authority;

    public ClientKeys()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN=Authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2));
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
    }

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <summary>The authority in PEM.</summary>
    public string AuthorityFile => _folder.File("authority.pem");

    /// <summary>The store of the user whose HOME this is.</summary>
    public string Home => _folder.Path;

    /// <summary>A proper certificate, with an RSA key or one of elliptic curves.</summary>
    public Issued Issue(string name, bool rsa = false) => Make(name, rsa, ForClients, Now.AddDays(1));

    public Issued IssueExpired(string name) => Make(name, false, ForClients, Now.AddHours(-1));

    public Issued IssueForServers(string name) => Make(name, false, ForServers, Now.AddDays(1));

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private Issued Make(string name, bool rsa, string purpose, DateTimeOffset until)
    {
        using AsymmetricAlgorithm key =
            rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = key is RSA rsaKey
            ? new($"CN={name}", rsaKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new($"CN={name}", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        X509SignatureGenerator signer = X509SignatureGenerator.CreateForECDsa(_authority.GetECDsaPrivateKey()!);
        using X509Certificate2 bare = request.Create(
            _authority.SubjectName, signer, Now.AddDays(-1), until, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 certificate =
            key is RSA own ? bare.CopyWithPrivateKey(own) : bare.CopyWithPrivateKey((ECDsa)key);

        File.WriteAllText(_folder.File($"{name}.pem"), bare.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_folder.File($"{name}.crt"), bare.ExportCertificatePem());
        File.WriteAllBytes(_folder.File($"{name}.pfx"), certificate.Export(X509ContentType.Pkcs12, ""));
        return new Issued(
            bare.Thumbprint, _folder.File($"{name}.pem"), _folder.File($"{name}.crt"), _folder.File($"{name}.pfx"));
    }

    /// <summary>A certificate: its thumbprint and its files, with the key, without it, and in PKCS#12.</summary>
    internal sealed record Issued(string Thumbprint, string Pem, string Bare, string Pfx)
    {
        /// <summary>Script that puts it into the user's store; without its key if only the bare one is asked for.</summary>
        public string Import(bool bare = false) =>
            $$"""
            $store = [Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser')
            $store.Open('ReadWrite')
            $store.Add([Security.Cryptography.X509Certificates.X509Certificate2]::new('{{(bare ? Bare : Pfx)}}', '', 'Exportable'))
            $store.Dispose()

            """;
    }
}
