using System.Text;

namespace WSManConsole;

/// <summary>Edits one line on a terminal: history, completion, and Ctrl+C, which gives the line up.</summary>
internal sealed class LineEditor
{
    private readonly List<string> history = [];
    private readonly StringBuilder text = new();
    private Completions? completions;
    private int cursor;
    private int shownAt;
    private string shown = "";
    private int recalled;

    /// <summary>Completes what is typed; none until there is an engine to ask.</summary>
    internal Func<string, int, Completions?> Complete { get; set; } = (_, _) => null;

    /// <summary>Whether the last line was given up.</summary>
    internal bool GivenUp { get; private set; }

    /// <summary>A command line; empty if it was given up, null at the end of the input.</summary>
    internal string? ReadCommand()
    {
        string? line = Read();
        if (!string.IsNullOrWhiteSpace(line))
        {
            history.Add(line);
        }

        return line;
    }

    /// <summary>A line that is no command, and that history need not know.</summary>
    internal string? Read()
    {
        text.Clear();
        cursor = shownAt = 0;
        shown = "";
        recalled = history.Count;
        bool before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            return ReadKeys();
        }
        finally
        {
            Console.TreatControlCAsInput = before;
        }
    }

    private string? ReadKeys()
    {
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            bool control = (key.Modifiers & ConsoleModifiers.Control) != 0;
            if (key.Key == ConsoleKey.Enter || (control && key.Key == ConsoleKey.C))
            {
                GivenUp = control;
                Console.Out.WriteLine(control ? "^C" : "");
                return control ? "" : text.ToString();
            }

            if (control && key.Key == ConsoleKey.D && text.Length == 0)
            {
                Console.Out.WriteLine();
                return null;
            }

            Apply(key);
            Show();
        }
    }

    private void Apply(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Tab)
        {
            CompleteNext((key.Modifiers & ConsoleModifiers.Shift) != 0 ? -1 : 1);
            return;
        }

        completions = null;
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow:
                cursor = Math.Max(0, cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                cursor = Math.Min(text.Length, cursor + 1);
                break;
            case ConsoleKey.Home:
                cursor = 0;
                break;
            case ConsoleKey.End:
                cursor = text.Length;
                break;
            case ConsoleKey.UpArrow:
                Recall(recalled - 1);
                break;
            case ConsoleKey.DownArrow:
                Recall(recalled + 1);
                break;
            case ConsoleKey.Backspace when cursor > 0:
                text.Remove(--cursor, 1);
                break;
            case ConsoleKey.Delete when cursor < text.Length:
                text.Remove(cursor, 1);
                break;
            default:
                Insert(key.KeyChar);
                break;
        }
    }

    private void Insert(char c)
    {
        if (!char.IsControl(c))
        {
            text.Insert(cursor++, c);
        }
    }

    private void CompleteNext(int step)
    {
        completions ??= Complete(text.ToString(), cursor);
        if (completions?.Next(step) is string replaced)
        {
            text.Clear().Append(replaced);
            cursor = completions.Cursor;
        }
    }

    private void Recall(int position)
    {
        if (position < 0 || position > history.Count)
        {
            return;
        }

        recalled = position;
        text.Clear().Append(position < history.Count ? history[position] : "");
        cursor = text.Length;
    }

    private void Show()
    {
        string line = text.ToString();
        bool grew = shownAt == shown.Length
            && cursor == line.Length
            && line.StartsWith(shown, StringComparison.Ordinal);
        Console.Out.Write(grew ? line[shown.Length..] : Redraw(line));
        shown = line;
        shownAt = cursor;
    }

    // Back to where the text begins, the text, and back to the cursor; right for a text that fits its line.
    private string Redraw(string line)
    {
        string back = shownAt > 0 ? $"\u001b[{shownAt}D" : "";
        string to = cursor < line.Length ? $"\u001b[{line.Length - cursor}D" : "";
        return $"{back}\u001b[K{line}{to}";
    }
}
