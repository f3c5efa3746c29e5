using System.Runtime.InteropServices;
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
/// The secrets of a connection for the length of one call. Disposing wipes them, and disposes the certificate, which
/// was found for this call and holds its key.
/// </summary>
internal sealed unsafe class Credentials : IDisposable
{
    private readonly X509Certificate2? _certificate;
    private readonly SecretUtf8 _password;
    private readonly Pkcs8Key _key;
    private readonly SecretUtf8 _proxyPassword;

    /// <summary>Copies the secrets; null, for a call in an open session, has none.</summary>
    /// <exception cref="WSManException">The private key cannot be had.</exception>
    public Credentials(ConnectSecrets? secrets)
    {
        _certificate = secrets?.Certificate;

        // The key goes first: nothing else is copied yet if it cannot be exported.
        _key = new Pkcs8Key(_certificate);
        _password = new SecretUtf8(secrets?.Password);
        _proxyPassword = new SecretUtf8(secrets?.ProxyPassword);
        Entry = (NativeCredentials*)NativeMemory.AllocZeroed((nuint)sizeof(NativeCredentials));
        Entry->Password = _password.Bytes;
        Entry->PasswordLength = _password.Length;
        Entry->PrivateKey = _key.Bytes;
        Entry->PrivateKeyLength = _key.Length;
        Entry->ProxyPassword = _proxyPassword.Bytes;
        Entry->ProxyPasswordLength = _proxyPassword.Length;
    }

    public NativeCredentials* Entry { get; }

    public void Dispose()
    {
        NativeMemory.Free(Entry);
        _proxyPassword.Dispose();
        _password.Dispose();
        _key.Dispose();
        _certificate?.Dispose();
    }
}
