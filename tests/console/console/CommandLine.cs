namespace WSManConsole;

/// <summary>What the command line asks for: pwsh's options, as far as they make sense here, and -Import.</summary>
internal sealed class CommandLine
{
    internal const string Usage =
        """
        wsman-console [-NoLogo] [-NoProfile] [-NonInteractive] [-NoExit] [-WorkingDirectory folder]
                      [-Import module]... [-Command text... | -Command - | [-File] script [argument...]]

        With neither -Command nor -File, lines are read from standard input.
        """;

    /// <summary>The text to run; null without -Command.</summary>
    internal string? Command { get; private set; }

    /// <summary>Whether lines come from standard input with no prompt and no echo.</summary>
    internal bool CommandFromInput { get; private set; }

    /// <summary>The script to run; null without -File.</summary>
    internal string? File { get; private set; }

    internal List<string> Arguments { get; } = [];

    internal List<string> Imports { get; } = [];

    internal string? WorkingDirectory { get; private set; }

    internal bool NonInteractive { get; private set; }

    internal bool NoExit { get; private set; }

    internal bool Help { get; private set; }

    /// <summary>What is wrong with the command line; null if nothing is.</summary>
    internal string? Error { get; private set; }

    internal static CommandLine Parse(string[] args)
    {
        CommandLine line = new();
        Queue<string> rest = new(args);
        while (line.Error is null && rest.TryDequeue(out string? arg))
        {
            line.Take(arg, rest);
        }

        return line;
    }

    private void Take(string arg, Queue<string> rest)
    {
        if (!arg.StartsWith('-'))
        {
            TakeFile(arg, rest);
            return;
        }

        switch (arg.TrimStart('-').ToLowerInvariant())
        {
            case "nologo" or "nol":
            case "noprofile" or "nop":
                break;
            case "noninteractive" or "noni":
                NonInteractive = true;
                break;
            case "noexit" or "noe":
                NoExit = true;
                break;
            case "executionpolicy" or "ex" or "ep":
                // Accepted and without effect, as everywhere but on Windows.
                Value(arg, rest);
                break;
            case "workingdirectory" or "wd":
                WorkingDirectory = Value(arg, rest);
                break;
            case "import":
                Imports.Add(Value(arg, rest));
                break;
            case "command" or "c":
                TakeCommand(arg, rest);
                break;
            case "file" or "f":
                TakeFile(Value(arg, rest), rest);
                break;
            case "help" or "h" or "?":
                Help = true;
                break;
            default:
                Error = $"The option {arg} is not known.";
                break;
        }
    }

    private void TakeCommand(string option, Queue<string> rest)
    {
        string text = string.Join(' ', rest);
        bool any = rest.Count > 0;
        rest.Clear();
        if (!any)
        {
            Error = $"The option {option} needs a value.";
        }
        else if (text == "-")
        {
            CommandFromInput = true;
        }
        else
        {
            Command = text;
        }
    }

    private void TakeFile(string path, Queue<string> rest)
    {
        if (Error is null && !System.IO.File.Exists(path))
        {
            Error = $"The script file '{path}' does not exist.";
        }

        File = path;
        Arguments.AddRange(rest);
        rest.Clear();
    }

    private string Value(string option, Queue<string> rest)
    {
        if (rest.TryDequeue(out string? value))
        {
            return value;
        }

        Error = $"The option {option} needs a value.";
        return "";
    }
}
