namespace Microsoft.WSMan.Management;

/// <summary>Where to connect to: what Connect-WSMan and New-Item at the root of the drive have in common.</summary>
internal sealed record ConnectTarget(
    string? ComputerName, int Port, string? ApplicationName, bool UseSsl, Uri? ConnectionUri)
{
    /// <summary>The name that the session gets.</summary>
    public string SessionName =>
        ComputerNames.ToSessionName(ConnectionUri is null ? ComputerName : ConnectionUri.DnsSafeHost);

    /// <summary>What is wrong with the URI and what the error names as its target; null if nothing is.</summary>
    public (string Message, object Target)? UriObjection
    {
        get
        {
            // Such a URI is not named as the target: the error would show the password.
            if (ConnectionUri is { IsAbsoluteUri: true, UserInfo.Length: > 0 })
            {
                return (Messages.UriWithUserInfo, SessionName);
            }

            return ConnectionUri is null || IsProper(ConnectionUri) ? null : (Messages.NotProperUri, ConnectionUri);
        }
    }

    /// <summary>The request for the native library.</summary>
    /// <exception cref="WSManException">It asks for what cannot be, such as a port above 65535.</exception>
    public ConnectRequest Request(Identity identity, SessionOption? option)
    {
        if (Port is < 0 or > ushort.MaxValue)
        {
            throw new WSManException(WSManErrorCode.InvalidArgument, Messages.NoSuchPort(Port));
        }

        return new ConnectRequest
        {
            ComputerName = ConnectionUri is null ? SessionName : null,
            Port = Port == 0 ? null : Port,
            ApplicationName = string.IsNullOrEmpty(ApplicationName) ? null : ApplicationName,
            UseSsl = UseSsl ? true : null,
            ConnectionUri = ConnectionUri?.OriginalString.Trim(),
            Authentication = identity.Mechanism,
            UserName = identity.UserName,
            Certificates = identity.Certificate is null ? null : ClientCertificates.Chain(identity.Certificate),
            Proxy = ProxyRequest.From(option),
            Options = ConnectOptions.From(option),
            Secrets = new ConnectSecrets(
                identity.Password, identity.Certificate, option?.ProxyCredential?.SecurePassword),
        };
    }

    private static bool IsProper(Uri uri) =>
        uri.IsAbsoluteUri
        && uri.OriginalString.Contains("//", StringComparison.Ordinal)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0;
}
