using System.Globalization;

namespace Microsoft.WSMan.Management.Units.Reporting;

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
                Counts = new() { ["EnumerationsReleased"] = 2, ["ShellsDeleted"] = 1 },
                ElapsedMs = 1234.5678,
            },
            "fe80::1%eth0 closed: 2 enumerations, 1 shell, 1235 ms"
        },
        {
            new TeardownReport
            {
                ComputerName = "s",
                State = "Broken",
                Counts = new()
                {
                    ["EnumerationsReleased"] = 1,
                    ["ShellsDeleted"] = 2,
                    ["CommandsTerminated"] = 1,
                    ["EnumerationsAbandoned"] = 1,
                    ["ShellsAbandoned"] = 3,
                    ["CommandsAbandoned"] = 2,
                    ["OperationsCancelled"] = 9,
                    ["ConnectionsClosed"] = 9,
                },
            },
            "s broken: 1 enumeration, 2 shells, 1 command, 1 enumeration abandoned, 3 shells abandoned, "
                + "2 commands abandoned, 0 ms"
        },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public void ItsLineSaysWhatEnded(TeardownReport report, string line) => Assert.Equal(line, report.ToString());

    [Theory]
    [InlineData(typeof(TeardownReport))]
    [InlineData(typeof(TeardownStep))]
    public void NobodyCanChangeWhatItSays(Type type)
    {
        Assert.All(type.GetProperties(), property => Assert.Null(property.GetSetMethod()));
        Assert.NotEmpty(type.GetProperties());
    }

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
                "release: 0 of 1 enumeration, at 2.7 ms for 3.1 ms",
                new TeardownStep
                {
                    Step = "release",
                    Result = "0 of 1 enumeration",
                    StartMilliseconds = 2.71,
                    Milliseconds = 3.14,
                }.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
