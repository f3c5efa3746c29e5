using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>An enumeration is a stream, and whoever has enough leaves nothing open on the server.</summary>
public sealed class StreamTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Rows = "Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $args[0] @wsman ";

    // The answer to Enumerate has been heard when the first object is read, so there is something to release.
    private const string BusyReader = "| ForEach-Object { $busy.Set(); Start-Sleep 60 }";

    // What the product promises after a stop, and what the engine needs on a busy machine.
    private static readonly TimeSpan s_budget = Bounds.Of(TimeSpan.FromSeconds(2));

    [Fact]
    public void TheFirstObjectIsOutBeforeTheSecondPageIsAskedFor()
    {
        Session.SetVariable("pulls", new Func<int>(() => Operations("Pull")));
        int before = Operations("Pull");

        EngineResult result = Session.Run(
            $"{Rows} | & {{ process {{ if (!$seen) {{ $seen = $true; $pulls.Invoke() }} }} }}",
            Computers.One).Succeeded();

        Assert.Equal([$"{before}"], result.Text);
        Assert.True(Operations("Pull") > before + 1, "There was only one page.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public void AnEarlyStopReleasesAtOnce(int first)
    {
        (int pulls, int releases) = (Operations("Pull"), Operations("Release"));

        EngineResult result = Session.Run($"{Rows} | Select-Object -First {first}", Computers.One).Succeeded();

        Assert.Equal(first, result.Output.Count);
        AssertReleased(releases);
        Assert.Equal(first > 1, Operations("Pull") > pulls);
    }

    [Fact]
    public void AnErrorDownstreamReleasesToo()
    {
        int releases = Operations("Release");

        EngineResult result = Session.Run(
            $"{Rows} | ForEach-Object {{ if ($_.Index -eq 30) {{ throw 'enough' }}; $_.Index }}", Computers.One);

        Assert.Equal("enough", result.Failed().ToString());
        Assert.Equal(30, result.Output.Count);
        AssertReleased(releases);
    }

    [Fact]
    public async Task AStopWhileAPageIsAwaitedReturnsAtOnce()
    {
        int pulls = Operations("Pull");
        using var shell = Session.Start(Rows + "-ApplicationName pull/stall/wsman", Computers.One, out Task running);
        Assert.True(SpinWait.SpinUntil(() => Operations("Pull") > pulls, Bounds.Patience), "No page was asked for.");

        await AssertStops(shell, running);
    }

    [Fact]
    public async Task AStopWhileTheReaderIsBusyReturnsAtOnce()
    {
        using ManualResetEventSlim busy = new();
        Session.SetVariable("busy", busy);
        using var shell = Session.Start(Rows + BusyReader, Computers.One, out Task running);
        Assert.True(busy.Wait(Bounds.Patience), "Nothing was read.");

        await AssertStops(shell, running);
    }

    [Fact]
    public async Task ARunspaceThatClosesReleases()
    {
        int releases = Operations("Release");
        using ManualResetEventSlim busy = new();
        EngineSession other = new(Computers.Service);
        other.SetVariable("busy", busy);
        using var shell = other.Start(Rows + BusyReader, Computers.One, out Task running);
        Assert.True(busy.Wait(Bounds.Patience), "Nothing was read.");

        other.Dispose();
        await running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Bounds.Patience);

        AssertReleased(releases);
    }

    [Fact]
    public void AnEnumerationOverASessionLeavesTheSessionAndNoContext()
    {
        Connect(Computers.One);
        int releases = Operations("Release");

        Session.Run(
            "Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $args[0] | Select-Object -First 1",
            Computers.One).Succeeded();

        Assert.Equal(0, Computers.Service.WaitFor("contexts", 0).Contexts);
        Assert.Equal(releases + 1, Operations("Release"));
        AssertConnected(Computers.One);
    }

    [Fact]
    public void AnEndlessEnumerationIsAStreamToo()
    {
        EngineResult result = Session.Run(
            $"{Rows} -ApplicationName pull/endless/wsman | Select-Object -First 500", Computers.One).Succeeded();

        Assert.Equal(500, result.Output.Count);
        AssertClosed();
    }

    private async Task AssertStops(System.Management.Automation.PowerShell shell, Task running)
    {
        Stopwatch watch = Stopwatch.StartNew();
        shell.Stop();
        await running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Bounds.Patience);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_budget);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        AssertClosed();
    }

    private void AssertReleased(int before)
    {
        AssertClosed();
        Assert.Equal(before + 1, Operations("Release"));
    }

    private void AssertClosed()
    {
        Assert.Equal(0, Computers.Service.WaitFor("contexts", 0).Contexts);
        AssertDisconnected(Computers.One);
    }

    private int Operations(string name) => Computers.Service.Counts().Operations.GetValueOrDefault(name);
}
