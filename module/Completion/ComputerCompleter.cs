using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Microsoft.WSMan.Management;

/// <summary>Completes the names of connected computers, with how each is connected beside it.</summary>
internal sealed class ConnectedComputerCompleter : ValueCompleter
{
    private protected override IEnumerable<Candidate> Candidates(AskedValue asked) => All();

    public static IEnumerable<Candidate> All() =>
        WSManClient.Sessions().Select(session => new Candidate(session.ComputerName, ToolTip(session)));

    // Such as "Opened, Basic as admin, https://server01:5986/wsman".
    private static string ToolTip(SessionInfo session)
    {
        string user = session.UserName.Length > 0 ? $" as {session.UserName}" : "";
        return $"{session.State}, {session.Authentication}{user}, {session.ConnectionUri}";
    }
}

/// <summary>
/// The same for a parameter in whose place a bare word is bound to a name. The engine asks for the parameter of the
/// default set alone while there is no word, and for both once there is one.
/// </summary>
internal sealed class NoWordCompleter : IArgumentCompleter
{
    // Null leaves the word to the other parameter; an empty list would stand beside what that one has.
    public IEnumerable<CompletionResult>? CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        string.IsNullOrEmpty(wordToComplete)
            ? new ConnectedComputerCompleter().CompleteArgument(
                commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters)
            : null;
}

/// <summary>Completes the names of computers that the user has to do with: connected ones, then trusted ones.</summary>
internal sealed class ComputerCompleter : ValueCompleter
{
    private const string TrustedHosts = "TrustedHosts";

    private protected override IEnumerable<Candidate> Candidates(AskedValue asked)
    {
        Candidate[] connected = [.. ConnectedComputerCompleter.All()];
        return connected.Concat(Trusted().Where(trusted => !Array.Exists(connected, IsSame(trusted))));
    }

    private static Predicate<Candidate> IsSame(Candidate trusted) =>
        connected => DnsNames.ToAscii(connected.Text) == ComputerNames.ToSessionName(trusted.Text);

    private static IEnumerable<Candidate> Trusted()
    {
        try
        {
            // A pattern and <local> stand for computers whose names nobody knows.
            return WSManClient.ClientSettings()
                .Single(setting => setting.Name == TrustedHosts)
                .Value!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(entry => entry.IndexOfAny(['*', '<']) < 0)
                .Select(entry => new Candidate(entry, $"In {TrustedHosts}, not connected"));
        }
        catch (WSManException)
        {
            // A settings file that is broken takes no connected computer away.
            return [];
        }
    }
}
