using System.Management.Automation;
using System.Security;

namespace Microsoft.WSMan.Management;

/// <summary>
/// How a connection is authenticated: the mechanism, the user name that is sent, and the secret that crosses beside
/// the request.
/// </summary>
internal sealed record ConnectCredential(string Mechanism, string? UserName, SecureString? Password)
{
    /// <summary>The client certificate, which stands for the user's name; null with any other mechanism.</summary>
    public string? Thumbprint { get; private init; }

    /// <summary>Made from the three parameters that every connecting cmdlet has.</summary>
    public static ConnectCredential From(
        AuthenticationMechanism mechanism, PSCredential? credential, string? thumbprint)
    {
        if (!string.IsNullOrEmpty(thumbprint))
        {
            return new ConnectCredential(nameof(AuthenticationMechanism.ClientCertificate), null, null)
            {
                Thumbprint = thumbprint,
            };
        }

        return OrNone(credential) is { } given
            ? new ConnectCredential(mechanism.ToString(), UserNameToSend(given.UserName), given.Password)
            : new ConnectCredential(mechanism.ToString(), null, null);
    }

    /// <summary>
    /// The credential, or null where it names no user: a script writes [pscredential]::Empty for none.
    /// </summary>
    public static PSCredential? OrNone(PSCredential? credential) =>
        string.IsNullOrEmpty(credential?.UserName) ? null : credential;

    /// <summary>Refuses parameters of which two say who the user is.</summary>
    /// <exception cref="InvalidOperationException">A thumbprint is given together with a credential or another
    /// mechanism.</exception>
    public static void RequireSingleSource(
        AuthenticationMechanism mechanism, PSCredential? credential, string? thumbprint)
    {
        if (thumbprint is null)
        {
            return;
        }

        if (OrNone(credential) is not null)
        {
            throw new InvalidOperationException(Messages.ExclusiveParameters("CertificateThumbprint", "Credential"));
        }

        if (mechanism is not (AuthenticationMechanism.Default or AuthenticationMechanism.ClientCertificate))
        {
            throw new InvalidOperationException(
                Messages.ExclusiveParameters("CertificateThumbprint", $"Authentication {mechanism}"));
        }
    }

    /// <summary>
    /// The user name as the original sends it: DOMAIN\user, or the plain name where there is no domain.
    /// user@domain is split the way PowerShell splits it: only where the part after the @ has no dot, or
    /// where there are two @.
    /// </summary>
    internal static string UserNameToSend(string name)
    {
        int slash = name.IndexOf('\\', StringComparison.Ordinal);
        if (slash >= 0)
        {
            // PSCredential puts a backslash before a name that was typed without a domain.
            return slash == 0 ? name[1..] : name;
        }

        int at = name.LastIndexOf('@');
        bool hasDomain = at > 0 && (name.LastIndexOf('.') < at || name.IndexOf('@', StringComparison.Ordinal) != at);
        return hasDomain ? $"{name[(at + 1)..]}\\{name[..at]}" : name;
    }

    /// <summary>The same name in two parts; the domain is empty where there is none.</summary>
    internal static (string Domain, string User) SplitUserName(string name)
    {
        string sent = UserNameToSend(name);
        int slash = sent.IndexOf('\\', StringComparison.Ordinal);
        return slash < 0 ? ("", sent) : (sent[..slash], sent[(slash + 1)..]);
    }
}
