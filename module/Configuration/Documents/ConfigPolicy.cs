namespace Microsoft.WSMan.Management;

/// <summary>What a service says is set by a group policy, which cannot be changed over WS-Management.</summary>
internal static class ConfigPolicy
{
    private const uint CannotChangePolicy = 0x8033808A;

    /// <summary>Whether a policy is the source of a value.</summary>
    public static bool IsSource(string? source) => "GPO".Equals(source, StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses a change that the service would refuse, because the source is known already.</summary>
    /// <exception cref="WSManException">The value comes from a policy.</exception>
    public static void RequireNone(string path, string? source)
    {
        if (IsSource(source))
        {
            throw Errors.InvalidArgument(
                Messages.ControlledByPolicy(path, source!),
                CannotChangePolicy,
                "ERROR_WSMAN_CONFIG_CANNOT_CHANGE_GPO_CONTROLLED_SETTING");
        }
    }
}
