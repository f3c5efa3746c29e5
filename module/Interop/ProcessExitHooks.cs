using System.Runtime.InteropServices;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// Ends every session when the process ends, within the client setting ExitTimeoutms. Each way of ending has
/// a hook of its own, because none covers the others: ProcessExit is raised at the normal end and for
/// <c>exit</c>, but not for an error that nobody handled, and from .NET 10 on not for signals either.
/// Nothing is reported, since the streams of the last command are closed by then. What is killed from outside reaches
/// none of them; where the kill is announced by the end of the main runspace, that is the hook.
/// </summary>
internal static class ProcessExitHooks
{
    private static readonly object s_gate = new();

    // The runtime takes a registration back that nobody refers to.
    private static PosixSignalRegistration[] s_signals = [];

    private static RegistryHandle? s_registry;

    /// <summary>Sets the hooks for the one registry of the process. To be called once.</summary>
    public static void Register(RegistryHandle registry)
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

        // SIGINT and SIGQUIT. Of the handlers of this event the first one that was added is called first, so that here,
        // other than in a handler of signals, it is known whether PowerShell goes on.
        Console.CancelKeyPress += OnCancelKey;
    }

    private static void OnSignal(PosixSignalContext context)
    {
        // Cancel stays as it is: whether the process ends is not decided here. If another handler has
        // decided that the process goes on, its sessions do too.
        if (!context.Cancel)
        {
            CloseAll();
        }
    }

    private static void OnCancelKey(object? sender, ConsoleCancelEventArgs key)
    {
        // The console host stops what runs and goes on. The process of a job has no such handler, and Ctrl+C at the
        // terminal of its parent ends it.
        if (!key.Cancel)
        {
            CloseAll();
        }
    }

    private static void CloseAll()
    {
        // One hook at a time: the second finds nothing left, and returns only when the first is done, because the
        // process ends behind it.
        lock (s_gate)
        {
            try
            {
                // The handle is not released. Calls on other threads may still use it, and closing all sessions has
                // wiped every secret already.
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
