using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace WSManConsole;

/// <summary>One run of the console: its runspace, what the command line asked for, and the exit code.</summary>
internal sealed class Shell : IDisposable
{
    private readonly CommandLine line;
    private readonly ShellHost host;
    private readonly Runspace runspace;
    private readonly Executor executor;
    private readonly PosixSignalRegistration interrupt;

    internal Shell(CommandLine line)
    {
        this.line = line;
        bool hasPrompt = line is { Command: null, File: null, CommandFromInput: false };
        host = new ShellHost(new InputReader(echo: hasPrompt), line.NonInteractive);
        runspace = EngineSession.Open(host);
        executor = new Executor(runspace);
        host.NestedPrompt = RunNested;
        host.Input.Editor.Complete = Complete;

        // Ctrl+C ends what runs and never the console itself.
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            executor.Cancel();
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        interrupt.Dispose();
        runspace.Dispose();
    }

    internal int Run()
    {
        bool failed = !Prepare() || RunCommandOrFile();
        if (!host.ShouldExit && (line.NoExit || line is { Command: null, File: null }))
        {
            failed = new InputLoop(host, executor, prompts: !line.CommandFromInput).Run();
        }

        if (host.ShouldExit)
        {
            return host.ExitCode;
        }

        return failed || !executor.LastSucceeded() ? 1 : 0;
    }

    private bool Prepare()
    {
        if (line.WorkingDirectory is not null)
        {
            Command move = new("Set-Location");
            move.Parameters.Add("LiteralPath", line.WorkingDirectory);
            if (!RunQuietly(move))
            {
                return false;
            }
        }

        foreach (string module in line.Imports)
        {
            Command import = new("Import-Module");
            import.Parameters.Add("Name", module);
            import.Parameters.Add("ErrorAction", ActionPreference.Stop);
            if (!RunQuietly(import))
            {
                // What was asked for would run without the module it needs.
                host.SetShouldExit(1);
                return false;
            }
        }

        return true;
    }

    private bool RunQuietly(Command command)
    {
        Pipeline pipeline = executor.NewPipeline();
        pipeline.Commands.Add(command);
        return executor.RunAndReport(pipeline) is null;
    }

    /// <summary>Runs what was given by -Command or -File; true if an error ended it.</summary>
    private bool RunCommandOrFile()
    {
        if (host.ShouldExit)
        {
            return true;
        }

        if (line.Command is not null)
        {
            return executor.RunText(line.Command) is not null;
        }

        return line.File is not null && RunFile(line.File);
    }

    private bool RunFile(string path)
    {
        Pipeline pipeline = executor.NewPipeline();
        bool isScript = path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase);
        Command command = isScript
            ? new Command(Path.GetFullPath(path), isScript: false, useLocalScope: false)
            : new Command(File.ReadAllText(path), isScript: true, useLocalScope: false);
        ScriptArguments.AddTo(command, line.Arguments);
        pipeline.Commands.Add(command);
        if (!line.NoExit)
        {
            EngineSession.LetExitEndTheConsole(runspace);
        }

        if (executor.RunAndReport(pipeline) is null)
        {
            return false;
        }

        if (!line.NoExit)
        {
            host.SetShouldExit(1);
        }

        return true;
    }

    private Completions? Complete(string text, int cursor)
    {
        using PowerShell engine = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return Completions.Of(text, cursor, engine);
    }

    private void RunNested() => new InputLoop(host, executor.Nested(), prompts: true).Run();
}
