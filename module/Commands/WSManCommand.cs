using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>What every cmdlet of the module has: a client that a stop cancels, and one form of error.</summary>
public abstract class WSManCommand : PSCmdlet
{
    private protected WSManClient Client { get; } = new();

    /// <summary>Cancels the call that runs. Called by the engine, on a thread of its own.</summary>
    protected override void StopProcessing() => Client.Cancel();

    /// <summary>How much the user wants to read of what is exchanged, as a request says it.</summary>
    private protected string? Trace => Wants("Debug") ? "debug" : Wants("Verbose") ? "verbose" : null;

    /// <summary>Ends the command with an error whose id is WsManError.</summary>
    [DoesNotReturn]
    private protected void Fail(string message, object? target) =>
        End(Errors.Record(new InvalidOperationException(message), target));

    /// <inheritdoc cref="Fail(string, object)"/>
    [DoesNotReturn]
    private protected void Fail(WSManException error, object? target)
    {
        Errors.ThrowIfStopped(error);
        WriteTrace(error.Trace);
        End(Errors.Record(error, target));
    }

    /// <summary>Tells the verbose and the debug stream what was exchanged.</summary>
    private protected void WriteTrace(IReadOnlyList<TraceLine>? trace)
    {
        foreach (TraceLine line in trace ?? [])
        {
            (line.IsDebug ? (Action<string>)WriteDebug : WriteLine)(line.Text);
        }
    }

    /// <summary>
    /// Writes a line for -Verbose. With -Debug alone it goes there, because the engine would ask after each verbose
    /// line whether to go on.
    /// </summary>
    private protected void WriteLine(string line)
    {
        bool isDebugging = MyInvocation.BoundParameters.TryGetValue("Debug", out object? given)
            && LanguagePrimitives.IsTrue(given);
        bool saysVerbose = MyInvocation.BoundParameters.ContainsKey("Verbose");
        (isDebugging && !saysVerbose ? (Action<string>)WriteDebug : WriteVerbose)(line);
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
            TeardownWriter.Write(report, WriteInformation, WriteLine, WriteWarning);
        }
    }

    // The compiler's reference for the engine does not say that it never returns.
    [DoesNotReturn]
    private void End(ErrorRecord error)
    {
        ThrowTerminatingError(error);
        throw new PipelineStoppedException();
    }

    private bool Wants(string stream)
    {
        if (MyInvocation.BoundParameters.TryGetValue(stream, out object? given))
        {
            return LanguagePrimitives.IsTrue(given);
        }

        return LanguagePrimitives.TryConvertTo(GetVariableValue($"{stream}Preference"), out ActionPreference wish)
            && wish is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
