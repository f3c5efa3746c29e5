using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Disconnect;

/// <summary>Disconnecting from a server that no longer takes part.</summary>
public sealed class DisconnectServerGoneTests(EndpointFixture computers) : ComputerTests(computers)
{
    private static readonly TimeSpan s_budget = Bounds.Of(TimeSpan.FromSeconds(5));

    [Fact]
    public void SucceedsInTimeWhenTheServerHasEnded()
    {
        string name = Addresses.NextNetwork() + ".1";
        using EndpointProcess service = EndpointProcess.Start([name]);
        using EngineSession session = new(service);
        session.Run("$item = Connect-WSMan $args[0] @wsman -PassThru", name).Succeeded();
        service.Kill();

        Stopwatch watch = Stopwatch.StartNew();
        EngineResult result = session.Run("Disconnect-WSMan $args[0]; $item.State", name).Succeeded();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_budget);
        Assert.Equal(["Closed"], result.Text);
    }

    [Fact]
    public void SucceedsInTimeWhenTheServerHangs()
    {
        string name = Addresses.NextNetwork() + ".1";
        using EndpointProcess service = EndpointProcess.Start([name]);
        using EngineSession session = new(service);
        session.Run("$item = Connect-WSMan $args[0] @wsman -PassThru", name).Succeeded();

        using IDisposable frozen = service.Freeze();
        Stopwatch watch = Stopwatch.StartNew();
        EngineResult result = session.Run("Disconnect-WSMan $args[0]; $item.State", name).Succeeded();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_budget);
        Assert.Equal(["Closed"], result.Text);
    }

    [Fact]
    public void ConnectingAgainReplacesTheSession()
    {
        Session.Run("$old = Connect-WSMan $args[0] @wsman -PassThru", Computers.One).Succeeded();

        EngineResult result = Session.Run(
            "Connect-WSMan $args[0] @wsman -InformationVariable told; " +
            "$old.State; $told.MessageData.ComputerName; $told.Tags",
            Computers.One).Succeeded();

        Assert.Equal(["Closed", Computers.One, "WSMan.Teardown"], result.Text);
        Assert.Empty(result.Warnings);
        AssertConnected(Computers.One);
    }

    [Fact]
    public void AFailedConnectLeavesTheOldSession()
    {
        Session.Run("$old = Connect-WSMan $args[0] @wsman -PassThru", Computers.One).Succeeded();
        Session.SetVariable("wrong", EngineSession.Credential("not the password"));

        ErrorRecord error = Session.Run(
            "Connect-WSMan $args[0] -UseSSL -Port $args[1] -Authentication Basic -Credential $wrong",
            Computers.One, Computers.Service.Https).Failed();

        Expect.WSManError(error, "ConnectWSMan", Computers.One, Computers.One);
        Assert.Equal(["Opened"], Session.Run("$old.State").Succeeded().Text);
        AssertConnected(Computers.One);
    }
}
