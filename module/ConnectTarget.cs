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
    /// <exception cref="WSManException">It asks for what cannot be: no such port, or a proxy.</exception>
    public ConnectRequest Request(Identity identity, SessionOption? option)
    {
        if (Port is < 0 or > ushort.MaxValue)
        {
            throw new WSManException(WSManErrorCode.InvalidArgument, Messages.NoSuchPort(Port));
        }

        // To connect past a proxy that was asked for would be worse than not to connect.
        if (option is { ProxyAuthentication: not 0 })
        {
            throw new WSManException(WSManErrorCode.InvalidArgument, Messages.ProxyNotOffered);
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
            Options = ConnectOptions.From(option),
        };
    }

    private static bool IsProper(Uri uri) =>
        uri.IsAbsoluteUri
        && uri.OriginalString.Contains("//", StringComparison.Ordinal)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0;
}
