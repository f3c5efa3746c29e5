using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>
/// A server that does not take part in the ending costs the budget at most, and what it keeps is named. Each case
/// has a service of its own, because things stay open there.
/// </summary>
public sealed class TeardownFaultTests : IDisposable
{
    // The promise is a quarter of a second beyond the budget; the rest is for the engine on a busy machine.
    private static readonly TimeSpan s_budget = Bounds.Of(TimeSpan.FromSeconds(1));
    private static readonly TimeSpan s_late = s_budget + Bounds.Of(TimeSpan.FromSeconds(1));
    private static readonly TimeSpan s_stopped = Bounds.Of(TimeSpan.FromSeconds(1));

    private readonly string _name = Addresses.NextNetwork() + ".1";

    private readonly EndpointProcess _service;

    private readonly EngineSession _session;

    public TeardownFaultTests()
    {
        _service = EndpointProcess.Start([_name]);
        _session = new EngineSession(_service);
        _session.SetVariable("name", _name);
    }

    [Theory]
    [InlineData("stall")]
    [InlineData("reset")]
    [InlineData("close")]
    [InlineData("status-401")]
    [InlineData("status-503")]
    [InlineData("fault-5")]
    public void WhatTheServerRefusesIsNamedAndTheSessionIsClosed(string what)
    {
        Hold($"-ApplicationName teardown/any/{what}/wsman");
        using OpenEnumeration open = new(_service, _name);

        (EngineResult result, TimeSpan took) = Disconnect();

        Assert.InRange(took, TimeSpan.Zero, s_late);
        AssertAbandoned(result);
        EndpointCounts counts = _service.CountsAt(0);
        Assert.Equal((1, 1, 1, 0), (counts.Contexts, counts.Shells, counts.Commands, counts.Connections));
    }

    [Theory]
    [InlineData("signal/gone-2150858843")]
    [InlineData("delete/gone-2150858843")]
    [InlineData("release/gone-2150858779")]
    public void WhatIsGoneAlreadyIsAsGoodAsGivenBack(string what)
    {
        Hold($"-ApplicationName teardown/{what}/wsman");
        using OpenEnumeration open = new(_service, _name);

        (EngineResult result, _) = Disconnect();

        Assert.Empty(result.Warnings);
        Assert.Equal((1, 1, 1), HeldOpenTests.Report(result).Ended);
        Assert.True(HeldOpenTests.Report(result).Graceful);
        HeldOpenTests.AssertNothingHeld(_service);
    }

    [Fact]
    public void AServerThatHangsCostsTheBudget()
    {
        Hold();
        using OpenEnumeration open = new(_service, _name);
        EngineResult result;
        TimeSpan took;
        using (_service.Freeze())
        {
            (result, took) = Disconnect();
        }

        Assert.InRange(took, TimeSpan.Zero, s_late);
        AssertAbandoned(result);
    }

    [Fact]
    public void AServerThatIsGoneCostsLess()
    {
        Hold();
        using OpenEnumeration open = new(_service, _name);
        _service.Kill();

        (EngineResult result, TimeSpan took) = Disconnect();

        Assert.InRange(took, TimeSpan.Zero, s_late);
        AssertAbandoned(result);
    }

    [Fact]
    public async Task AStopAtThePromptSkipsWhatIsLeft()
    {
        using EngineSession other = new(_service);
        other.Run("$item = Connect-WSMan $args[0] @wsman -ApplicationName teardown/any/stall/wsman -PassThru", _name)
            .Succeeded();
        _session.Run(HeldOpenTests.MakeShell).Succeeded();
        using var shell = _session.Start("Disconnect-WSMan $args[0]", _name, out Task running);
        Assert.True(SpinWait.SpinUntil(() => State(other) == "Closing", Bounds.Patience));

        Stopwatch watch = Stopwatch.StartNew();
        shell.Stop();
        await running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Bounds.Patience);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_stopped);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Equal("Closed", State(other));
        Assert.Equal(0, _service.CountsAt(0).Connections);
    }

    [Theory]
    [InlineData("wsman", 0)]
    [InlineData("teardown/any/stall/wsman", 1)]
    public async Task InAFinallyThatAStopStartedTheBudgetIsTheBound(string path, int left)
    {
        using ManualResetEventSlim inside = new();
        _session.SetVariable("inside", inside);
        Hold($"-ApplicationName {path}");
        using var shell = _session.Start(
            "try { $inside.Set(); Start-Sleep 60 } finally { Disconnect-WSMan $args[0] }", _name, out Task running);
        Assert.True(inside.Wait(Bounds.Patience));

        Stopwatch watch = Stopwatch.StartNew();
        shell.Stop();
        await running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Bounds.Patience);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_late);
        Assert.Equal("Closed", State(_session));
        EndpointCounts counts = _service.CountsAt(0);
        Assert.Equal((left, left, 0), (counts.Shells, counts.Commands, counts.Connections));
    }

    public void Dispose()
    {
        _session.Dispose();
        _service.Dispose();
    }

    private static string State(EngineSession session) => session.Run("$item.State").Succeeded().Text.Single();

    /// <summary>Connects with the budget, and leaves a shell with a command on the server.</summary>
    private void Hold(string how = "") => _session.Run(
        $"$short = New-WSManSessionOption -OperationTimeout {s_budget.TotalMilliseconds}\n" +
        $"$item = Connect-WSMan $name @wsman -SessionOption $short -PassThru {how}\n" +
        HeldOpenTests.MakeShell).Succeeded();

    private (EngineResult Result, TimeSpan Took) Disconnect()
    {
        Stopwatch watch = Stopwatch.StartNew();
        EngineResult result = _session.Run(
            "Disconnect-WSMan $name -InformationVariable told; $told.MessageData; $item.State").Succeeded();
        TimeSpan took = watch.Elapsed;
        Assert.Equal("Closed", result.Output[^1].ToString());
        return (result, took);
    }

    // One warning for each kind of thing says what it is, where, and how long the server keeps it.
    private void AssertAbandoned(EngineResult result)
    {
        TeardownView report = HeldOpenTests.Report(result);
        Assert.Equal((1, 1, 1), report.Abandoned);
        Assert.Equal((0, 0, 0), report.Ended);
        Assert.False(report.Graceful);
        Assert.Contains(
            result.Warnings, w => w.StartsWith($"1 command on {_name} may be left", StringComparison.Ordinal));
        Assert.Contains(
            result.Warnings,
            w => w.StartsWith($"1 shell on {_name} may be left", StringComparison.Ordinal) && w.Contains("2 hours"));
        Assert.Contains(
            result.Warnings,
            w => w.StartsWith($"1 enumeration on {_name} may be left", StringComparison.Ordinal)
                && w.Contains("4 minutes"));
        Assert.All(result.Warnings, Expect.NoSecret);
    }
}
