using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Disconnect;

/// <summary>What Disconnect-WSMan tells beside the pipeline, and that telling never gets in its way.</summary>
public sealed class DisconnectStreamTests(EndpointFixture computers) : ComputerTests(computers)
{
    [Fact]
    public void TheReportIsInTheInformationStream()
    {
        Connect(Computers.One);

        EngineResult result = Session.Run(
            "Disconnect-WSMan $args[0] -InformationVariable report; $report", Computers.One).Succeeded();

        InformationRecord record = Assert.IsType<InformationRecord>(Assert.Single(result.Output).BaseObject);
        Assert.Equal(["WSMan.Teardown"], record.Tags);
        PSObject report = PSObject.AsPSObject(record.MessageData);
        Assert.Equal("Microsoft.WSMan.Management.TeardownReport", report.BaseObject.GetType().FullName);
        Assert.Equal(Computers.One, report.Properties["ComputerName"].Value);
        Assert.Equal("Closed", report.Properties["State"].Value.ToString());
        Assert.Equal(true, report.Properties["Graceful"].Value);
        Assert.Equal(true, report.Properties["SecretsWiped"].Value);
        Assert.Equal(1, report.Properties["ConnectionsClosed"].Value);
        Assert.StartsWith($"{Computers.One} closed: ", report.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" ms", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void VerboseHasALineForEachStep()
    {
        Connect(Computers.One);

        EngineResult result = Session.Run("Disconnect-WSMan $args[0] -Verbose", Computers.One).Succeeded();

        Assert.NotEmpty(result.Verbose);
        Assert.All(result.Verbose, line => Assert.Contains(Computers.One, line, StringComparison.Ordinal));
        Assert.Contains(result.Verbose, line => line.Contains("close", StringComparison.Ordinal));
        Assert.All(result.Verbose, Expect.NoSecret);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Disconnect-WSMan $args[0] -Verbose 4>&1 | Select-Object -First 1")]
    [InlineData("Disconnect-WSMan $args[0] -InformationAction Continue 6>&1 | Select-Object -First 1")]
    [InlineData("Disconnect-WSMan $args[0] -WarningAction Stop -InformationAction Stop")]
    [InlineData("$VerbosePreference = 'Stop'; Disconnect-WSMan $args[0]")]
    public void TheTeardownIsWholeWhenAReaderHasEnough(string script)
    {
        Connect(Computers.One);

        Session.Run(script, Computers.One);

        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void SilentlyContinueDoesNotHideTheErrorAndTheScriptGoesOn()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command(
            "Disconnect-WSMan server01 -ErrorAction SilentlyContinue; 'after'; $Error[0].FullyQualifiedErrorId");

        Assert.Equal("after", result.Lines[^2]);
        Assert.Equal("WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand", result.Lines[^1]);
        Assert.Contains("server01", result.Error + string.Concat(result.Lines.SkipLast(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void TryCatchSeesTheError()
    {
        EngineResult result = Session.Run(
            "try { Disconnect-WSMan $args[0]; 'not here' } catch [InvalidOperationException] { $_ } 'after'",
            Computers.Three);

        Assert.Equal(2, result.Output.Count);
        ErrorRecord error = Assert.IsType<ErrorRecord>(result.Output[0].BaseObject);
        Expect.WSManError(error, "DisconnectWSMan", Computers.Three, "Check the computer name");
        Assert.Equal("after", result.Output[1].ToString());
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void ErrorActionPreferenceStopEndsTheScript()
    {
        EngineResult result = Session.Run(
            "$ErrorActionPreference = 'Stop'; Disconnect-WSMan $args[0]; 'not here'", Computers.Three);

        Expect.WSManError(result.Failed(), "DisconnectWSMan", Computers.Three);
        Assert.NotNull(result.Terminating);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void StrictModeChangesNothing()
    {
        EngineResult result = Session.Run(
            "Set-StrictMode -Version Latest; $name = $args[0]; Connect-WSMan $name @wsman; " +
            "(Get-ChildItem WSMan:\\).Name -contains $name; Get-Item \"WSMan:\\$name\" | ForEach-Object State; " +
            "Disconnect-WSMan $name; Test-Path \"WSMan:\\$name\"",
            Computers.One).Succeeded();

        Assert.Equal(["True", "Opened", "False"], result.Text);
    }
}
