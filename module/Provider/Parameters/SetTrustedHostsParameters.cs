using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The parameters that Set-Item gets at the lists of the client: TrustedHosts, and LegacyTLSHosts and
/// AllowFreshCredentials of one's own.
/// </summary>
public sealed class SetTrustedHostsParameters
{
    /// <summary>Add to the entries that are there already; none is added twice.</summary>
    [Parameter]
    public SwitchParameter Concatenate { get; set; }
}
