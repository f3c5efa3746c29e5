using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>The base of the cmdlets that connect: who the user is, and how that is proved.</summary>
public abstract class AuthenticatingWSManCommand : WSManCommand
{
    private PSCredential? _credential;

    private AuthenticationMechanism _authentication = AuthenticationMechanism.Default;

    private string? _certificateThumbprint;

    /// <summary>The user name and password.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Credential]
    [Alias("cred", "c")]
    public virtual PSCredential? Credential
    {
        get => _credential;
        set
        {
            _credential = value;
            RequireOneIdentity();
        }
    }

    /// <summary>The authentication mechanism.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("auth", "am")]
    public virtual AuthenticationMechanism Authentication
    {
        get => _authentication;
        set
        {
            _authentication = value;
            RequireOneIdentity();
        }
    }

    /// <summary>The thumbprint of the client certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? CertificateThumbprint
    {
        get => _certificateThumbprint;
        set
        {
            _certificateThumbprint = value;
            RequireOneIdentity();
        }
    }

    private protected Identity Identity => Identity.From(Authentication, Credential, CertificateThumbprint);

    // Every setter asks, because the engine binds parameters in no order that could be relied on.
    private protected void RequireOneIdentity() =>
        IdentityRules.RequireOneIdentity(StatedAuthentication, Credential, CertificateThumbprint);

    /// <summary>What the user said, as far as it excludes something.</summary>
    private protected virtual AuthenticationMechanism StatedAuthentication => Authentication;
}

/// <summary>Which of the three identity parameters exclude each other.</summary>
internal static class IdentityRules
{
    /// <exception cref="InvalidOperationException">Two of them say who connects.</exception>
    public static void RequireOneIdentity(
        AuthenticationMechanism authentication, PSCredential? credential, string? thumbprint)
    {
        if (thumbprint is null)
        {
            return;
        }

        if (credential is not null && credential != PSCredential.Empty)
        {
            throw new InvalidOperationException(Messages.Ambiguous("CertificateThumbprint", "Credential"));
        }

        if (authentication is not (AuthenticationMechanism.Default or AuthenticationMechanism.ClientCertificate))
        {
            throw new InvalidOperationException(
                Messages.Ambiguous("CertificateThumbprint", $"Authentication {authentication}"));
        }
    }
}
