using System.Diagnostics;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Waits for the end of sessions, and shows from the first second on that it does. The call runs on a thread of its own,
/// because progress may only be written on that of the pipeline.
/// </summary>
internal static class TeardownProgress
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Returns what the call returned, or throws what it threw, when it is over and not before.</summary>
    /// <param name="close">The call that ends sessions.</param>
    /// <param name="write">Writes how long it lasts by now, and whether it is over. What it throws is lost: a stop is for
    /// the call, and a reader that wants no progress must not keep the call from its end.</param>
    public static T Wait<T>(Func<T> close, Action<string, bool> write)
    {
        Task<T> call = OwnThread.Begin(close);
        Stopwatch watch = Stopwatch.StartNew();
        bool isShown = false;
        bool isRefused = false;
        while (Task.WaitAny([call], s_interval) < 0)
        {
            if (!isRefused)
            {
                isShown = true;
                isRefused = !TryWrite(write, watch.Elapsed, isOver: false);
            }
        }

        if (isShown && !isRefused)
        {
            _ = TryWrite(write, watch.Elapsed, isOver: true);
        }

        return call.GetAwaiter().GetResult();
    }

    private static bool TryWrite(Action<string, bool> write, TimeSpan elapsed, bool isOver)
    {
        try
        {
            write(Messages.EndingSince((int)elapsed.TotalSeconds), isOver);
            return true;
        }
        catch (Exception)
        {
            // What comes behind the call, its report first of all, throws again if the pipeline has stopped.
            return false;
        }
    }
}
