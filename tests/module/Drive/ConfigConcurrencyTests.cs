using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>Changes of two values of one document at the same time.</summary>
public sealed class ConfigConcurrencyTests(EndpointFixture computers) : ConfigTests(computers)
{
    private const int Rounds = 20;

    [Fact]
    public async Task RunspacesOfOneProcessLoseNothing()
    {
        string script = $"1..{Rounds} | ForEach-Object {{ Set-Item $h\\Service\\LEAF (1000 + $_) -WarningAction Ignore }}";

        await Task.WhenAll(
            ((string[])["MaxConnections", "MaxConcurrentOperationsPerUser", "EnumerationTimeoutms"])
            .Select(leaf => Task.Run(() =>
            {
                using EngineSession other = new();
                other.SetVariable("h", $"WSMan:\\{Computers.One}");
                other.Run(script.Replace("LEAF", leaf, StringComparison.Ordinal)).Succeeded();
            }))).WaitAsync(Bounds.Patience);

        Assert.Equal($"{1000 + Rounds}", Value("$h\\Service\\MaxConnections"));
        Assert.Equal($"{1000 + Rounds}", Value("$h\\Service\\MaxConcurrentOperationsPerUser"));
        Assert.Equal($"{1000 + Rounds}", Value("$h\\Service\\EnumerationTimeoutms"));
    }

    [Theory]
    [InlineData(
        "New-Item {0}\\InitializationParameters -ParamName a -ParamValue b | "
        + "ForEach-Object {{ Set-Item $_.PSPath c }}")]
    [InlineData("Set-Item {0}\\AutoRestart false -Verbose 4>&1 | ForEach-Object {{ Set-Item {0}\\AutoRestart false }}")]
    public async Task WhoReadsWhatAChangeWritesMayChangeSomething(string script)
    {
        Session.SetVariable("WarningPreference", "Ignore");
        using var shell = Session.Start(string.Format(null, script, Plugin), Computers.One, out Task running);

        await running.WaitAsync(Bounds.Patience);

        Assert.Empty(shell.Streams.Error);
        Session.Run($"Remove-Item {Plugin}\\InitializationParameters\\a -ErrorAction Ignore");
    }

    // WS-Management has no lock: between processes, a Put may bring back the value that the other document had
    // when it was read. What is promised is that each value is one that somebody wrote, and that nothing else
    // changes.
    [Fact]
    public void ProcessesWriteWholeDocuments()
    {
        string all = string.Format(null, SettingsBelow, "$h\\Client");
        EngineResult before = Session.Run(all).Succeeded();
        using ConsoleProcess first = new();
        using ConsoleProcess second = new();

        using RunningConsole one = first.Begin(Writer("NetworkDelayms", 5000));
        using RunningConsole two = second.Begin(Writer("Auth\\Digest", 0));
        (ConsoleResult a, ConsoleResult b) = (one.End().Succeeded(), two.End().Succeeded());

        Assert.Equal(["done"], a.Lines);
        Assert.Equal(["done"], b.Lines);
        Assert.InRange(int.Parse((string)Value("$h\\Client\\NetworkDelayms")!, null), 5000, 5000 + Rounds);

        Assert.Contains((string)Value("$h\\Client\\Auth\\Digest")!, (string[])["false", "true"]);
        EngineResult after = Session.Run(all).Succeeded();
        Assert.All(
            before.Text.Except(after.Text),
            line => Assert.Matches("/(NetworkDelayms|Digest)=", line));
        Session.Run("Set-Item $h\\Client\\NetworkDelayms 5000; Set-Item $h\\Client\\Auth\\Digest true").Succeeded();
    }

    private string Writer(string leaf, int from)
    {
        string value = from == 0 ? "($_ % 2 -eq 1)" : $"({from} + $_)";
        return $"Connect-WSMan {Computers.Three} -Port {Computers.Service.Https} -UseSSL -Authentication Basic " +
            $"-Credential {ConsoleProcess.Credential}; " +
            $"1..{Rounds} | ForEach-Object {{ Set-Item WSMan:\\{Computers.Three}\\Client\\{leaf} {value} }}; 'done'";
    }
}
