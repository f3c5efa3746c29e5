namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>The drive and its items as a person sees them at the prompt.</summary>
public sealed class DriveViewTests(EndpointFixture computers) : IClassFixture<EndpointFixture>
{
    [Fact]
    public void TheListingIsTheOneOfTheHelpPage()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Lines("Import-Module Portable.WSMan.Management", "cd WSMan:", "dir").Succeeded();

        string[] lines = result.Output.Split('\n');
        int start = Array.IndexOf(lines, "PS WSMan:/> dir");
        Assert.True(start > 0, result.Output);
        Assert.Equal(
            [
                "",
                "   WSManConfig: Microsoft.WSMan.Management\\WSMan::WSMan",
                "",
                "ComputerName                                  Type",
                "------------                                  ----",
                "localhost                                     Container",
            ],
            lines.Skip(start + 1).Take(6).Select(l => l.TrimEnd()));
    }

    [Fact]
    public void AComputerIsListedBesideLocalhost()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command(
            $"Connect-WSMan {computers.One} -Port {computers.Service.Http} -Authentication None; dir WSMan:\\")
            .Succeeded();

        Assert.Equal($"{computers.One,-45} Container", result.Lines[^1]);
        Assert.StartsWith("localhost ", result.Lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void TheAnswerOfTestWSManIsAList()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command($"Test-WSMan {computers.One} -Port {computers.Service.Http}")
            .Succeeded();

        Assert.Equal(
            ["wsmid", "ProtocolVersion", "ProductVendor", "ProductVersion"],
            result.Lines.Select(l => l.Split(" :")[0].TrimEnd()));
    }

    [Fact]
    public void TheReportHasAViewOfItsOwn()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command(
            $"Connect-WSMan {computers.One} -Port {computers.Service.Http} -Authentication None; " +
            $"Disconnect-WSMan {computers.One} -InformationVariable report; $report.MessageData").Succeeded();

        Assert.Contains(result.Lines, l => l.Contains(computers.One, StringComparison.Ordinal));
        Assert.Contains(result.Lines, l => l.Contains("Graceful", StringComparison.Ordinal));
    }
}
