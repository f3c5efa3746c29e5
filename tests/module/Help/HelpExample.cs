using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>One example of the help file: the lines that are typed, and what each prints.</summary>
internal sealed partial record HelpExample(string Command, string Title, IReadOnlyList<HelpExample.Step> Steps)
{
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>A line that is typed, and the lines it prints without blank ones, blanks run together.</summary>
    internal sealed record Step(string Line, IReadOnlyList<string> Output);

    /// <summary>All examples of the help file.</summary>
    public static IReadOnlyList<HelpExample> All { get; } =
    [
        .. from command in XDocument.Load(File).Descendants(s_command + "command")
           from example in command.Descendants(s_command + "example")
           select new HelpExample(
               (string)command.Descendants(s_command + "name").First(),
               ((string)example.Element(s_maml + "title")!).Trim('-', ' '),
               Transcript((string)example.Element(s_dev + "code")!)),
    ];

    /// <summary>What the examples are told apart by, as in "Connect-WSMan, Example 1".</summary>
    public string Number => ToString().Split(": ")[0];

    /// <summary>The help file of the cmdlets.</summary>
    public static string File => Path.Combine(Locations.Module, "en-US", "Microsoft.WSMan.Management.dll-Help.xml");

    /// <summary>Cuts a transcript at its prompts. What stands before the first prompt is left out.</summary>
    public static IReadOnlyList<Step> Transcript(string text)
    {
        List<Step> steps = [];
        foreach (string line in text.Split('\n'))
        {
            Match prompt = Prompt().Match(line);
            if (prompt.Success)
            {
                steps.Add(new Step(prompt.Groups[1].Value.Trim(), new List<string>()));
            }
            else if (steps.Count > 0 && line.Trim().Length > 0)
            {
                ((List<string>)steps[^1].Output).Add(Blanks().Replace(line.Trim(), " "));
            }
        }

        return steps;
    }

    public override string ToString() => $"{Command}, {Title}";

    [GeneratedRegex("^PS(?: [^>]*)?> ?(.*)$")]
    private static partial Regex Prompt();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}
