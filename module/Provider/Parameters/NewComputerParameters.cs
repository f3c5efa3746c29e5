using System.Collections;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The parameters that New-Item gets where it connects to a computer. They are those of Connect-WSMan; the
/// user name and password are in New-Item's own -Credential.
/// </summary>
public class NewComputerParameters
{
    private AuthenticationMechanism _authentication = AuthenticationMechanism.Default;

    private string? _certificateThumbprint;

    /// <summary>Accepted as on Windows, where it has no effect either.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("OS")]
    public Hashtable? OptionSet { get; set; }

    /// <summary>The authentication mechanism.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("auth", "am")]
    public AuthenticationMechanism Authentication
    {
        get => _authentication;
        set
        {
            // New-Item's own -Credential is unknown here; the provider compares it (WSManConfigProvider.Connect).
            _authentication = value;
            ConnectCredential.RequireSingleSource(_authentication, credential: null, _certificateThumbprint);
        }
    }

    /// <summary>The thumbprint of the client certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CertificateCompleter))]
    public string? CertificateThumbprint
    {
        get => _certificateThumbprint;
        set
        {
            _certificateThumbprint = value;
            ConnectCredential.RequireSingleSource(_authentication, credential: null, _certificateThumbprint);
        }
    }

    /// <summary>Extended options, made by New-WSManSessionOption.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("SO")]
    public SessionOption? SessionOption { get; set; }

    /// <summary>The TCP port; the client setting of the scheme unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, int.MaxValue)]
    public int Port { get; set; }

    internal virtual ConnectTarget Target(string? computer) => new(computer, Port, null, UseSsl: false, null);
}

/// <summary>The parameters of New-Item where the computer is given in -Path.</summary>
public sealed class NewComputerByPathParameters : NewComputerParameters
{
    /// <summary>The application part of the URL.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApplicationNameCompleter))]
    public string ApplicationName { get; set; } = "wsman";

    /// <summary>Connect over https.</summary>
    [Parameter]
    public SwitchParameter UseSSL { get; set; }

    internal override ConnectTarget Target(string? computer) => new(computer, Port, ApplicationName, UseSSL, null);
}

/// <summary>The parameters of New-Item at the root, where the computer is given in -Name or in a URI.</summary>
public sealed class NewComputerAtRootParameters : NewComputerParameters
{
    /// <summary>The application part of the URL.</summary>
    [Parameter(ParameterSetName = "nameSet")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApplicationNameCompleter))]
    public string ApplicationName { get; set; } = "wsman";

    /// <summary>Connect over https.</summary>
    [Parameter(ParameterSetName = "nameSet")]
    public SwitchParameter UseSSL { get; set; }

    /// <summary>The whole address, such as https://server01:5986/wsman. Its host is the session's name.</summary>
    [Parameter(ParameterSetName = "pathSet", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public Uri? ConnectionURI { get; set; }

    // A URI stands for computer, application and scheme; the port counts if the URI has none.
    internal override ConnectTarget Target(string? computer) => ConnectionURI is null
        ? new ConnectTarget(computer, Port, ApplicationName, UseSSL, null)
        : new ConnectTarget(null, Port, null, UseSsl: false, ConnectionURI);
}
