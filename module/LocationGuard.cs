using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Decides whether this runspace stands at an item of the drive or below. Removing the item, or ending or
/// replacing the session of a computer, would leave a location that leads nowhere. Remembered locations of
/// every drive of the provider and pushed ones count; whole path segments are compared, so that server10
/// does not block server1.
/// </summary>
internal static class LocationGuard
{
    /// <summary>
    /// The sentence that says where the runspace stands and how to leave; null if it stands elsewhere.
    /// </summary>
    public static string? Objection(SessionState state, string sessionName) =>
        Objection(state, WSManPath.BelowRoot(sessionName));

    /// <inheritdoc cref="Objection(SessionState, string)"/>
    public static string? Objection(SessionState state, WSManPath item)
    {
        string below = string.Join('\\', item.Segments);
        PSDriveInfo? drive = Drives(state)
            .FirstOrDefault(drive => WSManPath.BelowRoot(drive.CurrentLocation).IsAtOrBelow(item));
        if (drive is not null)
        {
            return Messages.StandingThere($"{drive.Name}:\\{below}", $"Set-Location {drive.Name}:\\");
        }

        // The drive of a provider-qualified location is hidden and in no list. The provider remembers it
        // until another location is set, so the same command leaves it.
        string path = $"{WSManDriveInfo.DefaultName}:\\{below}";
        if (Leads(state.Path.CurrentLocation, item) || Leads(Remembered(state), item))
        {
            return Messages.StandingThere(path, $"Set-Location {WSManDriveInfo.DefaultName}:\\");
        }

        return state.Path.LocationStack(stackName: null).Any(pushed => Leads(pushed, item))
            ? Messages.PushedThere(path)
            : null;
    }

    private static IEnumerable<PSDriveInfo> Drives(SessionState state) =>
        state.Drive.GetAll().Where(drive => IsOurs(drive.Provider));

    private static PathInfo? Remembered(SessionState state)
    {
        try
        {
            return state.Path.CurrentProviderLocation(WSManConfigProvider.ProviderName);
        }
        catch (SessionStateException)
        {
            return null;
        }
    }

    private static bool Leads(PathInfo? location, WSManPath item)
    {
        try
        {
            return location is not null
                && IsOurs(location.Provider)
                && WSManPath.Parse(location.ProviderPath).IsAtOrBelow(item);
        }
        catch (SessionStateException)
        {
            // A pushed location on a drive that has been removed since leads nowhere already.
            return false;
        }
    }

    private static bool IsOurs(ProviderInfo? provider) => provider?.ImplementingType == typeof(WSManConfigProvider);
}
