using System.Globalization;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// How long things may take. Over a library with sanitizers everything is slower, and the build says
/// by how much.
/// </summary>
internal static class Bounds
{
    private static readonly double s_factor = double.TryParse(
        Environment.GetEnvironmentVariable("WSMAN_TEST_TIME_FACTOR"), CultureInfo.InvariantCulture, out double factor)
        ? factor
        : 1;

    /// <summary>Whether the library under test was built with sanitizers.</summary>
    public static bool IsSanitized => s_factor > 1;

    /// <summary>Whatever is waited for, it is there by then or something is broken.</summary>
    public static TimeSpan Patience { get; } = Of(TimeSpan.FromSeconds(60));

    /// <summary>A bound that the product promises, as it is on this build.</summary>
    public static TimeSpan Of(TimeSpan promised) => promised * s_factor;
}
