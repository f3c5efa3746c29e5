using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Ends the session to a computer: when it returns, nothing of the session is left. It writes no objects; a
/// <see cref="TeardownReport"/> is in the information record with the tag WSMan.Teardown, and the verbose
/// stream has one line for each step. Errors have the id WsManError and end the command.
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "WSMan", HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096839")]
public sealed class DisconnectWSManCommand : WSManCommand
{
    private string _computerName = ComputerNames.Local;

    /// <summary>The name under which the session is listed, in any letter case.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ConnectedComputerCompleter))]
    public string ComputerName
    {
        get => _computerName;
        set => _computerName = ComputerNames.FromParameter(value);
    }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        // Input is not accepted, and the engine says so for each piped object. Without a name of its own the command
        // has then nothing to do: the user did not mean the local computer.
        if (MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(ComputerName)))
        {
            return;
        }

        string sessionName = ComputerNames.ToSessionName(ComputerName);
        WSManPath item = WSManPath.BelowRoot(sessionName);
        if (LocationGuard.FindConflict(SessionState, item) is { } conflict)
        {
            Fail(conflict, ComputerName);
        }

        try
        {
            WriteReport(Disconnect(sessionName, item));
        }
        catch (WSManException e)
        {
            Fail(e, ComputerName);
        }
    }

    // A drive is not left with a memory that leads nowhere, whatever comes of the call: no session is left behind it.
    private TeardownReport Disconnect(string sessionName, WSManPath item)
    {
        try
        {
            return WaitForEnd(Messages.Ending(sessionName), () => Client.Disconnect(sessionName));
        }
        finally
        {
            LocationGuard.Forget(SessionState, item);
        }
    }
}
