using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Tells whether somebody of this runspace stands in an item of the drive or below it: the current location and the
/// pushed ones count. Removing the item, or ending the session of a computer, would leave them a location that leads
/// nowhere. Nobody stands where a drive merely remembers to have been, so that memory is set back instead.
/// </summary>
internal static class LocationGuard
{
    /// <summary>The sentence that names such a location and how to leave it; null if there is none.</summary>
    public static string? FindConflict(SessionState state, WSManPath item) =>
        FindCurrent(state, item) ?? FindPushed(state, item);

    /// <summary>
    /// The same for the current location alone, for a computer whose session is replaced: a pushed location leads to
    /// the new one.
    /// </summary>
    public static string? FindCurrent(SessionState state, WSManPath item)
    {
        PathInfo location = state.Path.CurrentLocation;
        if (!IsInside(location, item))
        {
            return null;
        }

        string? drive = DriveOf(state, location);
        return Messages.LocationInUse(Below(drive, item), WayOut(drive));
    }

    /// <summary>Sets every drive that remembers a location in the item back to its root.</summary>
    public static void Forget(SessionState state, WSManPath item)
    {
        foreach (PSDriveInfo drive in Drives(state))
        {
            if (WSManPath.BelowRoot(drive.CurrentLocation).IsAtOrBelow(item))
            {
                drive.CurrentLocation = "";
            }
        }
    }

    private static string? FindPushed(SessionState state, WSManPath item)
    {
        string usual = state.Path.LocationStack(stackName: null).Name;
        foreach ((string stack, PathInfo location) in EngineQuirks.PushedLocations(state))
        {
            if (IsInside(location, item))
            {
                bool isUsual = stack.Equals(usual, StringComparison.OrdinalIgnoreCase);
                string pop = isUsual ? "Pop-Location" : $"Pop-Location -StackName {Quoted(stack)}";
                string? drive = DriveOf(state, location);
                return Messages.LocationOnStack(Below(drive, item), pop, WayOut(drive));
            }
        }

        return null;
    }

    // The drive of a provider-qualified location is hidden, and there may be no other.
    private static string? DriveOf(SessionState state, PathInfo location) =>
        location.Drive?.Name ?? Drives(state).FirstOrDefault()?.Name;

    private static string WayOut(string? drive) => drive is null ? "Set-Location /" : $"Set-Location {drive}:\\";

    // The name of a stack may be any text. The marks are not those that the sentence has around the command.
    private static string Quoted(string stack) =>
        stack.All(char.IsAsciiLetterOrDigit) ? stack : $"\"{Regex.Replace(stack, "[`$\"]", "`$0")}\"";

    private static string Below(string? drive, WSManPath item) =>
        $"{drive ?? WSManDriveInfo.DefaultName}:\\{string.Join('\\', item.Segments)}";

    private static IEnumerable<PSDriveInfo> Drives(SessionState state) =>
        state.Drive.GetAll().Where(drive => IsOurs(drive.Provider));

    private static bool IsInside(PathInfo location, WSManPath item)
    {
        try
        {
            return IsOurs(location.Provider) && WSManPath.Parse(location.ProviderPath).IsAtOrBelow(item);
        }
        catch (SessionStateException)
        {
            // A pushed location on a drive that has been removed since leads nowhere already.
            return false;
        }
    }

    // The type and not the name is compared, because another module may have a provider of the same name.
    private static bool IsOurs(ProviderInfo? provider) => provider?.ImplementingType == typeof(WSManConfigProvider);
}
