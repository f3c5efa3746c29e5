using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The base of what completes the value of a parameter. A completer knows what is at hand and asks no computer, so that
/// the Tab key waits for nothing.
/// </summary>
internal abstract class ValueCompleter : IArgumentCompleter
{
    /// <summary>The values that fit what was typed. An error gives none, and the user goes on typing.</summary>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Complete(wordToComplete, typed => Candidates(
            new AskedValue(commandName ?? "", parameterName ?? "", typed, fakeBoundParameters ?? new Hashtable())));

    /// <summary>The candidates that fit a word, as the engine takes them.</summary>
    public static IReadOnlyList<CompletionResult> Complete(
        string? word, Func<TypedWord, IEnumerable<Candidate>> candidates)
    {
        TypedWord typed = new(word);
        try
        {
            return [.. candidates(typed)
                .Where(typed.Fits)
                .DistinctBy(candidate => candidate.Text, StringComparer.OrdinalIgnoreCase)
                .Select(typed.Complete)];
        }
        catch (Exception)
        {
            // The engine would offer the names of files in the place of an exception, whichever it is.
            return [];
        }
    }

    /// <summary>The values that there are, best first. Those that do not fit are left out by the caller.</summary>
    private protected abstract IEnumerable<Candidate> Candidates(AskedValue asked);
}

/// <summary>The value that is being completed.</summary>
/// <param name="Command">The name of the command, as far as the engine knows it.</param>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Typed">What stands at the cursor.</param>
/// <param name="Bound">The other parameters of the line, as far as their values are constants.</param>
internal sealed record AskedValue(string Command, string Parameter, TypedWord Typed, IDictionary Bound)
{
    /// <summary>The text of another parameter; null where it is not given, or is no constant.</summary>
    public string? TextOf(string parameter) => Bound.Contains(parameter) ? $"{Bound[parameter]}" : null;
}
