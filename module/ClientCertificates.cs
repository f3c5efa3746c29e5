using System.Security.Cryptography.X509Certificates;

namespace Microsoft.WSMan.Management;

/// <summary>The certificates that a user can show to a server: those in the store CurrentUser\My.</summary>
internal static class ClientCertificates
{
    private const uint CertificateNotFound = 0x80338082;

    /// <summary>The certificate with that thumbprint, in which blanks do not count.</summary>
    /// <exception cref="WSManException">There is none.</exception>
    public static X509Certificate2 Find(string thumbprint)
    {
        // Copied from a dialog of Windows, it begins with a mark that cannot be seen.
        string digits = string.Concat(thumbprint.Where(char.IsAsciiHexDigit));
        using X509Store store = new(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        X509Certificate2Collection found =
            store.Certificates.Find(X509FindType.FindByThumbprint, digits, validOnly: false);
        return found.Count > 0
            ? found[0]
            : throw new WSManException(WSManErrorCode.InvalidArgument, Messages.NoSuchCertificate(thumbprint))
            {
                WSManCode = CertificateNotFound,
                WSManCodeName = "ERROR_WSMAN_CERT_NOT_FOUND",
            };
    }

    /// <summary>
    /// The certificate and those that issued it, as far as they are at hand, in DER and base64. The root is left
    /// out: a server trusts its own copy or none.
    /// </summary>
    public static string[] Chain(X509Certificate2 certificate)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllFlags;
        _ = chain.Build(certificate);
        IEnumerable<X509Certificate2> issuers = chain.ChainElements
            .Select(element => element.Certificate)
            .Skip(1)
            .Where(issuer => issuer.Subject != issuer.Issuer);
        return [.. issuers.Prepend(certificate).Select(one => Convert.ToBase64String(one.RawData))];
    }
}
