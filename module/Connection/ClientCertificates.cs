using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Microsoft.WSMan.Management;

/// <summary>The certificates that a user can present to a server: those in the store CurrentUser\My.</summary>
internal static class ClientCertificates
{
    private const uint CertificateNotFound = 0x80338082;

    /// <summary>All of them, whether or not they can be used. The caller disposes of them.</summary>
    /// <exception cref="WSManException">The store cannot be read.</exception>
    public static IReadOnlyList<X509Certificate2> All()
    {
        try
        {
            using X509Store store = Open();
            return [.. store.Certificates];
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Errors.InvalidArgument(Messages.CertificateStoreNotRead(e.Message), e);
        }
    }

    /// <summary>
    /// The certificate with that thumbprint, in which only the hexadecimal digits count. The caller disposes of it.
    /// </summary>
    /// <exception cref="WSManException">There is none, or the store cannot be read.</exception>
    public static X509Certificate2 Find(string thumbprint)
    {
        // A thumbprint that is copied from a dialog of Windows has blanks, and begins with a mark that cannot be seen.
        string digits = string.Concat(thumbprint.Where(char.IsAsciiHexDigit));
        X509Certificate2? found = null;
        foreach (X509Certificate2 certificate in All())
        {
            // An expired one is found too, because the core says that it has expired, and this could only say "none".
            if (found is null && certificate.Thumbprint.Equals(digits, StringComparison.OrdinalIgnoreCase))
            {
                found = certificate;
            }
            else
            {
                // Each has its key in memory.
                certificate.Dispose();
            }
        }

        return found ?? throw Errors.InvalidArgument(
            Messages.NoSuchCertificate(thumbprint), CertificateNotFound, "ERROR_WSMAN_CERT_NOT_FOUND");
    }

    /// <summary>
    /// The certificate and those that issued it, as far as they are at hand, in DER and base64. The root is left
    /// out: a server trusts its own copy or none.
    /// </summary>
    public static string[] Chain(X509Certificate2 certificate)
    {
        // The chain is only put together: whether it is valid is for the server to say, and nothing is fetched.
        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllFlags;
        _ = chain.Build(certificate);
        IEnumerable<X509Certificate2> issuers = chain.ChainElements
            .Select(element => element.Certificate)
            .Skip(1)
            .Where(issuer => issuer.Subject != issuer.Issuer);
        return [.. issuers.Prepend(certificate).Select(member => Convert.ToBase64String(member.RawData))];
    }

    private static X509Store Open()
    {
        X509Store store = new(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        return store;
    }
}
