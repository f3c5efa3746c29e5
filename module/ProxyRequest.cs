using System.Net;

namespace Microsoft.WSMan.Management;

/// <summary>How to get through a proxy.</summary>
internal sealed record ProxyRequest(string Authentication, string? UserName, string Address, string Bypass)
{
    private const uint NoProxyWithCredentials = 0x8033819D;

    /// <summary>
    /// What a session option says, and the environment: https_proxy and no_proxy, or the same in capitals. Without
    /// ProxyAuthentication no proxy is used, as on Windows.
    /// </summary>
    /// <exception cref="WSManException">There is a credential for a proxy that is not to be used.</exception>
    public static ProxyRequest? From(SessionOption? option)
    {
        if (option is null || option.ProxyAuthentication == 0)
        {
            return null;
        }

        bool none = option.ProxyAccessType == ProxyAccessType.ProxyNoProxyServer;
        if (none && option.ProxyCredential is not null)
        {
            throw new WSManException(WSManErrorCode.InvalidArgument, Messages.NoProxyWithCredential)
            {
                WSManCode = NoProxyWithCredentials,
                WSManCodeName = "ERROR_WSMAN_INVALID_OPTION_NO_PROXY_SERVER",
            };
        }

        return new ProxyRequest(
            option.ProxyAuthentication.ToString(),
            UserNameOf(option.ProxyCredential),
            none ? "" : WithoutUser(Variable("https_proxy")),
            Variable("no_proxy"));
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? Environment.GetEnvironmentVariable(name.ToUpperInvariant()) ?? "";

    // "http://user:password@proxy:3128": the credential is the option's, and a password has no place in a document.
    private static string WithoutUser(string address)
    {
        int at = address.LastIndexOf('@');
        int slashes = address.IndexOf("//", StringComparison.Ordinal);
        return at < 0 ? address : string.Concat(address.AsSpan(0, slashes < 0 ? 0 : slashes + 2), address.AsSpan(at + 1));
    }

    private static string? UserNameOf(NetworkCredential? credential) => credential switch
    {
        null => null,
        { Domain.Length: > 0 } => $"{credential.Domain}\\{credential.UserName}",
        _ => credential.UserName,
    };
}
