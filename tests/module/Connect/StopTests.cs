using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>A command that waits can be stopped, and leaves nothing behind.</summary>
public sealed class StopTests(EndpointFixture computers) : ComputerTests(computers)
{
    // A quarter of a second for the core, and the rest for the engine to end the pipeline on a busy machine.
    private static readonly TimeSpan s_budget = Bounds.Of(TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("Connect-WSMan $args[0] @wsman -ApplicationName stall")]
    [InlineData("Test-WSMan $args[0] @wsman -ApplicationName stall")]
    [InlineData("New-Item WSMan:\\ -Name $args[0] @wsman -ApplicationName stall")]
    public async Task AStoppedCommandReturnsAtOnce(string command)
    {
        using var shell = Session.Start(command, Computers.One, out Task running);
        Assert.Equal(1, Computers.Service.CountsAt(1, Computers.One).Of(Computers.One).Connections);

        Stopwatch watch = Stopwatch.StartNew();
        shell.Stop();
        await running.WaitAsync(Bounds.Patience);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_budget);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        AssertDisconnected(Computers.One);
    }
}
