namespace Microsoft.WSMan.Management;

/// <summary>Calls on threads of their own.</summary>
internal static class OwnThread
{
    /// <summary>Begins a call. Where the system gives no thread, it is made on this one, and is over on return: what a
    /// user began goes on, without what there was to see meanwhile.</summary>
    public static Task<T> Begin<T>(Func<T> call) => Begin(call, TaskScheduler.Default);

    /// <summary>The same by a scheduler of who asks.</summary>
    public static Task<T> Begin<T>(Func<T> call, TaskScheduler scheduler)
    {
        try
        {
            return Task.Factory.StartNew(
                call, CancellationToken.None, TaskCreationOptions.LongRunning, scheduler);
        }
        catch (TaskSchedulerException)
        {
            // A thread that cannot be started is an OutOfMemoryException, and the task that should have had it has failed.
            Task<T> here = new(call);
            here.RunSynchronously(TaskScheduler.Default);
            return here;
        }
    }
}
