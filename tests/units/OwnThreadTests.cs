namespace Microsoft.WSMan.Management.Units;

public sealed class OwnThreadTests
{
    [Fact]
    public async Task ACallHasAThreadThatIsNotTheCallersOne()
    {
        int here = Environment.CurrentManagedThreadId;

        int thread = await OwnThread.Begin(() => Environment.CurrentManagedThreadId);

        Assert.NotEqual(here, thread);
    }

    [Fact]
    public async Task ACallIsMadeOnThisThreadWhereTheSystemGivesNone()
    {
        int here = Environment.CurrentManagedThreadId;

        Task<int> call = OwnThread.Begin(() => Environment.CurrentManagedThreadId, new NoThreads());

        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(here, await call);
    }

    [Fact]
    public async Task AFailureOfACallOnThisThreadIsThatOfTheTask()
    {
        Task<int> call = OwnThread.Begin<int>(() => throw Errors.Stopped(), new NoThreads());

        await Assert.ThrowsAsync<WSManException>(() => call);
    }

    // The system at the limit of its threads: what Thread.Start() throws then.
    private sealed class NoThreads : TaskScheduler
    {
        protected override void QueueTask(Task task) => throw new OutOfMemoryException();

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task>? GetScheduledTasks() => null;
    }
}
