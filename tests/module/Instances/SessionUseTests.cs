using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>Which commands use the session that is there, and which make a connection of their own.</summary>
public sealed class SessionUseTests(EndpointFixture computers) : ComputerTests(computers)
{
    public static TheoryData<string> Commands =>
    [
        "Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{Name='winrm'}",
        "Get-WSManInstance wmicimv2/Loopback_Row -Enumerate",
        "Set-WSManInstance wmicimv2/Win32_Service @{Name='winrm'} -ValueSet @{StartMode='Auto'}",
        "New-WSManInstance shell/cmd @{}",
        "Invoke-WSManAction wmicimv2/Win32_Service StartService @{Name='winrm'}",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void AConnectedComputerIsAskedOverItsSession(string command)
    {
        Connect(Computers.One);
        int accepted = Accepted();

        Session.Run($"{command} -ComputerName $args[0]", Computers.One).Succeeded();

        // An enumeration may use a second lane of the session.
        Assert.InRange(Accepted(), accepted, accepted + 1);
        Assert.Contains(Computers.One, Connected());
    }

    [Fact]
    public void TheNameOfTheSessionHasNoCase()
    {
        string name = EndpointFixture.WithLetters(Computers.One);
        Session.Run("Connect-WSMan $args[0] @wsman -SessionOption (New-WSManSessionOption -SkipCNCheck)", name)
            .Succeeded();

        Session.Run("Get-WSManInstance wmicimv2/Win32_Service?Name=winrm -ComputerName $args[0]",
            name.ToUpperInvariant()).Succeeded();

        Assert.Equal(1, Computers.Service.Counts().Of(Computers.One).Connections);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void WhoeverSaysHowToConnectHasAConnectionOfItsOwn(string command)
    {
        Connect(Computers.One);
        int accepted = Accepted();

        Session.Run($"{command} -ComputerName $args[0] @wsman", Computers.One).Succeeded();

        Assert.True(Accepted() > accepted);
        AssertConnected(Computers.One);
    }

    [Theory]
    [InlineData("-Port 1")]
    [InlineData("-UseSSL")]
    [InlineData("-ApplicationName wsman")]
    [InlineData("-SessionOption (New-WSManSessionOption)")]
    [InlineData("-Credential $credential")]
    [InlineData("-Authentication Basic")]
    [InlineData("-CertificateThumbprint 0123")]
    public void EachOfTheseParametersSaysHowToConnect(string parameter)
    {
        Connect(Computers.One);
        int requests = Computers.Service.Counts().Requests;

        // Each lacks something to reach the service, which is how it shows that the session was not used.
        ErrorRecord error = Session.Run(
            $"Get-WSManInstance wmicimv2/Win32_Service?Name=winrm -ComputerName $args[0] {parameter}",
            Computers.One).Failed();

        Expect.WSManError(error, "GetWSManInstance", "wmicimv2/Win32_Service?Name=winrm");
        Assert.Equal(requests, Computers.Service.Counts().Requests);
        AssertConnected(Computers.One);
    }

    [Fact]
    public void AfterDisconnectThereIsNoSessionToUse()
    {
        Connect(Computers.One);
        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        ErrorRecord error = Session.Run(
            "Get-WSManInstance wmicimv2/Win32_Service?Name=winrm -ComputerName $args[0]", Computers.One).Failed();

        Expect.WSManError(error, "GetWSManInstance", "wmicimv2/Win32_Service?Name=winrm");
    }

    [Fact]
    public void DisconnectEndsAnEnumerationThatRunsOverTheSession()
    {
        Connect(Computers.One);

        EngineResult result = Session.Run(
            "$name = $args[0]; Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $name | " +
            "ForEach-Object { if ($_.Index -eq 10) { Disconnect-WSMan $name } }",
            Computers.One);

        Expect.WSManError(result.Failed(), "GetWSManInstance", "wmicimv2/Loopback_Row");
        Assert.Equal(0, Computers.Service.WaitFor("contexts", 0).Contexts);
        AssertDisconnected(Computers.One);
    }

    private int Accepted() => Computers.Service.Counts().Of(Computers.One).Accepted;
}
