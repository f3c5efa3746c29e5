using System.Collections.ObjectModel;
using System.Management.Automation.Host;

namespace WSManConsole;

/// <summary>The answers to one question: how they are shown, and which one a person means.</summary>
internal sealed class Choices
{
    private readonly List<(string Key, string Label, string Help)> items;
    private readonly int preset;

    internal Choices(Collection<ChoiceDescription> choices, int preset)
    {
        items = [.. choices.Select(choice => (KeyOf(choice.Label), choice.Label.Replace("&", ""), choice.HelpMessage))];
        this.preset = preset;
    }

    internal string Question
    {
        get
        {
            string offered = string.Concat(items.Select(item => $"[{item.Key}] {item.Label}  "));
            return preset < 0
                ? $"{offered}[?] Help: "
                : $"{offered}[?] Help (default is \"{Name(items[preset].Key, items[preset].Label)}\"): ";
        }
    }

    internal string Help =>
        string.Join(Environment.NewLine, items.Select(item => $"{Name(item.Key, item.Label)} - {item.Help}"));

    /// <summary>The position of the choice meant by a key or a label; null if it is none of them.</summary>
    internal int? Pick(string answer)
    {
        if (answer.Length == 0)
        {
            return preset >= 0 ? preset : null;
        }

        int found = items.FindIndex(item =>
            Same(item.Label, answer) || (item.Key.Length > 0 && Same(item.Key, answer)));
        return found >= 0 ? found : null;
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.CurrentCultureIgnoreCase);

    private static string Name(string key, string label) => key.Length > 0 ? key : label;

    // The letter after the ampersand.
    private static string KeyOf(string label)
    {
        int mark = label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < label.Length ? label[(mark + 1)..(mark + 2)].ToUpperInvariant() : "";
    }
}
