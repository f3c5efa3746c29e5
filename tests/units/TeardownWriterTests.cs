namespace Microsoft.WSMan.Management.Units;

public sealed class TeardownWriterTests
{
    [Fact]
    public void TheRecordGoesFirstThenTheStepsThenTheWarnings()
    {
        TeardownReport report = new()
        {
            ComputerName = "server01",
            Steps = [new TeardownStep { Step = "close", Result = "ok" }],
            Warnings = ["Something is left."],
        };
        List<string> written = [];

        TeardownWriter.Write(
            report,
            (record, tags) => written.Add($"{ReferenceEquals(record, report)} {string.Join(',', tags)}"),
            verbose => written.Add($"VERBOSE {verbose}"),
            warning => written.Add($"WARNING {warning}"));

        Assert.Equal(
            [
                "True WSMan.Teardown", "VERBOSE server01: close: ok, 0.0 ms", "VERBOSE server01 closed: 0 ms",
                "WARNING Something is left.",
            ],
            written);
    }
}
