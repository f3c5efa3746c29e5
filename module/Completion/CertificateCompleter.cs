using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Completes the thumbprints of the user's certificates. Those with their private keys come first, since no others can
/// be presented, and of these the one that is valid for longest.
/// </summary>
internal sealed class CertificateCompleter : ValueCompleter
{
    private protected override IEnumerable<Candidate> Candidates(AskedValue asked)
    {
        IReadOnlyList<X509Certificate2> all = ClientCertificates.All();
        try
        {
            return [.. all
                .OrderByDescending(certificate => certificate.HasPrivateKey)
                .ThenByDescending(certificate => certificate.NotAfter)
                .Select(certificate => new Candidate(certificate.Thumbprint, ToolTip(certificate)))];
        }
        finally
        {
            foreach (X509Certificate2 certificate in all)
            {
                certificate.Dispose();
            }
        }
    }

    // Such as "CN=admin, until 2027-01-31" or "CN=old, expired on 2020-01-31, without its private key".
    private static string ToolTip(X509Certificate2 certificate)
    {
        string end = certificate.NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string state = certificate.NotAfter < DateTime.Now ? "expired on" : "until";
        string key = certificate.HasPrivateKey ? "" : ", without its private key";
        return $"{certificate.Subject}, {state} {end}{key}";
    }
}
