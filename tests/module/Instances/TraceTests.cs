namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>-Verbose and -Debug: what was exchanged, also when it failed, and never a secret.</summary>
public sealed class TraceTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Get = "Get-WSManInstance wmicimv2/Win32_Service?Name=winrm -ComputerName $args[0] @wsman";

    [Fact]
    public void VerboseHasALineForEachRequest()
    {
        EngineResult result = Session.Run($"{Get} -Verbose", Computers.One).Succeeded();

        Assert.Contains(result.Verbose, IsLineOf("Get"));
        Assert.Empty(result.Debug);
        Assert.All(result.Verbose, Expect.NoSecret);
    }

    [Fact]
    public void VerboseCountsThePagesOfAnEnumeration()
    {
        EngineResult result = Session.Run(
            "$null = Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $args[0] @wsman -Verbose",
            Computers.One).Succeeded();

        Assert.Single(result.Verbose, line => IsLineOf("Enumerate")(line));
        Assert.True(result.Verbose.Count(line => IsLineOf("Pull")(line)) > 1);
    }

    [Fact]
    public void DebugHasTheEnvelopesWithSecretsMasked()
    {
        EngineResult result = Session.Run(
            "$null = Invoke-WSManAction wmicimv2/Loopback_Echo Echo -ValueSet @{Password='hunter2';Shown='yes'} " +
            "-ComputerName $args[0] @wsman -Debug",
            Computers.One).Succeeded();

        Assert.Contains(result.Debug, text => text.Contains("Envelope", StringComparison.Ordinal));
        Assert.Contains(result.Debug, text => text.Contains("yes", StringComparison.Ordinal));
        Assert.All(result.Debug, text => Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal));
        Assert.All(result.Debug, Expect.NoSecret);
    }

    [Theory]
    [InlineData("$VerbosePreference = 'Continue'")]
    [InlineData("$VerbosePreference = [System.Management.Automation.ActionPreference]::Continue")]
    public void ThePreferenceOfTheScriptCountsToo(string preference)
    {
        EngineResult result = Session.Run($"{preference}; $null = {Get}", Computers.One).Succeeded();

        Assert.Contains(result.Verbose, IsLineOf("Get"));
    }

    [Fact]
    public void WithoutBothNothingIsSaid()
    {
        EngineResult result = Session.Run($"$null = {Get}; $null = {Get} -Verbose:$false", Computers.One).Succeeded();

        Assert.Empty(result.Verbose);
        Assert.Empty(result.Debug);
    }

    [Fact]
    public void AFailureIsToldOfToo()
    {
        EngineResult result = Session.Run(
            "Get-WSManInstance wmicimv2/Win32_Service?Name=nobody -ComputerName $args[0] @wsman -Verbose",
            Computers.One);

        Expect.WSManError(result.Failed(), "GetWSManInstance", "wmicimv2/Win32_Service?Name=nobody");
        Assert.Contains(result.Verbose, IsLineOf("Get"));
    }

    [Theory]
    [InlineData("Test-WSMan $args[0] @wsman -Verbose")]
    [InlineData("Connect-WSMan $args[0] @wsman -Verbose")]
    public void IdentifyIsToldOfToo(string command)
    {
        EngineResult result = Session.Run(command, Computers.One).Succeeded();

        Assert.Contains(result.Verbose, IsLineOf("Identify"));
    }

    private static Predicate<string> IsLineOf(string operation) =>
        line => line.StartsWith(operation, StringComparison.Ordinal)
            && line.Contains("octets", StringComparison.Ordinal)
            && line.Contains("ms", StringComparison.Ordinal);
}
