using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Completes -Value of Set-Item below the drive. The parameter is PowerShell's own, to which a provider can add
/// nothing, so this is registered for all drives, has an answer for this one alone, and passes the question on for all
/// others to the completer that it took the place of.
/// </summary>
public static class SettingValueCompleter
{
    // What an item is known by: it is given when the item is made, and no Set-Item changes it.
    private static readonly string[] s_fixed = ["Transport", "Address", "Capability"];

    private const string CommandName = "Set-Item";

    private const string ParameterName = "Value";

    // Without a module of its own the block runs where the user is, and so knows the current location.
    private const string Block = """
        param($command, $parameter, $word, $line, $bound)
        [Microsoft.WSMan.Management.SettingValueCompleter]::Complete(
            $ExecutionContext.SessionState, $command, $parameter, $word, $line, $bound)
        """;

    // The completers that were there before, each in its runspace, and gone with that.
    private static readonly ConditionalWeakTable<Runspace, ScriptBlock> s_before = [];

    /// <summary>
    /// The values of the setting to which the bound path leads, as far as there are few; for a path of another drive
    /// what the completer says that was registered before.
    /// </summary>
    /// <param name="state">The session that the line is typed in.</param>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What stands at the cursor.</param>
    /// <param name="commandAst">The line.</param>
    /// <param name="boundParameters">The other parameters of the line.</param>
    public static IEnumerable<object> Complete(
        SessionState state,
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary boundParameters)
    {
        bool isOurs = false;
        IReadOnlyList<CompletionResult> ours = ValueCompleter.Complete(wordToComplete, _ =>
        {
            WSManPath[] items = [.. Items(state, boundParameters)];
            isOurs = items.Length > 0;
            return items.SelectMany(Values);
        });
        return isOurs
            ? ours
            : Before?.Invoke(commandName, parameterName, wordToComplete, commandAst, boundParameters) ?? [];
    }

    /// <summary>Has the engine ask, in the runspace of the calling thread.</summary>
    internal static void Register()
    {
        const string Key = $"{CommandName}:{ParameterName}";
        Keep(EngineQuirks.ArgumentCompleter(Key));
        ScriptBlock completer = ScriptBlock.Create(Block);
        if (EngineQuirks.TrySetArgumentCompleter(Key, completer))
        {
            return;
        }

        // By its type, so that a session that hides commands has it too.
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo("Register-ArgumentCompleter", typeof(RegisterArgumentCompleterCommand)))
            .AddParameter("CommandName", CommandName)
            .AddParameter("ParameterName", ParameterName)
            .AddParameter("ScriptBlock", completer)
            .Invoke();
    }

    // One for the parameter of every command is asked by the engine where a command has none of its own.
    private static ScriptBlock? Before =>
        s_before.TryGetValue(Runspace.DefaultRunspace, out ScriptBlock? before)
            ? before
            : EngineQuirks.ArgumentCompleter(ParameterName);

    // Another import finds the block of the one before.
    private static void Keep(ScriptBlock? before)
    {
        if (before is not null && before.ToString() != Block)
        {
            s_before.AddOrUpdate(Runspace.DefaultRunspace, before);
        }
    }

    // The bound paths that are in the drive.
    private static IEnumerable<WSManPath> Items(SessionState state, IDictionary boundParameters)
    {
        IEnumerable<string> paths = new[] { "Path", "LiteralPath" }
            .Where(boundParameters.Contains)
            .SelectMany(name => LanguagePrimitives.ConvertTo<string[]>(boundParameters[name]));
        foreach (string path in paths)
        {
            string item = state.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.ImplementingType == typeof(WSManConfigProvider))
            {
                yield return WSManPath.Parse(item);
            }
        }
    }

    // A parameter of a plugin may have any name.
    private static IEnumerable<Candidate> Values(WSManPath item) =>
        item.Segments.Count > 2
        && !item.IsAt(item.Segments.Count - 2, ParametersNode.ContainerName)
        && !s_fixed.Contains(item.Segments[^1], StringComparer.OrdinalIgnoreCase)
            ? KnownValues.Of(item.Segments[^1])
            : [];
}
