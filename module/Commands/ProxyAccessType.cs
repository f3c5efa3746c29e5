namespace Microsoft.WSMan.Management;

/// <summary>Where the proxy server's address comes from. The names and numbers are those of Windows.</summary>
public enum ProxyAccessType
{
    /// <summary>From the user's browser settings.</summary>
    ProxyIEConfig = 0,

    /// <summary>From the settings of the computer.</summary>
    ProxyWinHttpConfig = 1,

    /// <summary>Found by automatic detection.</summary>
    ProxyAutoDetect = 2,

    /// <summary>No proxy: names are resolved locally.</summary>
    ProxyNoProxyServer = 3,
}
