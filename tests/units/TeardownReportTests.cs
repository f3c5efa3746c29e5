using System.Globalization;

namespace Microsoft.WSMan.Management.Units;

public sealed class TeardownReportTests
{
    /// <summary>Reports, and their line.</summary>
    public static TheoryData<TeardownReport, string> Reports => new()
    {
        { new TeardownReport(), " closed: 0 ms" },
        { new TeardownReport { ComputerName = "server01", ElapsedMs = 12.4 }, "server01 closed: 12 ms" },
        {
            new TeardownReport
            {
                ComputerName = "fe80::1%eth0",
                EnumerationsReleased = 2,
                ShellsDeleted = 1,
                ElapsedMs = 1234.5678,
            },
            "fe80::1%eth0 closed: 2 enumerations, 1 shell, 1235 ms"
        },
        {
            new TeardownReport
            {
                ComputerName = "s",
                State = WSManSessionState.Broken,
                EnumerationsReleased = 1,
                ShellsDeleted = 2,
                CommandsTerminated = 1,
                EnumerationsAbandoned = 1,
                ShellsAbandoned = 3,
                CommandsAbandoned = 2,
                OperationsCancelled = 9,
                ConnectionsClosed = 9,
            },
            "s broken: 1 enumeration, 2 shells, 1 command, 1 enumeration abandoned, 3 shells abandoned, "
                + "2 commands abandoned, 0 ms"
        },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public void ItsLineSaysWhatEnded(TeardownReport report, string line) => Assert.Equal(line, report.ToString());

    [Fact]
    public void AStepIsALineInEveryCulture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = other;
        try
        {
            Assert.Equal(
                "release: no answer, 3.1 ms",
                new TeardownStep { Step = "release", Result = "no answer", Milliseconds = 3.14 }.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
