using System.Runtime.InteropServices;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// Ends every session when the process ends, within the client setting ExitTimeoutms. Each way of ending has
/// a hook of its own, because none covers the others: ProcessExit is raised at the normal end and for
/// <c>exit</c>, but not for an error that nobody handled, and from .NET 10 on not for signals either.
/// Nothing is said to anybody, since the streams of the last command are closed by then.
/// </summary>
internal static class ProcessEnding
{
    private static readonly object s_one = new();

    // A registration that nobody refers to is taken back.
    private static PosixSignalRegistration[] s_signals = [];

    private static RegistryHandle? s_registry;

    /// <summary>Sets the hooks for the one registry of the process. To be called once.</summary>
    public static void Closes(RegistryHandle registry)
    {
        s_registry = registry;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => CloseAll();

        // A signal that the process was started to ignore, as nohup does, stays ignored and reaches no handler.
        s_signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
    }

    // Cancel stays as it is: what the signal does to the process is not ours to decide. Where another handler
    // has decided that the process goes on, so do its sessions.
    private static void OnSignal(PosixSignalContext context)
    {
        if (!context.Cancel)
        {
            CloseAll();
        }
    }

    // One at a time, so that whoever comes second finds nothing left, and returns only when it is done: the
    // process ends behind it. The handle is never released: calls on other threads may still be using it, and
    // what the sessions had is gone by then.
    private static void CloseAll()
    {
        lock (s_one)
        {
            try
            {
                _ = NativeMethods.wsman_close_all(
                    out _, s_registry!, ProcessRegistry.NextOperation(), timeoutMilliseconds: 0);
            }
            catch (Exception)
            {
                // An error here would hide the one that ends the process, or change its exit code.
            }
        }
    }
}
