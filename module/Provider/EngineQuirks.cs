using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Microsoft.WSMan.Management;

/// <summary>
/// What the engine knows and does not tell: who asks a provider, which only the stack shows, the locations that
/// Push-Location keeps in all stacks, the completers that were registered, and where the help of a provider is, which
/// are private fields.
/// </summary>
internal static class EngineQuirks
{
    private const string Automation = "System.Management.Automation";

    private const string Completers = "CustomArgumentCompleters";

    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly string[] s_toldByProvider =
        ["GetItemCommand", "GetChildItemCommand", "ClearItemCommand", "RemoveItemCommand"];

    /// <summary>
    /// Whether Test-Path asks. The engine swallows an exception of ItemExists, so the answer for an item that cannot
    /// be read is yes, and the command meets the reason when it goes on; Test-Path does not go on, and gets a no.
    /// </summary>
    public static bool IsTestPath => IsCalledBy("TestPathCommand");

    /// <summary>
    /// Whether Remove-Item asks about what it is going to remove. It calls HasChildItems to let the user decide whether
    /// the content may go too, and nothing on a computer goes with its session. Where it resolves wildcards before, the
    /// same question means whether there is something to look at inside.
    /// </summary>
    public static bool IsRemoveItem => IsCalledBy("RemoveItemCommand")
        && !IsOnStack((type, method) => type == $"{Automation}.LocationGlobber" && method == "GetChildNamesInDir");

    /// <summary>
    /// Whether a command asks that needs an item and has its error from the provider if it is told that the item is
    /// there. To all others the engine says that there is no such path.
    /// </summary>
    public static bool IsToldByProvider => !IsTestPath && s_toldByProvider.Any(IsCalledBy);

    /// <summary>Whether the Tab key asks for the names in a path, and for nothing else.</summary>
    public static bool IsPathCompletion => IsOnStack(
        (type, method) => type == $"{Automation}.CompletionCompleters" && method == "CompleteFilename");

    /// <summary>
    /// Who asks. Where that is not a command, the user has not asked and cannot stop it: at the line editor there is
    /// none that Ctrl+C could end. A view of a formatter that was called cannot be told from one of the host.
    /// </summary>
    public static Asker Asker =>
        IsOnStack(IsCompletion) || IsPrompt ? Asker.Key : IsOnStack(IsView) ? Asker.View : Asker.Command;

    /// <summary>
    /// The user's answer to a question; null where there is none. Where its input has ended, as in a container that is
    /// built, the console of the engine fails with a null reference.
    /// </summary>
    public static bool? Answer(Func<bool> question)
    {
        try
        {
            return question();
        }
        catch (NullReferenceException) when (Console.IsInputRedirected)
        {
            return null;
        }
    }

    /// <summary>
    /// The locations in the stacks of the caller and of the prompt, each with the name of its stack. The engine gives
    /// out one stack by its name, and no names; where its fields have changed, the stack in use is all there is.
    /// </summary>
    public static IEnumerable<(string Stack, PathInfo Location)> PushedLocations(SessionState state)
    {
        // A function of a module pushes onto stacks of its module.
        object? caller = Property(state, "Internal");
        object? prompt = Property(Property(caller, "ExecutionContext"), "TopLevelSessionState");
        Dictionary<string, Stack<PathInfo>>[] all =
            [.. new[] { caller, prompt }.Distinct().Select(Stacks).OfType<Dictionary<string, Stack<PathInfo>>>()];
        if (all.Length == 0)
        {
            PathInfoStack usual = state.Path.LocationStack(stackName: null);
            return usual.Select(location => (usual.Name, location));
        }

        return all.SelectMany(stacks => stacks.SelectMany(
            stack => stack.Value.Select(location => (stack.Key, location))));
    }

    /// <summary>
    /// What was registered in the runspace of the calling thread to complete a parameter; null if nothing was, or where
    /// the engine's fields have changed.
    /// </summary>
    /// <param name="key">Such as "Set-Item:Value", or "Value" for that parameter of every command.</param>
    public static ScriptBlock? ArgumentCompleter(string key) =>
        Property(Engine, Completers) is Dictionary<string, ScriptBlock> all ? all.GetValueOrDefault(key) : null;

    /// <summary>
    /// Registers in the runspace of the calling thread what completes a parameter, as Register-ArgumentCompleter does.
    /// It is done at every import, where a pipeline of its own would take longer than all else together. False where the
    /// engine's fields have changed.
    /// </summary>
    public static bool TrySetArgumentCompleter(string key, ScriptBlock completer)
    {
        object? engine = Engine;
        if (engine?.GetType().GetProperty(Completers, Hidden) is not { CanWrite: true } property
            || property.PropertyType != typeof(Dictionary<string, ScriptBlock>))
        {
            return false;
        }

        if (property.GetValue(engine) is not Dictionary<string, ScriptBlock> all)
        {
            all = new Dictionary<string, ScriptBlock>(StringComparer.OrdinalIgnoreCase);
            property.SetValue(engine, all);
        }

        all[key] = completer;
        return true;
    }

    /// <summary>
    /// Has Get-Help look for the page of the provider beside the assembly. The engine looks in the folder of the module,
    /// and takes PowerShell's for that of every module with the name of Windows' own.
    /// </summary>
    public static void LocateHelp(ProviderInfo provider)
    {
        string module = Path.GetDirectoryName(typeof(EngineQuirks).Assembly.Location) ?? "";
        typeof(ProviderInfo).GetField($"<{nameof(ProviderInfo.HelpFile)}>k__BackingField", Hidden)
            ?.SetValue(provider, Path.Combine(module, provider.HelpFile));
    }

    /// <summary>
    /// Whether a cmdlet of PowerShell asks. Those before it in a pipeline are on the stack too, below it.
    /// </summary>
    internal static bool IsCalledBy(string command) =>
        InnermostCommand?.FullName == $"Microsoft.PowerShell.Commands.{command}";

    private static object? Engine => Property(Runspace.DefaultRunspace, "ExecutionContext");

    private static Type? InnermostCommand => new StackTrace(fNeedFileInfo: false)
        .GetFrames()
        .Select(frame => frame.GetMethod()?.DeclaringType)
        .FirstOrDefault(type => type is { IsAbstract: false } && typeof(Cmdlet).IsAssignableFrom(type));

    // The prompt is a function of this name, which the host calls without saying so.
    private static bool IsPrompt => Runspace.DefaultRunspace?.Debugger?.GetCallStack()
        .Any(frame => frame.FunctionName.Equals("prompt", StringComparison.OrdinalIgnoreCase)) == true;

    private static bool IsCompletion(string type, string method) =>
        type is $"{Automation}.CommandCompletion" or $"{Automation}.CompletionCompleters";

    private static bool IsView(string type, string method) =>
        type.StartsWith("Microsoft.PowerShell.Commands.Internal.Format.", StringComparison.Ordinal)
        && type.EndsWith("ViewGenerator", StringComparison.Ordinal);

    private static bool IsOnStack(Func<string, string, bool> isIt) => new StackTrace(fNeedFileInfo: false)
        .GetFrames()
        .Select(frame => frame.GetMethod())
        .Any(method => method?.DeclaringType?.FullName is { } type && isIt(type, method.Name));

    private static Dictionary<string, Stack<PathInfo>>? Stacks(object? sessionState) =>
        sessionState?.GetType().GetField("_workingLocationStack", Hidden)?.GetValue(sessionState)
            as Dictionary<string, Stack<PathInfo>>;

    private static object? Property(object? of, string name) =>
        of?.GetType().GetProperty(name, Hidden)?.GetValue(of);
}
