using System.Management.Automation;

namespace Microsoft.WSMan.Management.Units.Reporting;

public sealed class TeardownProgressTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly List<(string Status, bool IsOver)> _written = [];

    [Fact]
    public void AShortCallShowsNothing()
    {
        Assert.Equal(7, TeardownProgress.Wait(() => 7, Note));

        Assert.Empty(_written);
    }

    [Fact]
    public void ALongCallIsShownOnTheThreadThatWaitsAndTakenAwayAtItsEnd()
    {
        using ManualResetEventSlim shown = new();
        int waiting = Environment.CurrentManagedThreadId;
        int calling = 0;
        int writing = 0;

        int result = TeardownProgress.Wait(
            () =>
            {
                calling = Environment.CurrentManagedThreadId;
                return shown.Wait(s_limit) ? 7 : 0;
            },
            (status, isOver) =>
            {
                writing = Environment.CurrentManagedThreadId;
                Note(status, isOver);
                shown.Set();
            });

        Assert.Equal(7, result);
        Assert.Equal(waiting, writing);
        Assert.NotEqual(waiting, calling);
        Assert.False(_written[0].IsOver);
        Assert.Contains(" s so far", _written[0].Status, StringComparison.Ordinal);
        Assert.True(_written[^1].IsOver);
    }

    [Fact]
    public void AWriteThatThrowsIsNotRepeatedAndTheCallComesToItsEnd()
    {
        using ManualResetEventSlim refused = new();

        int result = TeardownProgress.Wait(
            () => refused.Wait(s_limit) ? 7 : 0,
            (status, isOver) =>
            {
                Note(status, isOver);
                refused.Set();
                throw new PipelineStoppedException();
            });

        Assert.Equal(7, result);
        Assert.Single(_written);
    }

    [Fact]
    public void TheErrorOfTheCallComesAsItIs()
    {
        WSManException error = new(WSManErrorCode.NotConnected, "It is not connected.");

        Assert.Same(
            error, Assert.Throws<WSManException>(() => TeardownProgress.Wait<int>(() => throw error, Note)));
    }

    private void Note(string status, bool isOver) => _written.Add((status, isOver));
}
