using System.Collections.Concurrent;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Lets one change at a time be made to the configuration of a computer. A change is a Get and a Put of one
/// document, and WS-Management has no lock: of two runspaces that change two values of it at once, the later
/// would put back the old value of the earlier. Other processes are not held up; against them, the time
/// between Get and Put is all there is.
/// </summary>
internal static class ConfigLocks
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_locks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for the turn of this change.</summary>
    /// <param name="sessionName">The computer.</param>
    /// <param name="isStopped">Whether the command was stopped meanwhile.</param>
    /// <returns>What ends the turn when it is disposed.</returns>
    /// <exception cref="WSManException">The command was stopped.</exception>
    public static IDisposable Hold(string sessionName, Func<bool> isStopped)
    {
        SemaphoreSlim turn = s_locks.GetOrAdd(sessionName, _ => new SemaphoreSlim(1, 1));
        while (!turn.Wait(s_pause))
        {
            if (isStopped())
            {
                throw new WSManException(WSManErrorCode.Cancelled, Messages.Stopped);
            }
        }

        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
