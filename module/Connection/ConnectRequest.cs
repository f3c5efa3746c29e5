using System.Net;
using System.Security;
using System.Text.Json.Serialization;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A request to connect or identify, as wsman.h describes it; a member that is null is left out. Secrets are not part
/// of its document: they cross as pointer and length.
/// </summary>
internal sealed record ConnectRequest
{
    public string? ComputerName { get; init; }

    /// <summary>The computer in ASCII, where its name has other letters.</summary>
    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? ApplicationName { get; init; }

    public bool? UseSsl { get; init; }

    public string? ConnectionUri { get; init; }

    public string Authentication { get; init; } = "";

    public string? UserName { get; init; }

    /// <summary>The client certificate and its issuers, which the call adds; null for none.</summary>
    public string[]? Certificates { get; init; }

    public ProxyRequest? Proxy { get; init; }

    public ConnectOptions? Options { get; init; }

    /// <summary>The language for the texts of faults; null for that of the library.</summary>
    public string? Locale { get; init; }

    /// <summary>The level of the trace (<see cref="TraceLine"/>); null for none.</summary>
    public string? Trace { get; init; }

    [JsonIgnore]
    public ConnectSecrets? Secrets { get; init; }
}

/// <summary>The secrets that cross beside a request to connect. The call copies them, and not before.</summary>
/// <param name="Password">The user's password.</param>
/// <param name="Thumbprint">The client certificate, whose key it is.</param>
/// <param name="ProxyCredential">The credential for a proxy.</param>
internal sealed record ConnectSecrets(SecureString? Password, string? Thumbprint, NetworkCredential? ProxyCredential);

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

            // The number itself counts for nothing: the service's name gets the port that is connected to.
            option.SPNPort > 0,
            option.UseUtf16,

            // On Windows a time below zero is none.
            Math.Max(0, option.OperationTimeout));
}
