namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>
/// Through a proxy as a user has it: tinyproxy, and apache2 as one. The computer has a name that only the proxy knows,
/// so that nobody gets there past it.
/// </summary>
public sealed class ProxyTests : IDisposable
{
    private const string Computer = "server01.wsman.test";

    // What a script acts on.
    private const string Record =
        "\"$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category) $($_.TargetObject)\"";

    private readonly Realm _realm = Realm.Start();

    private readonly EndpointProcess _service;

    private readonly ConsoleProcess _console = new();

    public ProxyTests() => _service = EndpointProcess.Start(
        [_realm.Hosts[Computer]], more: ["--name", Computer]);

    [RealmTheory]
    [InlineData("https_proxy", "http://{0}")]
    [InlineData("HTTPS_PROXY", "{0}")]
    [InlineData("https_proxy", "http://nobody:wrong@{0}/")]
    public void TinyproxyLeadsToTheComputer(string variable, string form)
    {
        using TinyproxyProcess proxy = new(_realm.Names);
        Environment(variable, form.Replace("{0}", $"127.0.0.1:{proxy.Http}"));

        ConsoleResult result = Connect("Basic -ProxyCredential $user").Succeeded();

        Assert.Contains($"through the proxy 127.0.0.1:{proxy.Http}", result.Output, StringComparison.Ordinal);
        Assert.Contains("60000", result.Lines);
        Assert.Contains("True", result.Lines);
        Assert.Contains($"CONNECT {Computer}:{_service.Https}", proxy.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(EndpointProcess.Password, result.Output, StringComparison.Ordinal);
        Assert.Equal(0, _service.CountsAt(0).Connections);
    }

    [RealmTheory]
    [InlineData("basic", "Basic -ProxyCredential $user")]
    [InlineData("digest", "Digest -ProxyCredential $user")]
    [InlineData("negotiate", "Negotiate")]
    [InlineData("negotiate", "Negotiate -ProxyCredential $kerberos")]
    [InlineData("negotiate", "Negotiate -ProxyCredential $ntlm")]
    public void ApacheAsAProxyIsProvedTo(string scheme, string how)
    {
        Dictionary<string, string> names = new(_realm.Service.Concat(_realm.Names));
        using ApacheProcess proxy = new(_service, names, "--scheme", scheme, "--as-proxy");
        Environment("https_proxy", $"http://localhost:{proxy.Http}");
        ClientSettings.Write(
            _console.Configuration,
            TestProcess.AuthorityFile,
            more: new Dictionary<string, object> { ["TrustedHosts"] = "localhost" });

        ConsoleResult result = Connect(how).Succeeded();

        Assert.Contains($"through the proxy localhost:{proxy.Http}", result.Output, StringComparison.Ordinal);
        Assert.Contains("60000", result.Lines);
    }

    [RealmTheory]
    [InlineData("Basic -ProxyCredential $wrong", "The proxy 127.0.0.1")]
    [InlineData("Digest -ProxyCredential $user", "It accepts the authentication Basic")]
    [InlineData("Negotiate -ProxyCredential $ntlm", "TrustedHosts -Value '127.0.0.1'")]
    public void AProxyThatDeniesAccessIsNamed(string how, string words)
    {
        using TinyproxyProcess proxy = new(_realm.Names);
        Environment("https_proxy", $"http://127.0.0.1:{proxy.Http}");

        AssertFails(Connect(how), words);
    }

    [RealmTheory]
    [InlineData("http://127.0.0.1:1", "That is the proxy which https_proxy names.")]
    [InlineData("https://127.0.0.1:1", "only proxies of HTTP itself")]
    [InlineData("http://127.0.0.1:99999", "it is no address")]
    public void AProxyThatIsNotThereIsNamed(string address, string words)
    {
        Environment("https_proxy", address);
        AssertFails(Connect("Basic -ProxyCredential $user"), words);
    }

    [RealmTheory]
    [InlineData("$null", "")]
    [InlineData("New-WSManSessionOption -SkipCNCheck", "")]
    [InlineData("New-WSManSessionOption -ProxyAuthentication Basic -ProxyCredential $user", "server01.wsman.test")]
    [InlineData("New-WSManSessionOption -ProxyAuthentication Basic -ProxyCredential $user", "other, wsman.test")]
    [InlineData("New-WSManSessionOption -ProxyAuthentication Negotiate -ProxyAccessType ProxyNoProxyServer", "")]
    public void WithoutOneTheNameIsNotFound(string option, string bypass)
    {
        using TinyproxyProcess proxy = new(_realm.Names);
        Environment("https_proxy", $"http://127.0.0.1:{proxy.Http}", bypass);

        AssertFails(ConnectWith(option), Computer);
        Assert.DoesNotContain($"CONNECT {Computer}", proxy.Log, StringComparison.Ordinal);
    }

    [RealmTheory]
    [InlineData("-Port 5985", "Basic -ProxyCredential $user", "0x803381B1")]
    [InlineData("-UseSSL -Authentication Kerberos", "Basic -ProxyCredential $user", "0x803381B2")]
    [InlineData("-UseSSL -Authentication Credssp -Credential $user", "Basic -ProxyCredential $user", "0x803381B3")]
    [InlineData("-UseSSL", "Basic -ProxyCredential $user -ProxyAccessType ProxyNoProxyServer", "0x8033819D")]
    public void WhatWindowsRefusesIsRefusedWithItsCode(string where, string how, string code)
    {
        Environment("https_proxy", "http://127.0.0.1:1");
        ConsoleResult result = _console.Script(
            $"""
            $user = {ConsoleProcess.Credential}
            Enable-WSManCredSSP Client {Computer} -Force | Out-Null
            try {"{"} Connect-WSMan {Computer} {where} -SessionOption (New-WSManSessionOption -ProxyAuthentication {how}) {"}"}
            catch {"{"} {Record}; "$_" {"}"}
            """);

        AssertFails(result, code);
    }

    public void Dispose()
    {
        _console.Dispose();
        _service.Dispose();
        _realm.Dispose();
    }

    private void Environment(string variable, string address, string bypass = "") =>
        _console.Environment = new Dictionary<string, string>(_realm.Client)
        {
            [variable] = address,
            ["no_proxy"] = bypass,
            ["REALM_PASSWORD"] = _realm.Password,
        };

    private ConsoleResult Connect(string how) => ConnectWith($"New-WSManSessionOption -ProxyAuthentication {how}");

    private ConsoleResult ConnectWith(string option) => _console.Script(
        $"""
        $user = {ConsoleProcess.Credential}
        $secret = [Net.NetworkCredential]::new('', $env:REALM_PASSWORD).SecurePassword
        $kerberos = [pscredential]::new('{EndpointProcess.UserName}@WSMAN.TEST', $secret)
        $ntlm = [pscredential]::new('WSMAN\{EndpointProcess.UserName}', $secret)
        $wrong = [pscredential]::new('{EndpointProcess.UserName}', [Net.NetworkCredential]::new('', 'not it').SecurePassword)
        $option = {option}
        $to = @{"{"} ComputerName = '{Computer}'; UseSSL = $true; Port = {_service.Https}; Authentication = 'Basic'; Credential = $user {"}"}
        if ($option) {"{"} $to.SessionOption = $option {"}"}
        try {"{"} Connect-WSMan @to -Verbose {"}"}
        catch {"{"} {Record}; "$_"; exit {"}"}
        (Get-WSManInstance winrm/config -ComputerName {Computer}).MaxTimeoutms
        Disconnect-WSMan {Computer} -InformationVariable report
        $report.MessageData.Graceful
        """);

    private void AssertFails(ConsoleResult result, string words)
    {
        Assert.Contains(
            $"WsManError,Microsoft.WSMan.Management.ConnectWSManCommand InvalidOperation {Computer}", result.Lines);
        Assert.Contains(words, string.Join(' ', result.Succeeded().Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("60000", result.Lines);
        Assert.DoesNotContain(EndpointProcess.Password, result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(0, _service.Counts().Requests);
    }
}
