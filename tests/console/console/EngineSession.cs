using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace WSManConsole;

/// <summary>Opens the engine as pwsh does, and reaches the two settings that have no public door.</summary>
internal static class EngineSession
{
    private const string ModulePath = "PSModulePath";
    private const string Context = "System.Management.Automation.ExecutionContext, System.Management.Automation";

    /// <summary>A runspace with the engine's own commands; the others load by name when first used.</summary>
    internal static Runspace Open(PSHost host)
    {
        if (!host.UI.SupportsVirtualTerminal)
        {
            PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        }

        // CreateDefault2 and nothing larger: the others look for assemblies that only pwsh brings.
        Runspace runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        Runspace.DefaultRunspace = runspace;

        // Opening puts the engine's own folders first; later runspaces leave the order as it is now.
        string own = Path.Combine(AppContext.BaseDirectory, "modules");
        string? others = Environment.GetEnvironmentVariable(ModulePath);
        Environment.SetEnvironmentVariable(
            ModulePath, string.IsNullOrEmpty(others) ? own : own + Path.PathSeparator + others);
        return runspace;
    }

    /// <summary>Makes "exit n" in the next script end the console, instead of only the script.</summary>
    internal static void LetExitEndTheConsole(Runspace runspace) => SetRethrowExit(GetContext(runspace), true);

    /// <summary>Marks a record so that Out-Default shows it as an error.</summary>
    /// <remarks>The property's type is an internal enum, which an unsafe accessor cannot express.</remarks>
    internal static PSObject AsError(ErrorRecord record)
    {
        PSObject wrapped = new(record);
        PropertyInfo stream = typeof(PSObject).GetProperty(
            "WriteStream", BindingFlags.Instance | BindingFlags.NonPublic)!;
        stream.SetValue(wrapped, Enum.Parse(stream.PropertyType, "Error"));
        return wrapped;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ExecutionContext")]
    [return: UnsafeAccessorType(Context)]
    private static extern object GetContext(Runspace runspace);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_ScriptCommandProcessorShouldRethrowExit")]
    private static extern void SetRethrowExit([UnsafeAccessorType(Context)] object context, bool value);
}
