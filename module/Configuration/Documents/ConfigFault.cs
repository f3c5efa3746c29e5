namespace Microsoft.WSMan.Management;

/// <summary>Reads from a fault of a service whether it lacks an instance or the whole configuration.</summary>
internal static class ConfigFault
{
    // A service without a WinRM configuration may know neither the resource nor the operation, or may simply break.
    private static readonly string[] s_noConfiguration = ["NoResource", "Unsupported", "ServerFailed"];

    private static readonly string[] s_noInstance = ["NoResource", "NoInstance"];

    /// <summary>Whether the service has no instance under the name that was asked for.</summary>
    public static bool IsNoInstance(WSManException error) => IsOneOf(error, s_noInstance);

    /// <summary>Whether the service has no configuration of this kind at all.</summary>
    public static bool IsNoConfiguration(WSManException error) => IsOneOf(error, s_noConfiguration);

    /// <summary>
    /// The error in words that say so, where the service has no configuration: it refuses in many ways, none of which
    /// does.
    /// </summary>
    public static WSManException WithHint(WSManException error, string computer) => IsNoConfiguration(error)
        ? Errors.Reworded(error, Messages.NoConfiguration(computer, error.Message))
        : error;

    private static bool IsOneOf(WSManException error, string[] kinds) =>
        error.Code == WSManErrorCode.Fault && kinds.Contains(error.FaultKind, StringComparer.Ordinal);
}
