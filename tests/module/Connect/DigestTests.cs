namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>Digest as a user has it, against the loopback service and against apache2 (MD5).</summary>
public sealed class DigestTests : IDisposable
{
    private readonly ConsoleProcess _console = new();

    [Fact]
    public void ASessionIsOpenedUsedAndEnded()
    {
        using EndpointProcess service = EndpointProcess.Start(
            ["127.0.0.1"], more: ["--offer", "digest", "--flavour", "openwsman", "--digest-uses", "3"]);

        ConsoleResult result = Connect($"-UseSSL -Port {service.Https}");

        Assert.Contains("True", result.Lines);
        Assert.True(service.CountsAt(0).Refused > 0, "It was never asked for a nonce.");
    }

    [ForeignTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnAcceptorOfOthersIsConnectedTo(bool tls)
    {
        using EndpointProcess behind = EndpointProcess.Start(["127.0.0.1"]);
        using ApacheProcess apache = new(behind, null, "--scheme", "digest");
        ClientSettings.Write(
            _console.Configuration,
            TestProcess.AuthorityFile,
            more: new Dictionary<string, object> { ["AllowUnencrypted"] = !tls });

        ConsoleResult result = Connect(tls ? $"-UseSSL -Port {apache.Https}" : $"-Port {apache.Http}");

        Assert.Contains("True", result.Lines);
        Assert.Equal(0, behind.Counts().Refused);
    }

    [ForeignTheory]
    [InlineData(0)]
    public void AWrongPasswordIsNamedAsSuch(int _)
    {
        using EndpointProcess behind = EndpointProcess.Start(["127.0.0.1"]);
        using ApacheProcess apache = new(behind, null, "--scheme", "digest");

        ConsoleResult result = _console.Script(
            $"""
            $wrong = [pscredential]::new('{EndpointProcess.UserName}', [Net.NetworkCredential]::new('', 'not it').SecurePassword)
            Connect-WSMan localhost -UseSSL -Port {apache.Https} -Authentication Digest -Credential $wrong
            """);

        Assert.Contains("Check the user name and the password.", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(0, behind.Counts().Requests);
    }

    public void Dispose() => _console.Dispose();

    private ConsoleResult Connect(string where) => _console.Script(
        $"""
        $user = {ConsoleProcess.Credential}
        Connect-WSMan localhost {where} -Authentication Digest -Credential $user
        foreach ($i in 1..10) {"{"} $null = Test-WSMan localhost {where} -Authentication Digest -Credential $user {"}"}
        Disconnect-WSMan localhost -InformationVariable report
        $report.MessageData.Graceful
        """).Succeeded();
}
