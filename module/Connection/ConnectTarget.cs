using System.Globalization;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The computer to connect to, as Connect-WSMan, the cmdlets and New-Item at the root of the drive name it.
/// </summary>
/// <param name="ComputerName">The name as typed; null and "" mean the local computer.</param>
/// <param name="Port">The TCP port; 0 where none was given.</param>
/// <param name="ApplicationName">The path of the URL; null or "" where none was given.</param>
/// <param name="UseSsl">Whether to connect over https.</param>
/// <param name="ConnectionUri">The whole address, which stands for all the others but a missing port; or null.</param>
internal sealed record ConnectTarget(
    string? ComputerName, int Port, string? ApplicationName, bool UseSsl, Uri? ConnectionUri)
{
    /// <summary>
    /// The name that the session gets. It is known before any call, because locations are checked by it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The URI is relative (<see cref="UriError"/>).</exception>
    public string SessionName =>
        ComputerNames.ToSessionName(ConnectionUri is null ? ComputerName : HostOf(ConnectionUri));

    /// <summary>The error of a URI that cannot be used, and the target that it names; null if it can.</summary>
    public (string Message, object Target)? UriError
    {
        get
        {
            // The core never sees such a URI: a password must stand in no JSON, and in no error either, so the target
            // is the computer.
            if (ConnectionUri is { IsAbsoluteUri: true, UserInfo.Length: > 0 })
            {
                return (Messages.UriWithUserInfo, SessionName);
            }

            // The core judges a URI as well, but the target of its errors is the session's name, which cannot be read
            // from a URI like this one.
            return ConnectionUri is null || IsHttpUri(ConnectionUri)
                ? null
                : (Messages.InvalidConnectionUri, ConnectionUri);
        }
    }

    /// <summary>The request for the native library.</summary>
    /// <exception cref="WSManException">A parameter has an impossible value, such as the port 65536, or a name without a
    /// form in ASCII.</exception>
    public ConnectRequest ToRequest(ConnectCredential credential, SessionOption? option)
    {
        // The core would refuse the number too, but as a document that it cannot read.
        if (Port is < 0 or > ushort.MaxValue)
        {
            throw Errors.InvalidArgument(Messages.NoSuchPort(Port));
        }

        string name = SessionName;
        string host = DnsNames.ToAscii(name) ?? throw DnsNames.NotAName(name);
        return new ConnectRequest
        {
            // Of a URI, too, whose host the core would take as it was typed: an IPv6 address has many forms.
            ComputerName = name,
            Host = host == name ? null : host,
            Port = Port == 0 ? null : Port,
            ApplicationName = string.IsNullOrEmpty(ApplicationName) ? null : ApplicationName,
            UseSsl = UseSsl ? true : null,

            // As it was typed: System.Uri would write it in its own form.
            ConnectionUri = ConnectionUri?.OriginalString.Trim(),
            Authentication = credential.Mechanism,
            UserName = credential.UserName,
            Proxy = ProxyRequest.From(option),
            Options = ConnectOptions.From(option),
            Locale = UILanguage,
            Secrets = new ConnectSecrets(credential.Password, credential.Thumbprint, option?.ProxyCredential),
        };
    }

    // As Windows asks for it. The invariant culture has no name; what stands behind "_" is an order of sorting.
    private static string? UILanguage =>
        CultureInfo.CurrentUICulture.Name.Split('_')[0] is { Length: > 0 } name ? name : null;

    // In a URI "%25" is the percent sign before a zone (RFC 6874, 2). RFC 9844 has withdrawn that form, but URIs are still
    // written so. "%25" with nothing behind it is the zone 25. The core reads it likewise.
    private static string HostOf(Uri uri)
    {
        string host = uri.DnsSafeHost;
        int zone = uri.HostNameType == UriHostNameType.IPv6 ? host.IndexOf("%25", StringComparison.Ordinal) : -1;
        return zone < 0 || zone + 3 == host.Length ? host : host.Remove(zone + 1, 2);
    }

    // System.Uri takes "http:server01" for a URI with a host.
    private static bool IsHttpUri(Uri uri) =>
        uri.IsAbsoluteUri
        && uri.OriginalString.Contains("//", StringComparison.Ordinal)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0;
}
