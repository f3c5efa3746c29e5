using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A request to connect or identify, as wsman.h describes it. Secrets are not part of its document: they cross
/// as pointer and length.
/// </summary>
internal sealed record ConnectRequest
{
    public string? ComputerName { get; init; }

    public int? Port { get; init; }

    public string? ApplicationName { get; init; }

    public bool? UseSsl { get; init; }

    public string? ConnectionUri { get; init; }

    public string Authentication { get; init; } = "";

    public string? UserName { get; init; }

    public string[]? Certificates { get; init; }

    public ProxyRequest? Proxy { get; init; }

    public ConnectOptions? Options { get; init; }

    /// <summary>How much is to be told of what is exchanged: "verbose", "debug", or nothing.</summary>
    public string? Trace { get; init; }

    [JsonIgnore]
    public ConnectSecrets? Secrets { get; init; }
}

/// <summary>What goes beside a request to connect.</summary>
internal sealed record ConnectSecrets(
    SecureString? Password, X509Certificate2? Certificate, SecureString? ProxyPassword);

/// <summary>The part of a session option that the core obeys.</summary>
internal sealed record ConnectOptions(
    bool SkipCACheck,
    bool SkipCNCheck,
    bool SkipRevocationCheck,
    bool NoEncryption,
    bool SpnPort,
    bool UseUtf16,
    int OperationTimeoutMs)
{
    public static ConnectOptions? From(SessionOption? option) => option is null
        ? null
        : new ConnectOptions(
            option.SkipCACheck,
            option.SkipCNCheck,
            option.SkipRevocationCheck,
            !option.UseEncryption,
            option.SPNPort > 0,
            option.UseUtf16,
            option.OperationTimeout);
}

/// <summary>Who connects: the mechanism, the name that is sent, and the secret that goes beside the request.</summary>
internal sealed record Identity(string Mechanism, string? UserName, SecureString? Password)
{
    /// <summary>Of a client certificate, where it stands for the user's name.</summary>
    public X509Certificate2? Certificate { get; private init; }

    /// <summary>From the three parameters that every connecting cmdlet has.</summary>
    /// <exception cref="WSManException">There is no certificate with that thumbprint.</exception>
    public static Identity From(AuthenticationMechanism mechanism, PSCredential? credential, string? thumbprint)
    {
        if (!string.IsNullOrEmpty(thumbprint))
        {
            return new Identity(nameof(AuthenticationMechanism.ClientCertificate), null, null)
            {
                Certificate = ClientCertificates.Find(thumbprint),
            };
        }

        return credential is null || credential == PSCredential.Empty
            ? new Identity(mechanism.ToString(), null, null)
            : new Identity(mechanism.ToString(), NameToSend(credential.UserName), credential.Password);
    }

    /// <summary>
    /// The user name as the original sends it: DOMAIN\user, or the plain name where there is no domain.
    /// user@domain is split the way PowerShell splits it: only where the part after the @ has no dot, or
    /// where there are two @.
    /// </summary>
    internal static string NameToSend(string name)
    {
        int slash = name.IndexOf('\\', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return slash == 0 ? name[1..] : name;
        }

        int at = name.LastIndexOf('@');
        bool split = at > 0 && (name.LastIndexOf('.') < at || name.IndexOf('@', StringComparison.Ordinal) != at);
        return split ? $"{name[(at + 1)..]}\\{name[..at]}" : name;
    }
}
