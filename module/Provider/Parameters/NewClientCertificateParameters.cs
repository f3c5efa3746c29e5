using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The parameters that New-Item gets at ClientCertificate. The user is in New-Item's own -Credential.
/// </summary>
public sealed class NewClientCertificateParameters
{
    /// <summary>The thumbprint of the authority that issued the certificates.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Issuer { get; set; } = "";

    /// <summary>The subject of the certificates, a pattern with *.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Subject { get; set; } = "*";

    /// <summary>The resources for which the mapping holds, a pattern with *.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Uri URI { get; set; } = new("*", UriKind.RelativeOrAbsolute);

    /// <summary>Whether the mapping is used.</summary>
    [Parameter]
    public bool Enabled { get; set; } = true;

    internal NewMapping ToMapping(PSCredential? credential)
    {
        // Windows takes the name without its domain: a mapping is to a local user. A credential that is asked for that
        // name itself keeps another copy of its password from then on.
        ConfigUser? user = ConnectCredential.OrNone(credential) is { } given
            ? new ConfigUser(ConnectCredential.SplitUserName(given.UserName).User, given.Password)
            : null;
        return new NewMapping(Issuer, Subject, URI.OriginalString, Enabled, user);
    }
}
