using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>Connecting and disconnecting by New-Item and Remove-Item.</summary>
public sealed class DriveChangeTests(EndpointFixture computers) : ComputerTests(computers)
{
    [Theory]
    [InlineData("New-Item WSMan:\\ -Name $args[0] @wsman")]
    [InlineData("New-Item -Path WSMan:/ -Name $args[0] @wsman")]
    [InlineData("Set-Location WSMan:\\; New-Item . -Name $args[0] @wsman")]
    [InlineData(
        "New-Item WSMan:\\ -ConnectionURI \"https://$($args[0]):$($wsman.Port)/wsman\" " +
        "-Authentication Basic -Credential $credential")]
    public void NewItemConnectsAndWritesTheItem(string command)
    {
        EngineResult result = Session.Run(command, Computers.One).Succeeded();

        PSObject item = Assert.Single(result.Output);
        Assert.Equal(Computers.One, item.Properties["Name"].Value);
        Assert.Equal("Opened", item.Properties["State"].Value.ToString());
        Assert.Equal("Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel", item.TypeNames[0]);
        AssertConnected(Computers.One);
    }

    [Fact]
    public void NewItemReplacesAsConnectDoes()
    {
        EngineResult result = Session.Run(
            "$old = Connect-WSMan $args[0] @wsman -PassThru; $new = New-Item WSMan:\\ -Name $args[0] @wsman; " +
            "$old.State; $new.State",
            Computers.One).Succeeded();

        Assert.Equal(["Closed", "Opened"], result.Text);
        AssertConnected(Computers.One);
    }

    [Fact]
    public void NewItemThatFailsChangesNothing()
    {
        Session.SetVariable("wrong", EngineSession.Credential("not the password"));

        ErrorRecord error = Session.Run(
            "New-Item WSMan:\\ -Name $args[0] -UseSSL -Port $args[1] -Authentication Basic -Credential $wrong",
            Computers.One, Computers.Service.Https).Failed();

        Expect.Is(
            error,
            "System.InvalidOperationException,Microsoft.PowerShell.Commands.NewItemCommand",
            ErrorCategory.NotSpecified,
            null,
            Computers.One,
            "user name and the password");
        AssertDisconnected(Computers.One);
    }

    [Theory]
    [InlineData("Remove-Item \"WSMan:\\$args\"")]
    [InlineData("Remove-Item \"WSMan:/$args\"")]
    [InlineData("Remove-Item \"Microsoft.WSMan.Management\\WSMan::WSMan/$args\"")]
    [InlineData("Remove-Item \"WSMan:\\$args\" -Recurse")]
    [InlineData("Get-Item \"WSMan:\\$args\" | Remove-Item")]
    [InlineData("Set-Location WSMan:\\; Remove-Item $args[0]")]
    public void RemoveItemDisconnectsAndNeverAsks(string command)
    {
        // The host of these tests cannot ask: a prompt would be an error.
        Session.Run("$item = Connect-WSMan $args[0] @wsman -PassThru", Computers.One).Succeeded();

        EngineResult result = Session.Run(command, Computers.One).Succeeded();

        Assert.Empty(result.Output);
        Assert.Equal(["Closed"], Session.Run("$item.State").Text);
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void RemoveItemWritesTheReport()
    {
        Connect(Computers.One);

        EngineResult result = Session.Run("Remove-Item \"WSMan:\\$args\"", Computers.One).Succeeded();

        InformationRecord record = Assert.Single(result.Information);
        Assert.Equal(["WSMan.Teardown"], record.Tags);
    }

    [Theory]
    [InlineData("Set-Location \"WSMan:\\$args\"; Set-Location /; Remove-Item \"WSMan:\\$args\"")]
    [InlineData("Push-Location \"WSMan:/$args\"; Push-Location WSMan:\\; Remove-Item \"WSMan:\\$args\"")]
    public void RemoveItemOfTheComputerOneStandsInFails(string command)
    {
        Connect(Computers.One);

        ErrorRecord error = Session.Run(command, Computers.One).Failed();

        Expect.Is(
            error,
            "System.InvalidOperationException,Microsoft.PowerShell.Commands.RemoveItemCommand",
            ErrorCategory.NotSpecified,
            null,
            "Set-Location WSMan:\\");
        AssertConnected(Computers.One);
    }

    [Theory]
    [InlineData("Set-Item WSMan:\\ x", "SetItemCommand")]
    [InlineData("Set-Item \"WSMan:\\$args\" x", "SetItemCommand")]
    [InlineData("New-Item \"WSMan:\\$args\" -Name Listener", "NewItemCommand")]
    [InlineData("Remove-Item WSMan:\\ -Recurse", "RemoveItemCommand")]
    public void WhatCannotBeDoneIsSaid(string command, string className)
    {
        Connect(Computers.One);

        ErrorRecord error = Session.Run(command, Computers.One).Failed();

        Expect.Is(
            error,
            $"System.InvalidOperationException,Microsoft.PowerShell.Commands.{className}",
            ErrorCategory.NotSpecified,
            null);
        AssertConnected(Computers.One);
    }

    [Fact]
    public void NonInteractiveItDoesNotAskEither()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Run(
            [
                "-NonInteractive", "-Command",
                $"Connect-WSMan {Computers.Two} -Port {Computers.Service.Http} -Authentication None; " +
                $"Remove-Item WSMan:\\{Computers.Two}; (dir WSMan:\\).Name",
            ],
            "").Succeeded();

        Assert.Equal(["localhost"], result.Lines);
    }
}
