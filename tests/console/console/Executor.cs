using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace WSManConsole;

/// <summary>Runs pipelines one after the other, each ending in Out-Default, and stops the one that runs.</summary>
internal sealed class Executor
{
    private readonly Runspace runspace;
    private readonly Stack<Pipeline> running;
    private readonly bool nested;

    internal Executor(Runspace runspace)
        : this(runspace, [], nested: false)
    {
    }

    private Executor(Runspace runspace, Stack<Pipeline> running, bool nested)
    {
        this.runspace = runspace;
        this.running = running;
        this.nested = nested;
    }

    /// <summary>An executor for a prompt that opened while a pipeline runs.</summary>
    internal Executor Nested() => new(runspace, running, nested: true);

    internal Pipeline NewPipeline() => nested ? runspace.CreateNestedPipeline() : runspace.CreatePipeline();

    private Pipeline NewPipeline(string text) => nested
        ? runspace.CreateNestedPipeline(text, addToHistory: true)
        : runspace.CreatePipeline(text, addToHistory: true);

    /// <summary>Runs it and shows what it writes, errors too; returns the exception that ended it, if one did.</summary>
    private Exception? Run(Pipeline pipeline)
    {
        if (pipeline.Commands.Count > 0)
        {
            pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        }

        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
        try
        {
            Invoke(pipeline);
            return pipeline.PipelineStateInfo.State == PipelineState.Stopped ? new PipelineStoppedException() : null;
        }
        catch (Exception e)
        {
            // Whatever a command threw is for the person at the console, and the console goes on.
            return e;
        }
    }

    /// <summary>As <see cref="Run"/>, and shows the exception too.</summary>
    internal Exception? RunAndReport(Pipeline pipeline)
    {
        Exception? error = Run(pipeline);
        if (error is not null)
        {
            Report(error);
        }

        return error;
    }

    /// <summary>Runs text and shows what comes of it; returns the exception that ended it, if one did.</summary>
    internal Exception? RunText(string text)
    {
        Exception? error = Run(NewPipeline(text));
        if (error is IncompleteParseException)
        {
            // This one says neither where nor what; the parser does.
            Parser.ParseInput(text, out _, out ParseError[] errors);
            error = new ParseException(errors);
        }

        if (error is not null)
        {
            Report(error);
        }

        return error;
    }

    /// <summary>Shows an exception as the engine shows errors.</summary>
    private void Report(Exception error)
    {
        if (error is PipelineStoppedException)
        {
            return;
        }

        ErrorRecord record = error is IContainsErrorRecord known
            ? known.ErrorRecord
            : new ErrorRecord(error, "ConsoleHost.ReportException", ErrorCategory.NotSpecified, null);
        Pipeline pipeline = NewPipeline();
        pipeline.Input.Write(EngineSession.AsError(record));
        if (Run(pipeline) is not null)
        {
            Console.Error.WriteLine(error.Message);
        }
    }

    /// <summary>Runs text that answers with a value, such as the prompt function; null if it failed.</summary>
    internal string? Evaluate(string text)
    {
        try
        {
            Pipeline pipeline = nested
                ? runspace.CreateNestedPipeline(text, addToHistory: false)
                : runspace.CreatePipeline(text);
            return Invoke(pipeline).FirstOrDefault()?.ToString();
        }
        catch (RuntimeException)
        {
            return null;
        }
    }

    /// <summary>What $? says of the last command.</summary>
    internal bool LastSucceeded() => Evaluate("$global:?") == bool.TrueString;

    /// <summary>Tells the innermost running pipeline to stop; does not wait for it.</summary>
    internal void Cancel()
    {
        lock (running)
        {
            if (running.TryPeek(out Pipeline? pipeline))
            {
                pipeline.StopAsync();
            }
        }
    }

    private Collection<PSObject> Invoke(Pipeline pipeline)
    {
        lock (running)
        {
            running.Push(pipeline);
        }

        try
        {
            return pipeline.Invoke();
        }
        finally
        {
            lock (running)
            {
                running.Pop();
            }

            pipeline.Dispose();
        }
    }
}
