using System.Collections.Concurrent;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Lets one change at a time be made to the configuration of a computer. A change is a Get and a Put of one
/// document, and WS-Management has no lock: of two runspaces that change two values of it at once, the later
/// would put back the old value of the earlier. Other processes are not held up; against them, the time
/// between Get and Put is all there is.
/// </summary>
internal static class ConfigLock
{
    private static readonly TimeSpan s_stopCheckInterval = TimeSpan.FromMilliseconds(50);

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_locks = new(StringComparer.Ordinal);

    /// <summary>Waits for the lock of a computer.</summary>
    /// <param name="sessionName">The computer.</param>
    /// <param name="isStopped">Whether the command was stopped meanwhile.</param>
    /// <returns>The lock, given back by Dispose.</returns>
    /// <exception cref="WSManException">The command was stopped.</exception>
    public static IDisposable Acquire(string sessionName, Func<bool> isStopped)
    {
        // A lock stays in the table for ever: the names of computers are few, and one in use must not be replaced.
        SemaphoreSlim semaphore = s_locks.GetOrAdd(sessionName, _ => new SemaphoreSlim(1, 1));
        while (!semaphore.Wait(s_stopCheckInterval))
        {
            if (isStopped())
            {
                throw Errors.Stopped();
            }
        }

        return new Lease(semaphore);
    }

    private sealed class Lease(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
