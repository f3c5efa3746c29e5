namespace Microsoft.WSMan.Management;

/// <summary>
/// Writes to a command's streams how sessions ended. It is called only when the ending is over, because any
/// write may throw (a reader that has enough, -WarningAction Stop).
/// </summary>
internal static class TeardownWriter
{
    private static readonly string[] s_tags = ["WSMan.Teardown"];

    public static void Write(
        IReadOnlyList<TeardownReport> reports,
        Action<object, string[]> information,
        Action<string> verbose,
        Action<string> warning)
    {
        // The most important goes first: whatever a later write does, the records are out.
        foreach (TeardownReport report in reports)
        {
            information(report, s_tags);
        }

        foreach (TeardownReport report in reports)
        {
            Describe(report, verbose, warning);
        }
    }

    private static void Describe(TeardownReport report, Action<string> verbose, Action<string> warning)
    {
        foreach (TeardownStep step in report.Steps)
        {
            verbose($"{report.ComputerName}: {step}");
        }

        verbose(report.ToString());
        foreach (string sentence in report.Warnings)
        {
            warning(sentence);
        }
    }
}
