namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>What ends every session, and what ends none. Each case is a process of its own.</summary>
public sealed class DriveEndTests(EndpointFixture computers) : IClassFixture<EndpointFixture>
{
    private const string Ask =
        "$null = [Net.Http.HttpClient]::new().GetStringAsync('{0}').Result -match '\"connections\":\\s*(\\d+)'; " +
        "$Matches[1]";

    [Theory]
    [InlineData("Remove-PSDrive WSMan")]
    [InlineData("Remove-Module Portable.WSMan.Management")]
    public void RemovingTheDriveOrTheModuleEndsAllSessions(string command)
    {
        ConsoleResult result = Run($"{command}; {Count(0)}");

        Assert.Equal(["0"], result.Lines);
    }

    [Fact]
    public void AfterRemovingTheModuleItCanBeImportedAgain()
    {
        ConsoleResult result = Run(
            $"Remove-Module Portable.WSMan.Management; Import-Module Portable.WSMan.Management; (dir WSMan:\\).Name; " +
            $"{Connect(computers.One)}; (dir WSMan:\\).Name; {Count(1)}");

        Assert.Equal(["localhost", "localhost", computers.One, "1"], result.Lines);
    }

    [Theory]
    [InlineData("$null = New-PSDrive Other -PSProvider WSMan -Root ''; Remove-PSDrive Other")]
    [InlineData("$null = New-PSDrive Other -PSProvider WSMan -Root WSMan; Remove-PSDrive Other")]
    [InlineData("& { $null = New-PSDrive Other -PSProvider WSMan -Root '' }")]
    public void RemovingAnotherDriveOfTheProviderEndsNone(string command)
    {
        ConsoleResult result = Run($"{command}; (dir WSMan:\\).Name; {Count(2)}");

        Assert.Equal(["localhost", computers.One, computers.Two, "2"], result.Lines);
    }

    [Fact]
    public void AnotherRootIsRefused()
    {
        ConsoleResult result = Run(
            "try { New-PSDrive Other -PSProvider WSMan -Root server01 -ErrorAction Stop } " +
            "catch { $_.FullyQualifiedErrorId }");

        Assert.EndsWith("NewPSDriveCommand", Assert.Single(result.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("exit 3", 3)]
    public void LeavingEndsAllSessions(string command, int exitCode)
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command($"{Connect(computers.One)}; {Connect(computers.Two)}; {command}");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(0, computers.Service.CountsAt(0).Connections);
    }

    private ConsoleResult Run(string script)
    {
        using ConsoleProcess console = new();
        string connect = $"{Connect(computers.One)}; {Connect(computers.Two)}";
        ConsoleResult result = console.Command($"{connect}; {script}").Succeeded();
        Assert.Equal(0, computers.Service.CountsAt(0).Connections);
        return result;
    }

    private string Connect(string name) => $"Connect-WSMan {name} -Port {computers.Service.Http} -Authentication None";

    private string Count(int connections) => Ask.Replace(
        "{0}", $"{computers.Service.Control}counts?connections={connections}&wait={Bounds.Of(TimeSpan.FromSeconds(5)).TotalMilliseconds}", StringComparison.Ordinal);
}
