using System.Management.Automation;

namespace WSManConsole;

/// <summary>What a word may become, one after the other.</summary>
internal sealed class Completions(string text, CommandCompletion found)
{
    private readonly string before = text[..found.ReplacementIndex];
    private readonly string after = text[(found.ReplacementIndex + found.ReplacementLength)..];
    private int current = -1;

    /// <summary>Where the completed word ends.</summary>
    internal int Cursor { get; private set; }

    internal static Completions? Of(string text, int cursor, PowerShell engine)
    {
        CommandCompletion found = CommandCompletion.CompleteInput(text, cursor, null, engine);
        return found.CompletionMatches.Count == 0 ? null : new Completions(text, found);
    }

    /// <summary>The whole text with the next word in place, or with the one before.</summary>
    internal string Next(int step)
    {
        int count = found.CompletionMatches.Count;
        current = current < 0 && step < 0 ? count - 1 : (current + step + count) % count;
        string word = found.CompletionMatches[current].CompletionText;
        Cursor = before.Length + word.Length;
        return before + word + after;
    }
}
