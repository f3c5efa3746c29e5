namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>
/// Client certificates as a user has them, from the store and from a file, shown to an apache2 that asks for one in
/// the handshake or in a second one.
/// </summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const string Work =
        """

        (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms
        Disconnect-WSMan localhost -InformationVariable report
        $report.MessageData.SecretsWiped
        """;

    private readonly EndpointProcess _service = EndpointProcess.Start(["127.0.0.1"]);

    private readonly ClientKeys _keys = new();

    private readonly ConsoleProcess _console = new();

    public ClientCertificateTests() =>
        _console.Environment = new Dictionary<string, string> { ["HOME"] = _keys.Home };

    [ForeignTheory]
    [InlineData("certificate", "1.2", false)]
    [InlineData("certificate", "1.3", true)]
    [InlineData("certificate-late", "1.2", true)]
    [InlineData("certificate-late", "1.3", false)]
    public void ACertificateOfTheStoreOpensTheDoor(string when, string tls, bool rsa)
    {
        ClientKeys.Issued issued = _keys.Issue("someone", rsa);
        using ApacheProcess apache = Apache(when, tls);

        ConsoleResult result = _console.Script(
            issued.Import()
            + $"Connect-WSMan localhost -UseSSL -Port {apache.Https} -CertificateThumbprint {issued.Thumbprint} -Verbose"
            + Work).Succeeded();

        Assert.Equal(["60000", "True"], result.Lines.Where(l => !l.StartsWith("VERBOSE", StringComparison.Ordinal)));
        Assert.Contains($"TLS {tls}", result.Output, StringComparison.Ordinal);
    }

    [ForeignTheory]
    [InlineData("pem")]
    [InlineData("pfx")]
    public void ACertificateOfTheClientSettingsOpensTheDoor(string kind)
    {
        ClientKeys.Issued issued = _keys.Issue("someone");
        using ApacheProcess apache = Apache("certificate");

        ConsoleResult result = _console.Script(
            $"Import-Module Portable.WSMan.Management; Set-Item WSMan:/localhost/Client/ClientCertificateFile {(kind == "pem" ? issued.Pem : issued.Pfx)}\n"
            + $"Connect-WSMan localhost -UseSSL -Port {apache.Https} -Authentication ClientCertificate"
            + Work).Succeeded();

        Assert.Equal(["60000", "True"], result.Lines);
    }

    [ForeignTheory]
    [InlineData("Test-WSMan localhost {0}")]
    [InlineData("Get-WSManInstance winrm/config -ComputerName localhost {0}")]
    [InlineData("Import-Module Portable.WSMan.Management; New-Item WSMan:/ -Name localhost {0}")]
    public void EveryCommandThatConnectsTakesIt(string command)
    {
        ClientKeys.Issued issued = _keys.Issue("someone");
        using ApacheProcess apache = Apache("certificate");
        string how = $"-UseSSL -Port {apache.Https} -CertificateThumbprint {issued.Thumbprint}";

        ConsoleResult result = _console.Script(issued.Import() + command.Replace("{0}", how)).Succeeded();

        Assert.NotEmpty(result.Lines);
    }

    [ForeignTheory]
    [InlineData("certificate", "1.2")]
    [InlineData("certificate", "1.3")]
    [InlineData("certificate-late", "1.3")]
    public void ACertificateOfAnotherAuthorityIsRefusedByTheServer(string when, string tls)
    {
        using ClientKeys strangers = new();
        ClientKeys.Issued issued = strangers.Issue("stranger");
        using ApacheProcess apache = Apache(when, tls);

        AssertRefused(issued, apache, "refused the client certificate CN=stranger", "unknown CA");
    }

    [ForeignTheory]
    [InlineData("expired", "CN=expired has expired")]
    [InlineData("server", "CN=server is not meant for clients")]
    [InlineData("keyless", "CN=keyless in the store CurrentUser\\My has no private key")]
    public void ACertificateThatCannotBeUsedIsRefusedBeforeAnyTraffic(string what, string sentence)
    {
        ClientKeys.Issued issued = what switch
        {
            "expired" => _keys.IssueExpired(what),
            "server" => _keys.IssueForServers(what),
            _ => _keys.Issue(what),
        };

        AssertRefusedHere(
            issued.Import(bare: what == "keyless"), $"-UseSSL -CertificateThumbprint {issued.Thumbprint}", sentence);
    }

    [ForeignTheory]
    [InlineData("-UseSSL -CertificateThumbprint 00112233445566778899AABBCCDDEEFF00112233", "0x80338082")]
    [InlineData("-UseSSL -CertificateThumbprint nonsense", "0x80338082")]
    [InlineData("-UseSSL -Authentication ClientCertificate", "0x803380B4")]
    [InlineData("-UseSSL -Authentication ClientCertificate -Credential $user", "0x803380AF")]
    public void ACertificateThatIsNotThereIsAnError(string how, string code) => AssertRefusedHere("", how, code);

    [ForeignTheory]
    [InlineData(0)]
    public void ACertificateIsShownOverHttpsOnly(int _)
    {
        ClientKeys.Issued issued = _keys.Issue("someone");
        AssertRefusedHere(issued.Import(), $"-CertificateThumbprint {issued.Thumbprint}", "0x803380D8");
    }

    public void Dispose()
    {
        _console.Dispose();
        _keys.Dispose();
        _service.Dispose();
    }

    private ApacheProcess Apache(string when, string tls = "1.3") =>
        new(_service, null, "--scheme", when, "--client-ca", _keys.AuthorityFile, "--tls", tls);

    private void AssertRefused(ClientKeys.Issued issued, ApacheProcess apache, params string[] words)
    {
        ConsoleResult result = _console.Script(
            issued.Import()
            + $"try {{ Connect-WSMan localhost -UseSSL -Port {apache.Https} -CertificateThumbprint {issued.Thumbprint} }}"
            + " catch { \"$_\" }").Succeeded();
        Assert.All(words, word => Assert.Contains(word, Unwrapped(result), StringComparison.Ordinal));
        Assert.Equal(0, _service.Counts().Requests);
    }

    private static string Unwrapped(ConsoleResult result) => string.Join(' ', result.Lines);

    private void AssertRefusedHere(string prepare, string how, string word)
    {
        ConsoleResult result = _console.Script(
            prepare
            + $$"""
            $user = {{ConsoleProcess.Credential}}
            try { Connect-WSMan localhost -Port {{_service.Https}} {{how}} }
            catch { $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; "$($_.TargetObject)"; "$_" }
            """).Succeeded();

        Assert.Equal("WsManError,Microsoft.WSMan.Management.ConnectWSManCommand", result.Lines[0]);
        Assert.Equal(["InvalidOperation", "localhost"], result.Lines.Skip(1).Take(2));
        Assert.Contains(word, Unwrapped(result), StringComparison.Ordinal);
        Assert.Equal(0, _service.Counts().Accepted);
    }
}
