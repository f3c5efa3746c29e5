namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>
/// Kerberos and NTLM as a user has them: Connect-WSMan in a console of a realm, work over the session, and an end
/// that leaves nothing. What goes wrong is the subject of tests/auth.
/// </summary>
public sealed class RealmTests : IDisposable
{
    private readonly Realm _realm = Realm.Start();

    private readonly EndpointProcess _service;

    private readonly ConsoleProcess _console = new();

    public RealmTests()
    {
        _service = EndpointProcess.Start(
            ["127.0.0.1"],
            more: ["--offer", "negotiate,kerberos,credssp", "--password", _realm.Password],
            environment: _realm.Service);
        _console.Environment = new Dictionary<string, string>(_realm.Client)
        {
            ["WSMAN_TEST_PASSWORD"] = _realm.Password,
        };
    }

    [RealmTheory]
    [InlineData("-Authentication Kerberos", false, "Kerberos in 1 round trip; messages are encrypted")]
    [InlineData("", false, "Kerberos in 1 round trip; messages are encrypted")]
    [InlineData("-Authentication Kerberos", true, "Kerberos in 1 round trip")]
    [InlineData("-Authentication Negotiate -Credential $user", false, "Kerberos in 1 round trip; messages are encrypted")]
    [InlineData("-Credential $user", true, "Kerberos in 1 round trip")]
    [InlineData("-Authentication Negotiate -Credential $ntlm", true, "NTLM in 2 round trips")]
    [InlineData("-Authentication Credssp -Credential $user", false, "CredSSP (Kerberos)")]
    [InlineData("-Authentication Credssp -Credential $ntlm", true, "CredSSP (NTLM)")]
    public void ASessionIsOpenedUsedAndEnded(string how, bool tls, string proof)
    {
        string port = tls ? $"-UseSSL -Port {_service.Https}" : $"-Port {_service.Http}";
        ConsoleResult result = _console.Script(
            $"""
            $user = {ConsoleProcess.Credential}
            $ntlm = [pscredential]::new('WSMAN\{EndpointProcess.UserName}', $user.Password)
            $null = Enable-WSManCredSSP Client localhost -Force
            Connect-WSMan localhost {port} {how} -Verbose
            (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms
            $null = New-WSManInstance shell/cmd @{"{}"} -ComputerName localhost
            Disconnect-WSMan localhost -InformationVariable report
            "$($report.MessageData)"
            $report.MessageData.Graceful
            """).Succeeded();

        Assert.Contains(proof, result.Output, StringComparison.Ordinal);
        Assert.Contains("60000", result.Lines);
        Assert.Contains(result.Lines, line => line.StartsWith("localhost closed: 1 shell", StringComparison.Ordinal));
        Assert.Contains("True", result.Lines);
        Assert.DoesNotContain(_realm.Password, result.Output, StringComparison.Ordinal);
        EndpointCounts counts = _service.CountsAt(0);
        Assert.Equal((0, 0), (counts.Connections, counts.Shells));
    }

    // It knows no sealing, so over http the client settings and -NoEncryption have to allow for clear text.
    [RealmTheory]
    [InlineData("-Authentication Negotiate", true, "Kerberos in 1 round trip")]
    [InlineData("-Authentication Negotiate -Credential $user", true, "Kerberos in 1 round trip")]
    [InlineData("-Authentication Negotiate -Credential $ntlm", true, "NTLM in 2 round trips")]
    [InlineData("-Authentication Negotiate -SessionOption $clear", false, "Kerberos in 1 round trip")]
    public void AnAcceptorOfOthersIsConnectedTo(string how, bool tls, string proof)
    {
        using EndpointProcess behind = EndpointProcess.Start(["127.0.0.1"]);
        using ApacheProcess apache = new(behind, _realm.Service);
        ClientSettings.Write(
            _console.Configuration,
            TestProcess.AuthorityFile,
            more: new Dictionary<string, object> { ["AllowUnencrypted"] = true });
        string port = tls ? $"-UseSSL -Port {apache.Https}" : $"-Port {apache.Http}";

        ConsoleResult result = _console.Script(
            $"""
            $user = {ConsoleProcess.Credential}
            $ntlm = [pscredential]::new('WSMAN\{EndpointProcess.UserName}', $user.Password)
            $clear = New-WSManSessionOption -NoEncryption
            Connect-WSMan localhost {port} {how} -Verbose
            (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms
            Disconnect-WSMan localhost
            """).Succeeded();

        Assert.Contains(proof, result.Output, StringComparison.Ordinal);
        Assert.Contains("60000", result.Lines);
    }

    [RealmTheory]
    [InlineData("")]
    [InlineData("-Authentication Negotiate")]
    public void WithoutThePlugInForNtlmItsPackageIsNamedAndKerberosWorks(string how)
    {
        _console.Environment = new Dictionary<string, string>(_console.Environment) { ["GSS_MECH_CONFIG"] = "/dev/null" };

        ConsoleResult result = _console.Script(
            $$"""
            $user = {{ConsoleProcess.Credential}}
            $ntlm = [pscredential]::new('WSMAN\{{EndpointProcess.UserName}}', $user.Password)
            try { Connect-WSMan localhost -UseSSL -Port {{_service.Https}} {{how}} -Credential $ntlm } catch { "$_" }
            Connect-WSMan localhost -UseSSL -Port {{_service.Https}} {{how}} -Credential $user -Verbose
            """).Succeeded();

        Assert.Contains("apt install gss-ntlmssp", result.Output, StringComparison.Ordinal);
        Assert.Contains("with Kerberos in 1 round trip", result.Output, StringComparison.Ordinal);
    }

    [RealmTheory]
    [InlineData("-Authentication Kerberos")]
    [InlineData("-Authentication Negotiate -Credential $user")]
    public void AServerWhoseClockIsWrongIsNamedAsSuch(string how)
    {
        using EndpointProcess late = EndpointProcess.Start(
            ["127.0.0.1"],
            more: ["--offer", "negotiate,kerberos"],
            environment: new Dictionary<string, string>(_realm.Service.Concat(_realm.Clock)) { ["FAKETIME"] = "+1h" });

        ConsoleResult result = _console.Script(
            $"$user = {ConsoleProcess.Credential}; Connect-WSMan localhost -Port {late.Http} {how}");

        Assert.Contains("clock", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(0, late.CountsAt(0).Connections);
    }

    public void Dispose()
    {
        _console.Dispose();
        _service.Dispose();
        _realm.Dispose();
    }
}
