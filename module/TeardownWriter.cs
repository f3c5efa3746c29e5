namespace Microsoft.WSMan.Management;

/// <summary>
/// Tells a command's streams how a session ended. It is called only when the ending is over, because any
/// write may throw (a reader that has enough, -WarningAction Stop); and what matters most goes first: the
/// record, then the steps, then the warnings.
/// </summary>
internal static class TeardownWriter
{
    private static readonly string[] s_tags = ["WSMan.Teardown"];

    public static void Write(
        TeardownReport report, Action<object, string[]> information, Action<string> verbose, Action<string> warning)
    {
        information(report, s_tags);
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
