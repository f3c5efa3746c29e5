using System.Globalization;
using System.Management.Automation.Host;

namespace WSManConsole;

/// <summary>The console as the engine sees it.</summary>
internal sealed class ShellHost : PSHost
{
    private int nestedLevel;

    internal ShellHost(InputReader input, bool nonInteractive)
    {
        Input = input;
        UI = new ShellUserInterface(input, nonInteractive);
    }

    /// <inheritdoc/>
    public override string Name => "ConsoleHost";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(PSHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI { get; }

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    internal InputReader Input { get; }

    /// <summary>Whether "exit" was said, or the equivalent.</summary>
    internal bool ShouldExit { get; private set; }

    internal int ExitCode { get; private set; }

    internal int NestedLevel => nestedLevel;

    /// <summary>Reads and runs lines while a pipeline waits.</summary>
    internal Action NestedPrompt { get; set; } = () => { };

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode)
    {
        ExitCode = exitCode;
        ShouldExit = true;
    }

    /// <inheritdoc/>
    public override void EnterNestedPrompt()
    {
        int level = nestedLevel++;
        try
        {
            NestedPrompt();
        }
        finally
        {
            nestedLevel = level;
        }
    }

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => nestedLevel = Math.Max(0, nestedLevel - 1);

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
