using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Microsoft.WSMan.Management;

/// <summary>Completes the names of connected computers.</summary>
public sealed class ConnectedComputerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return WSManClient.List()
            .Select(session => session.ComputerName)
            .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(Quoted(name), name, CompletionResultType.ParameterValue, name));
    }

    // A zone id or a leading colon would otherwise be read as syntax.
    private static string Quoted(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? name : $"'{name}'";
}
