using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>Connect-WSMan when all is well.</summary>
public sealed class ConnectTests(EndpointFixture computers) : ComputerTests(computers)
{
    [Fact]
    public void ConnectsAndSaysNothing()
    {
        EngineResult result = Session.Run("Connect-WSMan $args[0] @wsman", Computers.One).Succeeded();

        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
        AssertConnected(Computers.One);
    }

    [Fact]
    public void AsksTheAuthenticatedIdentifyOnce()
    {
        EndpointCounts before = Computers.Service.Counts();

        Connect(Computers.One);

        EndpointCounts after = Computers.Service.Counts();
        Assert.Equal(before.Identify.Authenticated + 1, after.Identify.Authenticated);
        Assert.Equal(before.Identify.Anonymous, after.Identify.Anonymous);
        Assert.Equal(before.Accepted + 1, after.Accepted);
    }

    [Fact]
    public void PassThruWritesTheItemOfTheDrive()
    {
        EngineResult result = Session.Run(
            "$a = Connect-WSMan $args[0] @wsman -PassThru; $b = Get-Item \"WSMan:\\$args\"; " +
            "$a.PSPath -eq $b.PSPath; $a.PSPath; $a.pstypenames[0]; $a.Type; $a.Name; \"$a\"",
            Computers.One).Succeeded();

        Assert.Equal(
            [
                "True",
                $"Microsoft.WSMan.Management\\WSMan::WSMan/{Computers.One}",
                "Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel",
                "Container",
                Computers.One,
                Computers.One,
            ],
            result.Text);
    }

    [Fact]
    public void TheHostOfAUriIsTheName()
    {
        Session.Run(
            "Connect-WSMan -ConnectionURI $args[0] -Authentication Basic -Credential $credential",
            $"https://{Computers.One}:{Computers.Service.Https}/wsman").Succeeded();

        AssertConnected(Computers.One);
        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void WithoutAuthenticationItNeedsNoCredential()
    {
        Session.Run("Connect-WSMan $args[0] -Port $args[1] -Authentication None", Computers.One, Computers.Service.Http)
            .Succeeded();

        AssertConnected(Computers.One);
    }

    [Theory]
    [InlineData("Set-Location \"WSMan:\\$($args[0])\"")]
    [InlineData("Set-Location \"WSMan:/$($args[0])\"; Set-Location /")]
    public void StandingInTheComputerItFailsAndReplacesNothing(string way)
    {
        Connect(Computers.One);
        int accepted = Computers.Service.Counts().Accepted;
        Session.Run(way, Computers.One).Succeeded();

        ErrorRecord error = Session.Run("Connect-WSMan $args[0] @wsman", Computers.One).Failed();

        Expect.WSManError(error, "ConnectWSMan", Computers.One, Computers.One, "Set-Location WSMan:\\");
        Assert.Equal(accepted, Computers.Service.Counts().Accepted);
    }

    [Fact]
    public void TheSessionsAreSortedAndLocalhostIsFirst()
    {
        Connect(Computers.Two, Computers.Ten, Computers.One);

        string[] names = [.. Session.Run("(Get-ChildItem WSMan:\\).Name").Succeeded().Text];

        Assert.Equal("localhost", names[0]);
        Assert.Equal([Computers.One, Computers.Ten, Computers.Two], names.Where(Computers.Has));
    }

    [Fact]
    public void ThePasswordIsInNoStream()
    {
        EngineResult result = Session.Run(
            "Connect-WSMan $args[0] @wsman -Verbose -Debug -InformationAction Continue; " +
            "Connect-WSMan $args[0] @wsman -Verbose; Disconnect-WSMan $args[0] -Verbose",
            Computers.One).Succeeded();

        Assert.All(result.Verbose, Expect.NoSecret);
        Assert.All(result.Information, i => Expect.NoSecret($"{i} {i.MessageData}"));
    }
}
