namespace Microsoft.WSMan.Management.Tests.Disconnect;

/// <summary>What an item that was kept in a variable tells after its session has ended.</summary>
public sealed class DisconnectStateTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Connect1 = "$name = $args[0]; $item = Connect-WSMan $name @wsman -PassThru; ";

    [Fact]
    public void LeavesTheItemReadableInStateClosed()
    {
        EngineResult result = Session.Run(
            Connect1 + "$item.State; Disconnect-WSMan $name; $item.State; $item.Name; \"$item\"", Computers.One)
            .Succeeded();

        Assert.Equal(["Opened", "Closed", Computers.One, Computers.One], result.Text);
    }

    [Fact]
    public void TheItemStaysClosedWhenTheNameIsConnectedAgain()
    {
        EngineResult result = Session.Run(
            Connect1 + "Disconnect-WSMan $name; Connect-WSMan $name @wsman; " +
            "$item.State; (Get-Item \"WSMan:\\$name\").State",
            Computers.One).Succeeded();

        Assert.Equal(["Closed", "Opened"], result.Text);
        AssertConnected(Computers.One);
    }

    [Fact]
    public void AnItemOfTheListingIsAsLive()
    {
        Connect(Computers.One);

        EngineResult result = Session.Run(
            "$item = Get-ChildItem WSMan:\\ | Where-Object Name -eq $args[0]; $item.State; " +
            "Disconnect-WSMan $args[0]; $item.State",
            Computers.One).Succeeded();

        Assert.Equal(["Opened", "Closed"], result.Text);
    }

    [Fact]
    public void AClosedItemsOtherPropertiesCanBeReadUnderStrictMode()
    {
        EngineResult result = Session.Run(
            "Set-StrictMode -Version Latest; " + Connect1 + "Disconnect-WSMan $name; " +
            "$null = $item.ConnectionUri, $item.Authentication, $item.UserName; " +
            "$item.Connections; $item.OpenEnumerations; $item.OpenShells",
            Computers.One).Succeeded();

        Assert.Equal(["0", "0", "0"], result.Text);
    }

    [Fact]
    public void AnOpenItemTellsWhatItIsConnectedTo()
    {
        EngineResult result = Session.Run(
            Connect1 + "$item.ConnectionUri; $item.Authentication; $item.UserName; $item.Connections",
            Computers.One).Succeeded();

        Assert.Equal(
            [$"https://{Computers.One}:{Computers.Service.Https}/wsman", "Basic", EndpointProcess.UserName, "1"],
            result.Text);
    }
}
