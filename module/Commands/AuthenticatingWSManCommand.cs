using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The base of the cmdlets that connect: the parameters that say who the user is, and how that is proved.
/// </summary>
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
            RequireSingleSource();
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
            RequireSingleSource();
        }
    }

    /// <summary>The thumbprint of a client certificate in the store CurrentUser\My.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    public virtual string? CertificateThumbprint
    {
        get => _certificateThumbprint;
        set
        {
            _certificateThumbprint = value;
            RequireSingleSource();
        }
    }

    /// <summary>The credential that the parameters make.</summary>
    private protected ConnectCredential NewCredential() =>
        ConnectCredential.From(Authentication, Credential, CertificateThumbprint);

    // Every setter asks, because the engine binds parameters in no order that could be relied on, and an error of a
    // setter is the error of the binding that Windows has.
    private protected void RequireSingleSource() =>
        ConnectCredential.RequireSingleSource(ExplicitAuthentication, Credential, CertificateThumbprint);

    /// <summary>The mechanism as far as the user asked for it; Default excludes nothing.</summary>
    private protected virtual AuthenticationMechanism ExplicitAuthentication => Authentication;
}
