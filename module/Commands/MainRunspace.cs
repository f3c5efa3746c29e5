using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The runspace with which a pwsh process ends: that of the console, or in a process that serves a client over its
/// standard input and output (Start-Job, ssh) the one that the client talks to. The client kills such a process as
/// soon as that runspace has closed, so that no hook on the end of the process is reached, and the sessions have to
/// end before. A runspace of the script's own (Start-ThreadJob, -Parallel) may outlive it, and ends none.
/// </summary>
internal static class MainRunspace
{
    private static readonly object s_gate = new();

    private static Runspace? s_watched;

    /// <summary>
    /// Sees to it that every session ends with the main runspace, within the client setting ExitTimeoutms. To be
    /// called on the thread of a command. Does nothing in a program that hosts PowerShell, which has no such runspace.
    /// </summary>
    public static void Watch()
    {
        lock (s_gate)
        {
            // A process that serves may get another client when one has left, and with it another runspace.
            if (s_watched?.RunspaceStateInfo.State == RunspaceState.Opened || !IsPwsh)
            {
                return;
            }

            s_watched = Oldest();
            if (s_watched is not null)
            {
                s_watched.StateChanged += OnStateChanged;
            }
        }
    }

    private static bool IsPwsh => Assembly.GetEntryAssembly()?.GetName().Name == "pwsh";

    // The engine raises Closed when the commands of the runspace have ended, and waits for what is done here. Nothing
    // can be told: the client hears no stream any more.
    private static void OnStateChanged(object? sender, RunspaceStateEventArgs change)
    {
        if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
        {
            try
            {
                new WSManClient().CloseAll();
            }
            catch (WSManException)
            {
                // An exception here would keep the runspace from closing.
            }
        }
    }

    // A process makes its main runspace before any other. Runspaces are numbered from 1, so of that one it is known
    // without a list. Only Get-Runspace lists them all; it is run by its type, so that no module is imported for it and a
    // session that hides commands has it too.
    private static Runspace? Oldest()
    {
        if (Runspace.DefaultRunspace is { Id: 1, RunspaceStateInfo.State: RunspaceState.Opened } first)
        {
            return first;
        }

        const string GetRunspace = "Microsoft.PowerShell.Commands.GetRunspaceCommand";
        if (Type.GetType($"{GetRunspace}, Microsoft.PowerShell.Commands.Utility") is not { } command)
        {
            return Runspace.DefaultRunspace;
        }

        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo("Get-Runspace", command));
        return shell.Invoke<Runspace>()
            .Where(runspace => runspace.ConnectionInfo is null
                && runspace.RunspaceStateInfo.State == RunspaceState.Opened)
            .MinBy(runspace => runspace.Id);
    }
}
