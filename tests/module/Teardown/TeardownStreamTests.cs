namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>Whoever reads the streams can have enough at any line: everything is ended before the first.</summary>
public sealed class TeardownStreamTests(EndpointFixture computers) : HeldOpenTests(computers)
{
    [Theory]
    [InlineData("-Verbose 4>&1 | Select-Object -First 1 | ForEach-Object { }")]
    [InlineData("-WarningAction Stop")]
    [InlineData("-Verbose 4>&1 | ForEach-Object { throw 'enough' }")]
    public void AReaderThatHasEnoughFindsEverythingEndedAndReported(string reader)
    {
        ConnectWithShell(Computers.One);
        using OpenEnumeration open = new(Computers.Service, Computers.One);

        Session.Run($"Disconnect-WSMan $name -InformationVariable told {reader}");

        AssertNothingHeld();
        EngineResult after = Session.Run("$told.MessageData; $item.State").Succeeded();
        Assert.Equal((1, 1, 1), Report(after).Ended);
        Assert.True(Report(after).Graceful);
        Assert.Equal("Closed", after.Output[^1].ToString());
    }

    [Fact]
    public void AReaderOfTheInformationStreamHasTheReportFirst()
    {
        ConnectWithShell(Computers.One);
        using OpenEnumeration open = new(Computers.Service, Computers.One);

        EngineResult result = Session.Run(
            "(Disconnect-WSMan $name -Verbose 4>&1 6>&1 | Select-Object -First 1).MessageData; $item.State")
            .Succeeded();

        AssertNothingHeld();
        Assert.Equal((1, 1, 1), Report(result).Ended);
        Assert.Equal("Closed", result.Output[^1].ToString());
    }

    [Fact]
    public void AWarningThatStopsComesLast()
    {
        Session.SetVariable("name", Computers.Two);
        Session.Run(
            "$item = Connect-WSMan $name @wsman -ApplicationName teardown/delete/status-503/wsman -PassThru\n" +
            MakeShell).Succeeded();

        EngineResult result = Session.Run("Disconnect-WSMan $name -InformationVariable told -WarningAction Stop");

        Assert.StartsWith("ActionPreferenceStop", result.Failed().FullyQualifiedErrorId, StringComparison.Ordinal);
        EngineResult after = Session.Run("$told.MessageData; $item.State").Succeeded();
        Assert.Equal((0, 0, 1), Report(after).Ended);
        Assert.Equal((0, 1, 0), Report(after).Abandoned);
        Assert.Equal("Closed", after.Output[^1].ToString());
        Assert.Equal(0, Computers.Service.CountsAt(0).Connections);

        Session.Run(
            "Connect-WSMan $name @wsman; Remove-WSManInstance shell @{ ShellId = $shell } -ComputerName $name; " +
            "Disconnect-WSMan $name").Succeeded();
        AssertNothingHeld();
    }

    [Fact]
    public void TheViewOfTheReportHasEveryCountAndTheSteps()
    {
        ConnectWithShell(Computers.One);

        EngineResult result = Session.Run(
            "Disconnect-WSMan $name -InformationVariable told; $told.MessageData | Out-String -Width 200").Succeeded();

        string text = Assert.Single(result.Text);
        foreach (string line in (string[])
            ["State +: Closed", "ShellsDeleted +: 1", "CommandsTerminated +: 1", "EnumerationsReleased +: 0",
                "Graceful +: True", "Steps +: \\{terminate: ok, .*, delete: ok, .*, close: ok, .*\\}"])
        {
            Assert.Matches($"(?m)^{line}", text);
        }
    }
}
