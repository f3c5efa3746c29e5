using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The base of every cmdlet that calls the library: a client that a stop cancels, and one form of error. An error ends
/// the command. Where its caller gave -ErrorAction SilentlyContinue or Ignore the error is written instead, so that the
/// script goes on behind the command as it asked for: the engine itself obeys that only for errors that are written.
/// </summary>
public abstract class WSManCommand : PSCmdlet
{
    private bool _isOver;

    private protected WSManClient Client { get; } = new();

    /// <summary>Cancels the call that runs. Called by the engine, on a thread of its own.</summary>
    protected override void StopProcessing() => Client.Cancel();

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => _isOver = !TryRun(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => _ = _isOver || TryRun(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => _ = _isOver || TryRun(Finish);

    /// <summary>What the command does before its input. After an error here it does nothing more.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>What the command does with one object of its input. After an error here the next one follows.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>What the command does behind its input.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>The trace that a request asks for, by the streams that the user reads; null for none.</summary>
    private protected string? TraceLevel =>
        IsWanted("Debug") ? TraceLine.Debug : IsWanted("Verbose") ? TraceLine.Verbose : null;

    /// <summary>
    /// Asks whatever $ConfirmPreference is: only -Force, which not every command has, stands for the user's yes. Ends
    /// the command where nobody can answer.
    /// </summary>
    private protected bool Ask(string question, string caption)
    {
        bool? answer = EngineQuirks.Answer(() => ShouldContinue(question, caption));
        if (answer is null)
        {
            Fail(Messages.NobodyAnswers, target: null);
        }

        return answer.Value;
    }

    /// <summary>Ends the command with an error whose id is WsManError.</summary>
    [DoesNotReturn]
    private protected void Fail(string message, object? target) =>
        Fail(Errors.Record(new InvalidOperationException(message), target));

    /// <inheritdoc cref="Fail(string, object)"/>
    [DoesNotReturn]
    private protected void Fail(WSManException error, object? target)
    {
        Errors.ThrowIfStopped(error);
        WriteTrace(error.Trace);
        Fail(Errors.Record(error, target));
    }

    /// <summary>Ends the command with an error.</summary>
    [DoesNotReturn]
    private protected void Fail(ErrorRecord error)
    {
        if (IsSilenced)
        {
            WriteError(error);
            throw new ErrorWrittenException();
        }

        // The compiler's reference for the engine does not say that this never returns.
        ThrowTerminatingError(error);
        throw new PipelineStoppedException();
    }

    /// <summary>
    /// Asks or changes the service that a session under the name localhost leads to; ends the command if that fails.
    /// </summary>
    private protected T AskService<T>(LocalService service, Func<LocalService, T> ask)
    {
        try
        {
            T answer = ask(service);
            WriteTrace(service.Trace);
            return answer;
        }
        catch (WSManException e)
        {
            Errors.ThrowIfStopped(e);
            WriteTrace(service.Trace);
            Fail(e, null);
            throw;
        }
    }

    /// <summary>Writes the exchanges of a call to the verbose and the debug stream.</summary>
    private protected void WriteTrace(IReadOnlyList<TraceLine>? trace)
    {
        foreach (TraceLine line in trace ?? [])
        {
            (line.IsDebug ? (Action<string>)WriteDebug : WriteVerboseLine)(line.Text);
        }
    }

    /// <summary>
    /// Writes a line for -Verbose. With -Debug alone it goes there, because the engine would ask after each verbose
    /// line whether to go on.
    /// </summary>
    private protected void WriteVerboseLine(string line)
    {
        bool isDebugging = MyInvocation.BoundParameters.TryGetValue("Debug", out object? given)
            && LanguagePrimitives.IsTrue(given);
        bool saysVerbose = MyInvocation.BoundParameters.ContainsKey("Verbose");
        (isDebugging && !saysVerbose ? (Action<string>)WriteDebug : WriteVerbose)(line);
    }

    /// <summary>Waits for a call that ends sessions, and shows that it does once that takes long.</summary>
    private protected T WaitForEnd<T>(string activity, Func<T> close) => TeardownProgress.Wait(
        close, (status, isOver) => WriteProgress(WSManConfigProvider.Progress(activity, status, isOver)));

    private protected void WriteReports(IReadOnlyList<TeardownReport> reports) =>
        TeardownWriter.Write(reports, WriteInformation, WriteVerboseLine, WriteWarning);

    private protected void WriteReport(TeardownReport? report)
    {
        if (report is not null)
        {
            WriteReports([report]);
        }
    }

    private bool IsSilenced =>
        MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
        && given is ActionPreference.SilentlyContinue or ActionPreference.Ignore;

    // Whether the phase came to its end.
    private bool TryRun(Action phase)
    {
        try
        {
            phase();
            return true;
        }
        catch (ErrorWrittenException)
        {
            return false;
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException && IsSilenced)
        {
            // A question where nobody can be asked: the engine's error, of -Confirm as well.
            WriteError(Errors.Unnamed(e));
            return false;
        }
    }

    // A parameter of the command counts before the preference variable, in both directions.
    private bool IsWanted(string stream)
    {
        if (MyInvocation.BoundParameters.TryGetValue(stream, out object? given))
        {
            return LanguagePrimitives.IsTrue(given);
        }

        return LanguagePrimitives.TryConvertTo(GetVariableValue($"{stream}Preference"), out ActionPreference wish)
            && wish is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    // Leads from an error that was written to the end of the phase that it ends.
    private sealed class ErrorWrittenException : Exception;
}
