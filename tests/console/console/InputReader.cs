using System.Management.Automation;
using System.Security;

namespace WSManConsole;

/// <summary>Reads what is typed or piped in. Piped lines are echoed, so that a transcript reads as a session.</summary>
internal sealed class InputReader(bool echo)
{
    private readonly bool redirected = Console.IsInputRedirected;

    // Editing needs a terminal at both ends; what is typed into a pipe is a plain line.
    private readonly bool editable = !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>The editor of command lines; unused where input or output is redirected.</summary>
    internal LineEditor Editor { get; } = new();

    /// <summary>A line for the console itself; null at the end of the input.</summary>
    internal string? ReadCommandLine() => editable ? Editor.ReadCommand() : ReadPlain();

    /// <summary>A line for a running command; Ctrl+C and an ended input stop the command.</summary>
    internal string ReadLine()
    {
        string? line = editable ? Editor.Read() : ReadPlain();
        return line is null || (editable && Editor.GivenUp) ? throw new PipelineStoppedException() : line;
    }

    /// <summary>A line that is not shown while it is typed, and not echoed.</summary>
    internal SecureString ReadSecret()
    {
        SecureString secret = new();
        if (redirected)
        {
            for (int c = Console.In.Read(); c is not (-1 or '\n'); c = Console.In.Read())
            {
                Append(secret, (char)c);
            }
        }
        else
        {
            ReadKeys(secret);
        }

        Console.Out.WriteLine();
        secret.MakeReadOnly();
        return secret;
    }

    private string? ReadPlain()
    {
        string? line = Console.In.ReadLine();
        if (redirected && echo && line is not null)
        {
            Console.Out.WriteLine(line);
        }

        return line;
    }

    private static void ReadKeys(SecureString secret)
    {
        bool before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            while (TakeKey(secret, Console.ReadKey(intercept: true)))
            {
            }
        }
        finally
        {
            Console.TreatControlCAsInput = before;
        }
    }

    private static bool TakeKey(SecureString secret, ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.C && (key.Modifiers & ConsoleModifiers.Control) != 0)
        {
            throw new PipelineStoppedException();
        }

        if (key.Key != ConsoleKey.Backspace)
        {
            Append(secret, key.KeyChar);
        }
        else if (secret.Length > 0)
        {
            secret.RemoveAt(secret.Length - 1);
        }

        return key.Key != ConsoleKey.Enter;
    }

    private static void Append(SecureString secret, char c)
    {
        if (!char.IsControl(c))
        {
            secret.AppendChar(c);
        }
    }
}
