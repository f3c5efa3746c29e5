using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>
/// A command that is stopped while the server is just beginning something for it: the user is back at once, and
/// what was begun is given back although nobody ever learnt its name.
/// </summary>
public sealed class StoppedBeginningTests : IDisposable
{
    // The promise is a quarter of a second; the rest is for the engine on a busy machine.
    private static readonly TimeSpan s_budget = Bounds.Of(TimeSpan.FromSeconds(1));

    private const string Gated = "-ApplicationName gate/wsman";

    private readonly string _name = Addresses.NextNetwork() + ".1";

    private readonly EndpointProcess _service;

    private readonly EngineSession _session;

    public StoppedBeginningTests()
    {
        _service = EndpointProcess.Start([_name]);
        _session = new EngineSession(_service);
    }

    [Theory]
    [InlineData("Get-WSManInstance wmicimv2/Loopback_Row -Enumerate", "Release")]
    [InlineData("New-WSManInstance shell/cmd @{}", "Delete")]
    public async Task OverAConnectionOfItsOwn(string command, string givenBackBy)
    {
        await Stop($"{command} -ComputerName $args[0] @wsman {Gated}");

        AssertGivenBack(givenBackBy);
        Assert.Equal(0, _service.CountsAt(0).Connections);
    }

    [Theory]
    [InlineData("Get-WSManInstance wmicimv2/Loopback_Row -Enumerate", "Release")]
    [InlineData("New-WSManInstance shell/cmd @{}", "Delete")]
    public async Task OverASession(string command, string givenBackBy)
    {
        _session.Run($"Connect-WSMan $args[0] @wsman {Gated}", _name).Succeeded();

        await Stop($"{command} -ComputerName $args[0]");

        AssertGivenBack(givenBackBy);
        EngineResult ended = _session.Run("Disconnect-WSMan $args[0] -InformationVariable r; $r.MessageData.Graceful", _name);
        Assert.Equal(true, ended.Succeeded().Output[0].BaseObject);
        Assert.Equal(0, _service.CountsAt(0).Connections);
    }

    [Fact]
    public async Task ADisconnectRightAfterTheStopGivesItBackToo()
    {
        _session.Run($"Connect-WSMan $args[0] @wsman {Gated}", _name).Succeeded();
        await Stop("New-WSManInstance shell/cmd @{} -ComputerName $args[0]");

        Task opening = Task.Run(_service.OpenGate);
        EngineResult ended = _session.Run("Disconnect-WSMan $args[0] -InformationVariable r; $r.MessageData.Graceful", _name);
        await opening;

        Assert.Equal(true, ended.Succeeded().Output[0].BaseObject);
        Assert.Equal((0, 0), (_service.CountsAt(0).Connections, _service.Counts().Shells));
    }

    public void Dispose()
    {
        _service.OpenGate();
        _session.Run("Disconnect-WSMan $args[0] -ErrorAction Ignore", _name);
        _session.Dispose();
        _service.Dispose();
    }

    // Stops the command when the service has its request, which it keeps until it is let go on.
    private async Task Stop(string command)
    {
        int before = _service.Counts().Requests;
        _service.ShutGate();
        using var shell = _session.Start(command, _name, out Task running);
        Assert.True(
            SpinWait.SpinUntil(() => _service.Counts().Requests > before, Bounds.Patience), "Nothing was asked.");

        Stopwatch watch = Stopwatch.StartNew();
        shell.Stop();
        await running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Bounds.Patience);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_budget);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    private void AssertGivenBack(string operation)
    {
        _service.OpenGate();
        Assert.True(
            SpinWait.SpinUntil(() => _service.Counts().Operations.ContainsKey(operation), Bounds.Patience),
            $"No {operation} came.");
        Assert.Equal(0, _service.WaitFor("contexts", 0).Contexts);
        Assert.Equal(0, _service.WaitFor("shells", 0).Shells);
    }
}
