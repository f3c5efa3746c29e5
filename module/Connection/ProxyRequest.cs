using System.Net;

namespace Microsoft.WSMan.Management;

/// <summary>The proxy of a connection, as wsman.h describes it.</summary>
/// <param name="Authentication">The mechanism: Negotiate, Basic or Digest.</param>
/// <param name="UserName">The user, with a domain before it; null for none.</param>
/// <param name="Address">The address as https_proxy has it; "" for no proxy.</param>
/// <param name="Bypass">The computers that are reached without the proxy, as no_proxy has them.</param>
internal sealed record ProxyRequest(string Authentication, string? UserName, string Address, string Bypass)
{
    private const uint CredentialWithoutProxy = 0x8033819D;

    // Of the entries of no_proxy.
    private static readonly char[] s_separators = [',', ' ', '\t'];

    /// <summary>
    /// The proxy that a session option and the environment name: https_proxy and no_proxy, or the same in capitals.
    /// Without ProxyAuthentication no proxy is used, as on Windows.
    /// </summary>
    /// <exception cref="WSManException">There is a credential for a proxy that is not to be used.</exception>
    public static ProxyRequest? From(SessionOption? option)
    {
        if (option is null || option.ProxyAuthentication == 0)
        {
            return null;
        }

        bool isWithoutProxy = option.ProxyAccessType == ProxyAccessType.ProxyNoProxyServer;
        if (isWithoutProxy && option.ProxyCredential is not null)
        {
            throw Errors.InvalidArgument(
                Messages.ProxyCredentialWithoutProxy,
                CredentialWithoutProxy,
                "ERROR_WSMAN_INVALID_OPTION_NO_PROXY_SERVER");
        }

        return new ProxyRequest(
            option.ProxyAuthentication.ToString(),
            UserNameOf(option.ProxyCredential),
            isWithoutProxy ? "" : DnsNames.ToAsciiHost(WithoutUserInfo(Variable("https_proxy"))),
            string.Join(',', Variable("no_proxy").Split(s_separators).Select(DnsNames.ToAsciiHost)));
    }

    // The managed environment decides: a script's $env:https_proxy does not reach getenv() of the core.
    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? Environment.GetEnvironmentVariable(name.ToUpperInvariant()) ?? "";

    // "http://user:password@proxy:3128": the credential is the option's, and a password has no place in a document.
    private static string WithoutUserInfo(string address)
    {
        // The last @ ends it, because a password may have one that was not encoded.
        int at = address.LastIndexOf('@');
        int slashes = address.IndexOf("//", StringComparison.Ordinal);
        string scheme = slashes < 0 ? "" : address[..(slashes + 2)];
        return at < 0 ? address : scheme + address[(at + 1)..];
    }

    private static string? UserNameOf(NetworkCredential? credential) => credential switch
    {
        null => null,
        { Domain.Length: > 0 } => $"{credential.Domain}\\{credential.UserName}",
        _ => credential.UserName,
    };
}
