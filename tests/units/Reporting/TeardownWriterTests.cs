namespace Microsoft.WSMan.Management.Units.Reporting;

public sealed class TeardownWriterTests
{
    [Fact]
    public void TheRecordsGoFirstThenTheStepsAndWarningsOfEach()
    {
        TeardownReport[] reports =
        [
            new()
            {
                ComputerName = "server01",
                Steps = [new TeardownStep { Step = "close", Result = "ok" }],
                Warnings = ["Something is left."],
            },
            new() { ComputerName = "server02" },
        ];
        List<string> written = [];

        TeardownWriter.Write(
            reports,
            (record, tags) => written.Add($"{((TeardownReport)record).ComputerName} {string.Join(',', tags)}"),
            verbose => written.Add($"VERBOSE {verbose}"),
            warning => written.Add($"WARNING {warning}"));

        Assert.Equal(
            [
                "server01 WSMan.Teardown", "server02 WSMan.Teardown",
                "VERBOSE server01: close: ok, at 0.0 ms for 0.0 ms",
                "VERBOSE server01 closed: 0 ms", "WARNING Something is left.", "VERBOSE server02 closed: 0 ms",
            ],
            written);
    }
}
