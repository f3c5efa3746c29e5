namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>
/// Every example of the help runs at a prompt and prints what is printed there. Only the host names, the
/// user's name and the default ports are other ones.
/// </summary>
public sealed class HelpExampleTests : IDisposable
{
    // What is connected before an example that begins in the middle and does not name it.
    private static readonly Dictionary<string, string[]> s_connectedBefore = new()
    {
        ["Disconnect-WSMan, Example 1"] = ["server01"],
        ["Disconnect-WSMan, Example 3"] = ["server01", "server02"],
        ["Disconnect-WSMan, Example 4"] = ["server01"],
    };

    private static readonly string[] s_instanceCommands =
    [
        "Get-WSManInstance", "Set-WSManInstance", "New-WSManInstance", "Remove-WSManInstance", "Invoke-WSManAction",
    ];

    // What the console of the tests has not got, and what asks a person.
    private static readonly string[] s_prepared =
    [
        "Import-Module Portable.WSMan.Management",
        $"function Get-Credential {{ {ConsoleProcess.Credential} }}",
        "function Set-Content($Path, $Value) { [IO.File]::WriteAllText(\"$PWD/$Path\", $Value) }",
    ];

    // Each example has computers of its own, because it changes what they hold.
    private readonly ExampleComputers _computers = new();

    // These need a Kerberos realm; tests/auth does the same against one.
    private static readonly string[] s_realm =
    [
        "Connect-WSMan, Example 6", "Connect-WSMan, Example 7", "Connect-WSMan, Example 8", "Connect-WSMan, Example 9",
        "Connect-WSMan, Example 10",
    ];

    public static TheoryData<string> Titles =>
        new(HelpExample.All.Where(e => !s_realm.Contains(e.Number)).Select(e => e.ToString()));

    [Theory]
    [MemberData(nameof(Titles))]
    public void TheExampleRunsAsItIsPrinted(string title)
    {
        HelpExample example = HelpExample.All.Single(e => e.ToString() == title);
        using ConsoleProcess console = new(_computers.Service);

        string[] prepare =
        [
            .. s_prepared,
            .. ConnectedBefore(example).Select(n => _computers.ToHere(
                $"Connect-WSMan {n} -UseSSL -Authentication Basic -Credential (Get-Credential)")),
        ];
        ConsoleResult result = console.Lines(
            [.. prepare, .. example.Steps.Select(s => _computers.ToHere(s.Line)), "exit $Error.Count"]).Succeeded();

        IEnumerable<HelpExample.Step> seen = HelpExample.Transcript(_computers.ToHelp(result.Output))
            .Skip(prepare.Length).Take(example.Steps.Count);
        Assert.Equal(Text(example.Steps), Text(seen));
        _computers.AssertNothingIsLeft();
    }

    public void Dispose() => _computers.Dispose();

    // Where an example of the instance cmdlets asks for no credential, the computers it names are connected:
    // the page says so.
    private IEnumerable<string> ConnectedBefore(HelpExample example)
    {
        if (s_connectedBefore.TryGetValue(example.Number, out string[]? names))
        {
            return names;
        }

        string lines = string.Join('\n', example.Steps.Select(s => s.Line));
        bool asks = lines.Contains("Get-Credential", StringComparison.Ordinal);
        return s_instanceCommands.Contains(example.Command) && !asks ? _computers.NamesIn(lines) : [];
    }

    private static string Text(IEnumerable<HelpExample.Step> steps) =>
        string.Join('\n', steps.SelectMany(s => s.Output.Prepend($"> {s.Line}")));
}
