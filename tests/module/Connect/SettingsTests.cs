namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>The client settings file, obeyed and broken, each time in a process of its own.</summary>
public sealed class SettingsTests(EndpointFixture computers) : IClassFixture<EndpointFixture>
{
    private const string Report =
        "catch { $_.FullyQualifiedErrorId; \"$($_.CategoryInfo.Category)\"; \"$($_.TargetObject)\"; \"$_\" }";

    [Theory]
    [InlineData("{ \"TrustedCAPath\": ")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{ \"DefaultPorts\": { \"HTTPS\": \"many\" } }")]
    [InlineData("{ \"TrustedCAPath\": \"/no/such/file.pem\" }")]
    public void ABrokenFileIsAnErrorWithItsPath(string text)
    {
        using ConsoleProcess console = new();
        string file = ClientSettings.WriteText(console.Configuration, text);

        ConsoleResult result = console.Command(
            $"try {{ {Connect(computers.One)} }} {Report}; (dir WSMan:\\).Name").Succeeded();

        Assert.Equal("WsManError,Microsoft.WSMan.Management.ConnectWSManCommand", result.Lines[0]);
        Assert.Equal("InvalidOperation", result.Lines[1]);
        Assert.Equal(computers.One, result.Lines[2]);
        string named = text.Contains("no/such", StringComparison.Ordinal) ? "/no/such/file.pem" : file;
        Assert.Contains(named, result.Output, StringComparison.Ordinal);
        Assert.Equal("localhost", result.Lines[^1]);
        Assert.Equal(0, computers.Service.Counts().Of(computers.One).Accepted);
    }

    [Fact]
    public void AFileThatIsMendedIsReadAgain()
    {
        using ConsoleProcess console = new(computers.Service);
        string file = Path.Combine(console.Configuration, "wsman", "client.json");

        ConsoleResult result = console.Command(
            $"$good = [IO.File]::ReadAllText('{file}'); [IO.File]::WriteAllText('{file}', '{{'); " +
            $"try {{ {Connect(computers.Two)} }} catch {{ 'broken' }}; " +
            $"[IO.File]::WriteAllText('{file}', $good); {Connect(computers.Two)}; (dir WSMan:\\).Name").Succeeded();

        Assert.Equal(["broken", "localhost", computers.Two], result.Lines);
    }

    [Fact]
    public void WithoutAFileEverythingIsDefault()
    {
        using ConsoleProcess console = new();
        Directory.Delete(console.Configuration, recursive: true);

        ConsoleResult result = console.Command(
            $"Connect-WSMan {computers.Three} -Port {computers.Service.Http} -Authentication None; (dir WSMan:\\).Name")
            .Succeeded();

        Assert.Equal(["localhost", computers.Three], result.Lines);
    }

    [Fact]
    public void AllowUnencryptedAllowsBasicOverHttp()
    {
        using ConsoleProcess console = new();
        ClientSettings.Write(
            console.Configuration,
            TestProcess.AuthorityFile,
            (computers.Service.Http, computers.Service.Https),
            new Dictionary<string, object> { ["AllowUnencrypted"] = true });

        ConsoleResult result = console.Command(
            $"Connect-WSMan {computers.Ten} -Authentication Basic -Credential {ConsoleProcess.Credential}; " +
            "(dir WSMan:\\).Name").Succeeded();

        Assert.Equal(["localhost", computers.Ten], result.Lines);
    }

    [Fact]
    public void TestWSManWaitsAsLongAsTheSettingSays()
    {
        using ConsoleProcess console = new();
        ClientSettings.Write(
            console.Configuration,
            TestProcess.AuthorityFile,
            more: new Dictionary<string, object> { ["TestTimeoutms"] = 321 });

        ConsoleResult result = console.Command(
            $"Test-WSMan {computers.Ten} -Port {computers.Service.Http} -ApplicationName stall -ErrorVariable e " +
            "-ErrorAction SilentlyContinue; $e.FullyQualifiedErrorId; \"$e\"").Succeeded();

        Assert.Equal("WsManError,Microsoft.WSMan.Management.TestWSManCommand", result.Lines[0]);
        Assert.Matches(@"\b\d{3,} ms\b", result.Lines[1]);
    }

    private string Connect(string name) =>
        $"Connect-WSMan {name} -UseSSL -Port {computers.Service.Https} -Authentication Basic " +
        $"-Credential {ConsoleProcess.Credential}";
}
