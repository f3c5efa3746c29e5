namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class BriefWaitTests
{
    [Fact]
    public async Task AnAnswerInTimeIsPassedOn() => Assert.Equal(7, await OnOwnThread(() => Ask(() => 7)));

    [Fact]
    public async Task AFailureInTimeIsPassedOn()
    {
        WSManException refused = new(WSManErrorCode.CannotConnect, "It is refused.");

        Assert.Same(refused, await Assert.ThrowsAsync<WSManException>(() => OnOwnThread(() => Ask(() => throw refused))));
    }

    [Fact]
    public async Task AStopInTimeIsAStop()
    {
        WSManException stopped = await Assert.ThrowsAsync<WSManException>(
            () => OnOwnThread(() => Ask(() => throw Errors.Stopped())));

        Assert.Equal((WSManErrorCode.Cancelled, false), (stopped.Code, stopped.IsImpatient));
    }

    [Fact]
    public async Task RequestsThatFollowOneAnotherShareTheSecond()
    {
        using ManualResetEventSlim never = new();

        // The library throws a stop for a client that was cancelled.
        WSManException late = await Assert.ThrowsAsync<WSManException>(() => OnOwnThread(() =>
            Ask(() => never.Wait(TimeSpan.FromSeconds(1.1)) ? 1 : 0) + Ask(() => throw Errors.Stopped())));

        Assert.Equal((WSManErrorCode.TimedOut, true), (late.Code, late.IsImpatient));
    }

    [Fact]
    public async Task RequestsOfAViewCostNothingWhileTheyAreAnswered()
    {
        using ManualResetEventSlim never = new();

        int answered = await OnOwnThread(() => Enumerable.Range(0, 4).Sum(
            _ => AskForView(1, () => never.Wait(TimeSpan.FromSeconds(0.4)) ? 1 : 0) + AskForView(2, () => 1)));

        Assert.Equal(4, answered);
    }

    [Fact]
    public async Task OneSessionThatIsLateInAViewCostsTheOthersNothing()
    {
        using ManualResetEventSlim never = new();
        List<string> told = [];

        await OnOwnThread(() =>
        {
            AssertLate(() => AskForView(1, () => never.Wait(TimeSpan.FromSeconds(1.1)) ? 1 : throw Errors.Stopped()));
            told.Add($"{AskForView(2, () => 2)}");

            // Nothing is waited for a second time; the library throws a stop for a client that was cancelled.
            AssertLate(() => AskForView(1, () => throw Errors.Stopped()));
            told.Add($"{AskForView(3, () => 3)}");
            return 0;
        });

        Assert.Equal(["2", "3"], told);
    }

    private static void AssertLate(Func<int> request) =>
        Assert.True(Assert.Throws<WSManException>(() => request()).IsImpatient);

    private static int AskForView(ulong session, Func<int> request) =>
        BriefWait.AskForView(new WSManClient(), session, request, new StandingClock());

    private static int Ask(Func<int> request) => BriefWait.Ask(new WSManClient(), request, new StandingClock());

    // The second belongs to a thread.
    private static Task<int> OnOwnThread(Func<int> what) => Task.Factory.StartNew(
        what, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // On a busy machine two requests of one key would look like those of two.
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
