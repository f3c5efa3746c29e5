using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>
/// Every example of the help runs at a prompt and prints what is printed there. Only the host names, the
/// user's name, the default ports and how long it took are other ones.
/// </summary>
public sealed partial class HelpExampleTests
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

    // What the console of the tests has not got.
    private static readonly string[] s_prepared =
    [
        "Import-Module Portable.WSMan.Management",
        "function Set-Content($Path, $Value) { [IO.File]::WriteAllText(\"$PWD/$Path\", $Value) }",
    ];

    // The examples that take place in a realm, and who the user is there. The first has a ticket of
    // his; the others ask for his password, and there is no ticket.
    private static readonly Dictionary<string, string> s_usersOfRealm = new()
    {
        ["Connect-WSMan, Example 6"] = "",
        ["Connect-WSMan, Example 7"] = $"{EndpointProcess.UserName}@WSMAN.TEST",
        ["Connect-WSMan, Example 8"] = $".\\{EndpointProcess.UserName}",
        ["Connect-WSMan, Example 9"] = $"{EndpointProcess.UserName}@WSMAN.TEST",
        ["Connect-WSMan, Example 10"] = $"{EndpointProcess.UserName}@WSMAN.TEST",
    };

    // What was allowed before.
    private static readonly Dictionary<string, string> s_allowedBefore = new()
    {
        ["Connect-WSMan, Example 10"] =
            "$null = Enable-WSManCredSSP -Role Client -DelegateComputer server01.example.com -Force",
    };

    private const string WithCertificate = "Connect-WSMan, Example 12";

    private const string WithProxy = "Connect-WSMan, Example 13";

    public static TheoryData<string> Titles => TitlesWhere(
        e => !s_usersOfRealm.ContainsKey(e.Number) && e.Number is not (WithCertificate or WithProxy));

    public static TheoryData<string> TitlesWithCertificate => TitlesWhere(e => e.Number == WithCertificate);

    public static TheoryData<string> TitlesWithProxy => TitlesWhere(e => e.Number == WithProxy);

    public static TheoryData<string> TitlesOfRealm => TitlesWhere(e => s_usersOfRealm.ContainsKey(e.Number));

    [Theory]
    [MemberData(nameof(Titles))]
    public void TheExampleRunsAsItIsPrinted(string title)
    {
        // Each example has computers of its own, because it changes what they hold.
        using ExampleComputers computers = new();
        using ConsoleProcess console = new(computers.Service);
        Run(Example(title), EndpointProcess.UserName, computers, console);
        computers.AssertNothingIsLeft();
    }

    [RealmTheory]
    [MemberData(nameof(TitlesOfRealm))]
    public void TheExampleOfARealmRunsAsItIsPrinted(string title)
    {
        HelpExample example = Example(title);
        string user = s_usersOfRealm[example.Number];
        using Realm realm = Realm.Start();
        using ExampleComputers computers = new(realm);
        using ConsoleProcess console = new(computers.Service);
        Dictionary<string, string> environment = new(realm.Client.Concat(realm.Names))
        {
            ["WSMAN_TEST_PASSWORD"] = realm.Password,
        };
        if (user.Length > 0)
        {
            environment["KRB5CCNAME"] = "FILE:/nonexistent";
        }

        console.Environment = environment;
        Run(example, user, computers, console);
        computers.AssertNothingIsLeft();
    }

    [ForeignTheory]
    [MemberData(nameof(TitlesWithCertificate))]
    public void TheExampleWithACertificateRunsAsItIsPrinted(string title)
    {
        using EndpointProcess service = EndpointProcess.Start(["127.0.0.1"]);
        using ClientKeys keys = new();
        using ApacheProcess apache = new(
            service, null, "--scheme", "certificate", "--client-ca", keys.AuthorityFile);
        using ConsoleProcess console = new(apache.Http, apache.Https);
        console.Environment = new Dictionary<string, string> { ["HOME"] = keys.Home };
        console.Script(keys.Issue("admin").Import()).Succeeded();

        ExampleComputers computers = ExampleComputers.Behind(service, "127.0.0.1");
        Run(Example(title), "", computers, console);
        // It keeps its own connections for the next client.
        apache.Dispose();
        computers.AssertNothingIsLeft();
    }

    [RealmTheory]
    [MemberData(nameof(TitlesWithProxy))]
    public void TheExampleWithAProxyRunsAsItIsPrinted(string title)
    {
        using Realm realm = Realm.Start();
        using TinyproxyProcess proxy = new(realm.Names);
        using ExampleComputers computers = ExampleComputers.BehindProxy(realm, proxy);
        using ConsoleProcess console = new(computers.Service);

        Run(Example(title), EndpointProcess.UserName, computers, console);
        computers.AssertNothingIsLeft();
    }

    private static void Run(HelpExample example, string user, ExampleComputers computers, ConsoleProcess console)
    {
        // It asks a person otherwise.
        string getCredential = $"function Get-Credential {{ {ConsoleProcess.CredentialOf(user)} }}";
        string[] prepare =
        [
            .. s_prepared,
            getCredential,
            .. s_allowedBefore.TryGetValue(example.Number, out string? allowing) ? [computers.ToHere(allowing)] : (string[])[],
            .. ConnectedBefore(example, computers).Select(n => computers.ToHere(
                $"Connect-WSMan {n} -UseSSL -Authentication Basic -Credential (Get-Credential)")),
        ];
        ConsoleResult result = console.Lines(
            [.. prepare, .. example.Steps.Select(s => computers.ToHere(s.Line)), "exit $Error.Count"]).Succeeded();

        IEnumerable<HelpExample.Step> seen = HelpExample.Transcript(computers.ToHelp(result.Output))
            .Skip(prepare.Length).Take(example.Steps.Count);
        Assert.Equal(Text(example.Steps), Text(seen));
    }

    private static TheoryData<string> TitlesWhere(Func<HelpExample, bool> isMeant) =>
        new(HelpExample.All.Where(isMeant).Select(e => e.ToString()));

    private static HelpExample Example(string title) => HelpExample.All.Single(e => e.ToString() == title);

    // Where an example of the instance cmdlets asks for no credential, the computers it names are connected:
    // the page says so.
    private static IEnumerable<string> ConnectedBefore(HelpExample example, ExampleComputers computers)
    {
        if (s_connectedBefore.TryGetValue(example.Number, out string[]? names))
        {
            return names;
        }

        string lines = string.Join('\n', example.Steps.Select(s => s.Line));
        bool asks = lines.Contains("Get-Credential", StringComparison.Ordinal);
        return s_instanceCommands.Contains(example.Command) && !asks ? computers.NamesIn(lines) : [];
    }

    private static string Text(IEnumerable<HelpExample.Step> steps) =>
        string.Join('\n', steps.SelectMany(s => s.Output.Select(WithoutTime).Prepend($"> {s.Line}")));

    private static string WithoutTime(string line) => Milliseconds().Replace(line, "a few ms");

    [GeneratedRegex(@"\b\d+ ms\b")]
    private static partial Regex Milliseconds();
}
