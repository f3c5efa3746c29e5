namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>The tour of about_WSMan_Provider runs from top to bottom and prints what is printed there.</summary>
public sealed class ProviderTourTests : IDisposable
{
    private const string Margin = "        ";

    private static readonly string[] s_prepared =
    [
        "Import-Module Portable.WSMan.Management",
        $"function Get-Credential {{ {ConsoleProcess.Credential} }}",
    ];

    private readonly ExampleComputers _computers = new();

    [Fact]
    public void TheTourRunsAsItIsPrinted()
    {
        IReadOnlyList<HelpExample.Step> tour = Tour();
        using ConsoleProcess console = new(_computers.Service);

        ConsoleResult result = console.Lines(
            [.. s_prepared, .. tour.Select(step => _computers.ToHere(step.Line)), "exit $Error.Count"]).Succeeded();

        Assert.True(tour.Count > 35, "The topic has no tour.");
        IEnumerable<HelpExample.Step> seen = HelpExample.Transcript(_computers.ToHelp(result.Output))
            .Skip(s_prepared.Length).Take(tour.Count);
        Assert.Equal(Text(tour), Text(seen));
        _computers.AssertNothingIsLeft();
    }

    [Fact]
    public void TheTourRunsAsAScript()
    {
        using ConsoleProcess console = new(_computers.Service);

        RunAsScript(console);
    }

    [PwshFact]
    public void TheTourRunsOverTheCmdletsOfPowerShell()
    {
        using ConsoleProcess console = new(_computers.Service) { Program = PwshFactAttribute.Program! };
        // Without what stands in for those cmdlets.
        console.Environment = new Dictionary<string, string>
        {
            ["PSModulePath"] = Path.GetDirectoryName(Locations.Module)!,
        };

        RunAsScript(console);
    }

    public void Dispose() => _computers.Dispose();

    private void RunAsScript(ConsoleProcess console)
    {
        string[] lines =
        [
            "$ErrorActionPreference = 'Stop'",
            .. s_prepared,
            .. Tour().Select(step => _computers.ToHere(step.Line)),
            "'the end'",
        ];

        ConsoleResult result = console.Script(string.Join('\n', lines)).Succeeded();

        Assert.Equal("the end", result.Lines[^1]);
        _computers.AssertNothingIsLeft();
    }

    // What is typed and printed has a wider margin than what is said about it.
    private static IReadOnlyList<HelpExample.Step> Tour()
    {
        string[] topic = File.ReadAllLines(Path.Combine(Locations.Module, "en-US", "about_WSMan_Provider.help.txt"));
        IEnumerable<string> lines = topic
            .SkipWhile(line => line != "  A TOUR")
            .TakeWhile(line => line != "  READING AND CHANGING")
            .Where(line => line.StartsWith(Margin, StringComparison.Ordinal))
            .Select(line => line[Margin.Length..]);
        return HelpExample.Transcript(string.Join('\n', lines));
    }

    private static string Text(IEnumerable<HelpExample.Step> steps) =>
        string.Join('\n', steps.SelectMany(step => step.Output.Prepend($"> {step.Line}")));
}
