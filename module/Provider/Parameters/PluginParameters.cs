using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The parameters that New-Item gets at Plugin: the values of a plugin, or with -Name a file that has them all.
/// </summary>
public sealed class NewPluginParameters
{
    /// <summary>The name of the plugin.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "pathSet")]
    [ValidateNotNullOrEmpty]
    public string Plugin { get; set; } = "";

    /// <summary>The library on the server.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "pathSet")]
    [ValidateNotNullOrEmpty]
    public string FileName { get; set; } = "";

    /// <summary>The version of the plugin interface, 1 or 2.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "pathSet")]
    [ValidateNotNullOrEmpty]
    public string SDKVersion { get; set; } = "";

    /// <summary>The URI of the resource that the plugin serves.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "pathSet")]
    [ValidateNotNullOrEmpty]
    public Uri? Resource { get; set; }

    /// <summary>
    /// The operations that the resource supports: Get, Put, Create, Delete, Invoke, Enumerate, Subscribe, or Shell
    /// alone.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "pathSet")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownValueCompleter))]
    public object[] Capability { get; set; } = [];

    /// <summary>Text or XmlReader.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "pathSet")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownValueCompleter))]
    public string XMLRenderingType { get; set; } = "";

    /// <summary>The XML file that describes the plugin.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "nameSet")]
    [ValidateNotNullOrEmpty]
    public string? File { get; set; }

    /// <summary>The user as whom the plugin runs.</summary>
    [Parameter]
    [ValidateNotNull]
    public PSCredential? RunAsCredential { get; set; }

    /// <summary>Run in the process of other plugins.</summary>
    [Parameter]
    public SwitchParameter UseSharedProcess { get; set; }

    /// <summary>Start the process of the plugin with the service.</summary>
    [Parameter]
    public SwitchParameter AutoRestart { get; set; }

    /// <summary>The seconds after which an idle process of the plugin ends.</summary>
    [Parameter]
    public uint? ProcessIdleTimeoutSec { get; set; }

    /// <summary>The texts of an array that a user gives for capabilities.</summary>
    internal static IEnumerable<string> Texts(object[] capabilities) =>
        capabilities.Select(capability => ValueText.Of("Capability", ValueText.Unwrap(capability) ?? ""));

    internal NewPlugin ToPlugin() => new(ToOptions())
    {
        Name = Plugin,
        FileName = FileName,
        SdkVersion = SDKVersion,
        XmlRenderingType = XMLRenderingType,
        ResourceUri = $"{Resource}",
        Capabilities = Texts(Capability),
    };

    internal PluginOptions ToOptions() => new(
        ConnectCredential.OrNone(RunAsCredential) is { } user ? new ConfigUser(user.UserName, user.Password) : null,
        AutoRestart,
        UseSharedProcess,
        ProcessIdleTimeoutSec);
}

/// <summary>The parameters that New-Item gets at the InitializationParameters of a plugin.</summary>
public sealed class NewInitializationParameterParameters
{
    /// <summary>The name of the parameter.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string ParamName { get; set; } = "";

    /// <summary>The value of the parameter.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string ParamValue { get; set; } = "";
}

/// <summary>The parameters that New-Item gets at the Resources of a plugin.</summary>
public sealed class NewPluginResourceParameters
{
    /// <summary>The URI of the resource.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public Uri? ResourceUri { get; set; }

    /// <summary>The operations that the resource supports, as for a new plugin.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KnownValueCompleter))]
    public object[] Capability { get; set; } = [];
}

/// <summary>The parameters that New-Item gets at the Security of a resource of a plugin.</summary>
public sealed class NewPluginSecurityParameters
{
    /// <summary>The security descriptor.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Sddl { get; set; } = "";
}
