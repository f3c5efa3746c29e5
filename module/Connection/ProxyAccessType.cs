namespace Microsoft.WSMan.Management;

/// <summary>
/// The source of the proxy server's address. Names and numbers are those of Windows. Here all but ProxyNoProxyServer
/// mean the environment variables https_proxy and no_proxy.
/// </summary>
public enum ProxyAccessType
{
    /// <summary>The user's browser settings.</summary>
    ProxyIEConfig = 0,

    /// <summary>The settings of the computer.</summary>
    ProxyWinHttpConfig = 1,

    /// <summary>Automatic detection.</summary>
    ProxyAutoDetect = 2,

    /// <summary>No proxy: names are resolved locally.</summary>
    ProxyNoProxyServer = 3,
}
