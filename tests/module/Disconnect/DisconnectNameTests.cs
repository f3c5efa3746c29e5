using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Disconnect;

/// <summary>Which names Disconnect-WSMan takes for a connected computer, and what it does with the others.</summary>
public sealed class DisconnectNameTests(EndpointFixture computers) : ComputerTests(computers)
{
    [Fact]
    public void ClosesTheConnectionAndSaysNothing()
    {
        Connect(Computers.One);
        AssertConnected(Computers.One);

        EngineResult result = Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        Assert.Empty(result.Output);
        Assert.Empty(result.Warnings);
        Assert.Empty(result.Verbose);
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void TheSecondTimeIsAnError()
    {
        Connect(Computers.One, Computers.Two);
        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        ErrorRecord error = Session.Run("Disconnect-WSMan $args[0]", Computers.One).Failed();

        Expect.WSManError(error, "DisconnectWSMan", Computers.One, Computers.One, "Check the computer name");
        AssertConnected(Computers.Two);
    }

    [Fact]
    public void LetterCaseDoesNotMatter()
    {
        string name = EndpointFixture.WithLetters(Computers.One);
        Session.Run("Connect-WSMan $args[0] -Port $args[1] -Authentication None", name, Computers.Service.Http)
            .Succeeded();
        Assert.Equal([name], Connected());

        Session.Run("Disconnect-WSMan $args[0]", name.ToUpperInvariant()).Succeeded();

        Assert.Empty(Connected());
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void ANameThatWasNeverConnectedCausesNoTraffic()
    {
        Connect(Computers.One);
        int accepted = Computers.Service.Counts().Accepted;

        ErrorRecord error = Session.Run("Disconnect-WSMan $args[0]", Computers.Three).Failed();

        Expect.WSManError(error, "DisconnectWSMan", Computers.Three, Computers.Three);
        Assert.Equal(accepted, Computers.Service.Counts().Accepted);
        AssertConnected(Computers.One);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("{0}*")]
    [InlineData("{0}.example.org")]
    [InlineData("{0}.")]
    [InlineData(" {0}")]
    [InlineData("[{0}]")]
    public void AnyOtherNameIsAnotherComputer(string pattern)
    {
        Connect(Computers.One);
        string name = pattern.Replace("{0}", Computers.One, StringComparison.Ordinal);

        ErrorRecord error = Session.Run("Disconnect-WSMan $args[0]", name).Failed();

        Expect.WSManError(error, "DisconnectWSMan", name, "Check the computer name");
        AssertConnected(Computers.One);
    }

    [Fact]
    public void AnArrayDoesNotBind()
    {
        Connect(Computers.One, Computers.Two);

        ErrorRecord error = Session.Run("Disconnect-WSMan $args", Computers.One, Computers.Two).Failed();

        Expect.Is(
            error,
            "CannotConvertArgument,Microsoft.WSMan.Management.DisconnectWSManCommand",
            ErrorCategory.InvalidArgument,
            null,
            "ComputerName");
        Assert.Equal([Computers.One, Computers.Two], Connected());
    }

    [Fact]
    public void TheItemOfAComputerIsAName()
    {
        Connect(Computers.One);

        Session.Run("$item = Get-Item \"WSMan:\\$args\"; Disconnect-WSMan $item", Computers.One).Succeeded();

        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void TheMachinesOwnNameIsASessionOfItsOwn()
    {
        // The name of this machine need not lead to a loopback address, and the service listens nowhere
        // else; so the name is used where it does.
        string name = Environment.MachineName;
        string[] addresses = [.. System.Net.Dns.GetHostAddresses(name).Select(a => a.ToString())];
        string own = addresses.FirstOrDefault(a => a.StartsWith("127.", StringComparison.Ordinal)) ?? Computers.One;
        using EndpointProcess service = EndpointProcess.Start([own]);
        name = own == Computers.One ? own : name;

        Session.Run("Connect-WSMan $args[0] -Port $args[1] -Authentication None", name, service.Http).Succeeded();
        Assert.Contains(name, Session.Run("(Get-ChildItem WSMan:\\).Name").Text, StringComparer.OrdinalIgnoreCase);
        Session.Run("Disconnect-WSMan $args[0]", name).Succeeded();

        Assert.Equal(0, service.CountsAt(0).Connections);
        Assert.Equal(1, service.Counts().Accepted);
    }
}
