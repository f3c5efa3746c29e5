namespace Microsoft.WSMan.Management;

/// <summary>Reads from a fault of a service whether it lacks an instance or the whole configuration.</summary>
internal static class ConfigFault
{
    // What WinRM has for a URI that it does not know, and the library for the fault of another service that says so
    // (DSP0226, 14.6). The detail InvalidResourceURI alone WinRM also sends of an instance that is gone.
    private const uint UnknownUri = 0x8033803B;

    /// <summary>Whether the service has no instance under the name that was asked for.</summary>
    public static bool IsNoInstance(WSManException error) => KindOf(error) is "NoResource" or "NoInstance";

    /// <summary>
    /// Whether the service has no configuration of this kind at all. It may know neither the resource nor the
    /// operation, or may simply break; WinRM, which has one, sends a WSManFault with a failure of its own. What is not
    /// there for a change may be an instance that has gone.
    /// </summary>
    /// <param name="error">What the service answered.</param>
    /// <param name="isChange">Whether it was asked to change something.</param>
    public static bool IsNoConfiguration(WSManException error, bool isChange) => KindOf(error) switch
    {
        "Unsupported" => true,
        "ServerFailed" => !WSManFault.IsSent(error),
        "NoResource" => !isChange || error.WSManCode == UnknownUri,
        _ => false,
    };

    /// <summary>
    /// The error in words that say so, where the service has no configuration: it refuses in many ways, none of which
    /// does.
    /// </summary>
    public static WSManException WithHint(WSManException error, string computer, bool isChange) =>
        IsNoConfiguration(error, isChange)
            ? Errors.Reworded(error, Messages.NoConfiguration(computer, error.Message))
            : error;

    private static string KindOf(WSManException error) =>
        error.Code == WSManErrorCode.Fault ? error.FaultKind : "";
}
