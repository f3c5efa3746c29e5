using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography.X509Certificates;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>wsman_credentials of wsman.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeCredentials
{
    public byte* Password;
    public nuint PasswordLength;
    public byte* PrivateKey;
    public nuint PrivateKeyLength;
    public byte* ProxyPassword;
    public nuint ProxyPasswordLength;
}

/// <summary>
/// The secrets of a connection for the length of one call, and the client certificate, which is found for it and holds
/// its key. Disposing wipes them.
/// </summary>
internal sealed unsafe class Credentials : IDisposable
{
    private readonly X509Certificate2? _certificate;
    private readonly SecretUtf8? _password;
    private readonly Pkcs8Key? _key;
    private readonly SecretUtf8? _proxyPassword;

    /// <summary>Copies the secrets; null, for a call in an open session, has none.</summary>
    /// <exception cref="WSManException">The certificate, or its private key, cannot be had.</exception>
    public Credentials(ConnectSecrets? secrets)
    {
        Entry = (NativeCredentials*)NativeMemory.AllocZeroed((nuint)sizeof(NativeCredentials));
        try
        {
            _certificate = secrets?.Thumbprint is { } thumbprint ? ClientCertificates.Find(thumbprint) : null;
            _key = new Pkcs8Key(_certificate);
            _password = new SecretUtf8(secrets?.Password);

            // The credential gives a copy each time.
            using SecureString? proxyPassword = secrets?.ProxyCredential?.SecurePassword;
            _proxyPassword = new SecretUtf8(proxyPassword);
        }
        catch
        {
            // An object whose constructor throws is never disposed by its caller.
            Dispose();
            throw;
        }

        Entry->Password = _password.Bytes;
        Entry->PasswordLength = _password.Length;
        Entry->PrivateKey = _key.Bytes;
        Entry->PrivateKeyLength = _key.Length;
        Entry->ProxyPassword = _proxyPassword.Bytes;
        Entry->ProxyPasswordLength = _proxyPassword.Length;
    }

    public NativeCredentials* Entry { get; }

    /// <summary>The request with the certificate that is shown.</summary>
    [return: NotNullIfNotNull(nameof(request))]
    public ConnectRequest? Complete(ConnectRequest? request) => request is null || _certificate is null
        ? request
        : request with { Certificates = ClientCertificates.Chain(_certificate) };

    public void Dispose()
    {
        NativeMemory.Free(Entry);
        _proxyPassword?.Dispose();
        _password?.Dispose();
        _key?.Dispose();
        _certificate?.Dispose();
    }
}
