using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>What every cmdlet of the module has: a client that a stop cancels, and one form of error.</summary>
public abstract class WSManCommand : PSCmdlet
{
    private protected WSManClient Client { get; } = new();

    /// <summary>Cancels the call that runs. Called by the engine, on a thread of its own.</summary>
    protected override void StopProcessing() => Client.Cancel();

    /// <summary>Ends the command with an error whose id is WsManError.</summary>
    private protected void Fail(string message, object? target) =>
        ThrowTerminatingError(Errors.Record(new InvalidOperationException(message), target));

    /// <inheritdoc cref="Fail(string, object)"/>
    private protected void Fail(WSManException error, object? target)
    {
        Errors.ThrowIfStopped(error);
        ThrowTerminatingError(Errors.Record(error, target));
    }

    /// <summary>
    /// Ends the command with DriveNotFound where this runspace has no WSMan drive, or with an error where a
    /// location is at the computer or below.
    /// </summary>
    private protected void RequireToStandElsewhere(string sessionName, object? target)
    {
        _ = SessionState.Path.CurrentProviderLocation(WSManConfigProvider.ProviderName);
        if (LocationGuard.Objection(SessionState, sessionName) is { } objection)
        {
            Fail(objection, target);
        }
    }

    private protected void WriteReport(TeardownReport? report)
    {
        if (report is not null)
        {
            TeardownWriter.Write(report, WriteInformation, WriteVerbose, WriteWarning);
        }
    }
}
