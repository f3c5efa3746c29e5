namespace Microsoft.WSMan.Management;

/// <summary>What the faults of a configuration mean to the drive.</summary>
internal static class ConfigFault
{
    // Services without such a tree do not know the resource, the operation, or what to say.
    private static readonly string[] s_unknownResource =
        ["DestinationUnreachable", "ActionNotSupported", "InternalError", "EndpointUnavailable"];

    private static readonly string[] s_unknownInstance = ["DestinationUnreachable", "InvalidSelectors"];

    /// <summary>Whether the service has no instance under the name that was asked for.</summary>
    public static bool SaysNotThere(WSManException error) => Is(error, s_unknownInstance);

    /// <summary>Whether the service has no configuration of this kind at all.</summary>
    public static bool SaysNoTree(WSManException error) => Is(error, s_unknownResource);

    private static bool Is(WSManException error, string[] subcodes) =>
        error.Code == WSManErrorCode.Fault && subcodes.Contains(error.SoapSubcode, StringComparer.Ordinal);
}
