using System.Management.Automation.Runspaces;

namespace WSManConsole;

/// <summary>Turns the words after -File into parameters of the script.</summary>
internal static class ScriptArguments
{
    internal static void AddTo(Command command, IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            foreach (CommandParameter parameter in Parse(word))
            {
                command.Parameters.Add(parameter);
            }
        }
    }

    // "-Name" is a parameter that takes the next word or stands alone, "-Name:value" brings its own.
    private static IEnumerable<CommandParameter> Parse(string word)
    {
        if (word.Length < 2 || word[0] != '-' || !(char.IsLetter(word[1]) || word[1] == '_'))
        {
            return [new CommandParameter(null, word)];
        }

        int colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return [new CommandParameter(word)];
        }

        string value = word[(colon + 1)..];
        return value.Length == 0
            ? [new CommandParameter(word)]
            : [new CommandParameter(word[..colon], ToSwitch(value))];
    }

    private static object ToSwitch(string value) => value.ToLowerInvariant() switch
    {
        "$true" or "true" => true,
        "$false" or "false" => false,
        _ => value,
    };
}
