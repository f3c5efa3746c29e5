using System.Management.Automation;
using Microsoft.WSMan.Management.Tests.Localhost;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>
/// What goes through the whole drive. It reads every computer that the process is connected to, those of other
/// classes too, who count what they ask: so it runs when no other class does.
/// </summary>
[Collection(LocalhostCollection.Name)]
public sealed class WholeDriveTests(EndpointFixture computers) : ConfigTests(computers)
{
    [Fact]
    public void EachResourceIsReadOnce() => Assert.Equal(
        4, Requests("Get-ChildItem WSMan:\\ -Recurse | Where-Object PSPath -like \"*$($h.Substring(7))*\""));

    [Fact]
    public void AComputerThatCannotBeReadLeavesTheOthers()
    {
        ConnectErring("flavour/omi");

        EngineResult result = Session.Run(
            "Get-ChildItem WSMan:\\ -Recurse | Where-Object PSPath -like \"*$($h.Substring(7))/Client/*\"");

        Assert.Equal(14, result.Output.Count);
        ErrorRecord error = Assert.Single(result.Errors, e => e.ToString().Contains(Computers.Two, StringComparison.Ordinal));
        Assert.Equal("WsManError,Microsoft.PowerShell.Commands.GetChildItemCommand", error.FullyQualifiedErrorId);
        Assert.Equal($"WSMan/{Computers.Two}", error.TargetObject);
    }
}
