using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Disconnect;

/// <summary>Sessions belong to the process, not to a runspace.</summary>
public sealed class DisconnectRunspaceTests(EndpointFixture computers) : ComputerTests(computers)
{
    [Fact]
    public void TwoRunspacesShareTheSessions()
    {
        Connect(Computers.One);
        using EngineSession other = new(Computers.Service);

        Assert.Contains(Computers.One, other.Run("(Get-ChildItem WSMan:\\).Name").Text);
        other.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        ErrorRecord error = Session.Run("Disconnect-WSMan $args[0]", Computers.One).Failed();
        Expect.WSManError(error, "DisconnectWSMan", Computers.One, "Check the computer name");
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void ASessionOutlivesTheRunspaceThatMadeIt()
    {
        using (EngineSession maker = new(Computers.Service))
        {
            maker.Run("Connect-WSMan $args[0] @wsman", Computers.One).Succeeded();
        }

        AssertConnected(Computers.One);
        Assert.Equal(["Opened"], Session.Run("(Get-Item \"WSMan:\\$args\").State", Computers.One).Succeeded().Text);
        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void ASessionOutlivesForEachObjectParallel()
    {
        Session.Run(
            "$manifest, $names = $args; $names | ForEach-Object -Parallel { " +
            "Import-Module $using:manifest; $w = $using:wsman; Connect-WSMan $_ @w } -ThrottleLimit 2",
            Locations.Manifest, Computers.One, Computers.Two).Succeeded();

        Assert.Equal([Computers.One, Computers.Two], Connected());
        Session.Run("$args | ForEach-Object { Disconnect-WSMan $_ }", Computers.One, Computers.Two).Succeeded();
        AssertDisconnected(Computers.One);
        AssertDisconnected(Computers.Two);
    }

    [Fact]
    public void OfSeveralAtOnceExactlyOneDisconnects()
    {
        Connect(Computers.One);

        EngineResult result = Session.Run(
            "$manifest, $name = $args; 1..8 | ForEach-Object -Parallel { Import-Module $using:manifest; " +
            "try { Disconnect-WSMan $using:name; 'done' } catch { $_.FullyQualifiedErrorId } } -ThrottleLimit 8",
            Locations.Manifest, Computers.One).Succeeded();

        string[] expected = ["done", .. Enumerable.Repeat(
            "WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand", 7)];
        Assert.Equal(expected.Order(), result.Text.Order());
        AssertDisconnected(Computers.One);
    }
}
