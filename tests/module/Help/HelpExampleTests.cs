using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>
/// Every example of the help runs at a prompt and prints what is printed there. Only the host names are
/// other, and the default ports.
/// </summary>
public sealed class HelpExampleTests(HelpExampleTests.Fixture computers) : IClassFixture<HelpExampleTests.Fixture>
{
    // What is connected before an example that begins in the middle.
    private static readonly Dictionary<string, string[]> s_connectedBefore = new()
    {
        ["Disconnect-WSMan, Example 1"] = ["server01"],
        ["Disconnect-WSMan, Example 3"] = ["server01", "server02"],
        ["Disconnect-WSMan, Example 4"] = ["server01"],
    };

    public static TheoryData<string> Titles => new(HelpExample.All.Select(e => e.ToString()));

    [Theory]
    [MemberData(nameof(Titles))]
    public void TheExampleRunsAsItIsPrinted(string title)
    {
        HelpExample example = HelpExample.All.Single(e => e.ToString() == title);
        string[] before = s_connectedBefore.GetValueOrDefault(title.Split(": ")[0], []);
        using ConsoleProcess console = new(computers.Service);

        string[] prepare =
        [
            "Import-Module Portable.WSMan.Management",
            $"function Get-Credential {{ {ConsoleProcess.Credential} }}",
            .. before.Select(n => computers.ToAddresses(
                $"Connect-WSMan {n} -UseSSL -Authentication Basic -Credential (Get-Credential)")),
        ];
        ConsoleResult result = console.Lines(
            [.. prepare, .. example.Steps.Select(s => computers.ToAddresses(s.Line)), "exit $Error.Count"]).Succeeded();

        IEnumerable<HelpExample.Step> seen = HelpExample.Transcript(computers.ToNames(result.Output))
            .Skip(prepare.Length).Take(example.Steps.Count);
        Assert.Equal(example.Steps.Select(Text), seen.Select(Text));
        Assert.Equal(0, computers.Service.CountsAt(0).Connections);
    }

    private static string Text(HelpExample.Step step) => string.Join('\n', step.Output.Prepend($"> {step.Line}"));

    /// <summary>The one table of host names, and the service behind them.</summary>
    public sealed class Fixture : IDisposable
    {
        private readonly Dictionary<string, string> _table;

        public Fixture()
        {
            string network = Addresses.NextNetwork();
            _table = new Dictionary<string, string>
            {
                ["server01"] = $"{network}.1",
                ["server02"] = $"{network}.2",
            };
            Service = EndpointProcess.Start([.. _table.Values, "127.0.0.1"]);
        }

        internal EndpointProcess Service { get; }

        public string ToAddresses(string text) =>
            _table.Aggregate(text, (t, e) => Regex.Replace(t, $@"\b{e.Key}\b", e.Value));

        public string ToNames(string text) =>
            _table.Aggregate(text, (t, e) => Regex.Replace(t, $@"\b{Regex.Escape(e.Value)}\b", e.Key));

        public void Dispose() => Service.Dispose();
    }
}
