using System.Management.Automation.Language;

namespace WSManConsole;

/// <summary>Reads lines and runs each as a pipeline of its own, until the input or the session ends.</summary>
internal sealed class InputLoop(ShellHost host, Executor executor, bool prompts)
{
    /// <summary>Runs the loop; true if an error ended the last line.</summary>
    internal bool Run()
    {
        bool failed = false;
        int level = host.NestedLevel;
        while (!host.ShouldExit && host.NestedLevel == level && ReadBlock() is string text)
        {
            failed = executor.RunText(text) is not null;
        }

        return failed;
    }

    /// <summary>A line, or the lines of a statement that takes several; null at the end of the input.</summary>
    private string? ReadBlock()
    {
        string? line;
        do
        {
            line = Read(() => executor.Evaluate("prompt") is { Length: > 0 } text ? text : "PS>");
        }
        while (line is not null && string.IsNullOrWhiteSpace(line));

        if (line is null || !IsIncomplete(line))
        {
            return line;
        }

        // As in pwsh, an empty line says that the statement is whole.
        List<string> block = [line];
        while (Read(() => ">> ") is string next && !string.IsNullOrWhiteSpace(next))
        {
            block.Add(next);
        }

        return string.Join('\n', block);
    }

    private string? Read(Func<string> prompt)
    {
        if (prompts)
        {
            host.UI.Write(prompt());
        }

        return host.Input.ReadCommandLine();
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out ParseError[] errors);
        return errors.Any(error => error.IncompleteInput);
    }
}
