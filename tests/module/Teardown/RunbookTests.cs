namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>The examples of about_WSMan_Teardown do what the topic says.</summary>
public sealed class RunbookTests : IDisposable
{
    private readonly string _network = Addresses.NextNetwork();

    private readonly EndpointProcess _service;

    public RunbookTests() => _service = EndpointProcess.Start([$"{_network}.1", $"{_network}.2"]);

    [Theory]
    [InlineData("$how = @{", "if (-not", 5)]
    [InlineData("$names | ForEach-Object -Parallel", "} -ThrottleLimit", 2)]
    [InlineData("dir WSMan:\\ |", "ForEach-Object { Disconnect-WSMan", 0)]
    public void AnExampleLeavesNothing(string first, string last, int atLeast)
    {
        using ConsoleProcess console = new(_service);

        ConsoleResult result = console.Command(
            $$"""
            $c = {{ConsoleProcess.Credential}}
            $names = '{{_network}}.1', '{{_network}}.2'
            $how = @{ UseSSL = $true; Authentication = 'Basic'; Credential = $c }
            Connect-WSMan {{_network}}.1 @how
            $output = @(
            {{Example(first, last)}}
            )
            "$($output.Count) $(@(dir WSMan:\).Count)"
            """).Succeeded();

        string[] counts = Assert.Single(result.Lines).Split(' ');
        Assert.True(int.Parse(counts[0], System.Globalization.CultureInfo.InvariantCulture) >= atLeast);
        Assert.Equal("1", counts[1]);
        HeldOpenTests.AssertNothingHeld(_service);
    }

    public void Dispose() => _service.Dispose();

    private string Example(string first, string last)
    {
        List<string> lines =
            [.. File.ReadLines(Path.Combine(Locations.Module, "en-US", "about_WSMan_Teardown.help.txt"))];
        int start = lines.FindIndex(l => l.TrimStart().StartsWith(first, StringComparison.Ordinal));
        int end = lines.FindIndex(start, l => l.TrimStart().StartsWith(last, StringComparison.Ordinal));
        return string.Join('\n', lines[start..(end + 1)])
            .Replace("server01", $"{_network}.1", StringComparison.Ordinal);
    }
}
