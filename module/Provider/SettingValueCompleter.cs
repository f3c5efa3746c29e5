using System.Collections;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Completes -Value of Set-Item below the drive. The parameter is PowerShell's own, to which a provider can add
/// nothing, so this is registered for all drives, and has an answer for this one alone.
/// </summary>
public static class SettingValueCompleter
{
    // What an item is known by: it is given when the item is made, and no Set-Item changes it.
    private static readonly string[] s_fixed = ["Transport", "Address", "Capability"];

    // Without a module of its own the block runs where the user is, and so knows the current location.
    private const string Block = """
        param($command, $parameter, $word, $line, $bound)
        [Microsoft.WSMan.Management.SettingValueCompleter]::Complete($ExecutionContext.SessionState, $word, $bound)
        """;

    /// <summary>The values of the setting to which the bound path leads, as far as there are few.</summary>
    /// <param name="state">The session that the line is typed in.</param>
    /// <param name="wordToComplete">What stands at the cursor.</param>
    /// <param name="boundParameters">The other parameters of the line.</param>
    public static IEnumerable<CompletionResult> Complete(
        SessionState state, string wordToComplete, IDictionary boundParameters) => ValueCompleter.Complete(
            wordToComplete,
            _ => new[] { "Path", "LiteralPath" }
                .Where(boundParameters.Contains)
                .SelectMany(name => LanguagePrimitives.ConvertTo<string[]>(boundParameters[name]))
                .SelectMany(path => Values(state, path)));

    /// <summary>Has the engine ask, in the runspace of the calling thread.</summary>
    internal static void Register()
    {
        // By its type, so that a session that hides commands has it too.
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo("Register-ArgumentCompleter", typeof(RegisterArgumentCompleterCommand)))
            .AddParameter("CommandName", "Set-Item")
            .AddParameter("ParameterName", "Value")
            .AddParameter("ScriptBlock", ScriptBlock.Create(Block))
            .Invoke();
    }

    private static IEnumerable<Candidate> Values(SessionState state, string path)
    {
        string item = state.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        WSManPath parsed = WSManPath.Parse(item);

        // A parameter of a plugin may have any name.
        return provider.ImplementingType == typeof(WSManConfigProvider)
            && parsed.Segments.Count > 2
            && !parsed.IsAt(parsed.Segments.Count - 2, ParametersNode.ContainerName)
            && !s_fixed.Contains(parsed.Segments[^1], StringComparer.OrdinalIgnoreCase)
            ? KnownValues.Of(parsed.Segments[^1])
            : [];
    }
}
