using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>New-WSManSessionOption contacts nobody, so it needs no computers.</summary>
public sealed class SessionOptionTests : IDisposable
{
    private const string Id = "InvalidOperationException,Microsoft.WSMan.Management.NewWSManSessionOptionCommand";

    private readonly EngineSession _session = new();

    public SessionOptionTests() => _session.SetVariable("credential", EngineSession.Credential());

    [Fact]
    public void WithoutParametersEverythingIsDefault()
    {
        EngineResult result = _session.Run(
            "$o = New-WSManSessionOption; $o.GetType().FullName; $o.SkipCACheck; $o.SkipCNCheck; " +
            "$o.SkipRevocationCheck; $o.UseEncryption; $o.UseUtf16; [int] $o.ProxyAuthentication; $o.SPNPort; " +
            "$o.OperationTimeout; $null -eq $o.ProxyCredential; \"$($o.ProxyAccessType)\"").Succeeded();

        Assert.Equal(
            [
                "Microsoft.WSMan.Management.SessionOption", "False", "False", "False", "True", "False", "0", "0", "0",
                "True", "ProxyIEConfig",
            ],
            result.Text);
    }

    [Fact]
    public void EachParameterSetsItsProperty()
    {
        EngineResult result = _session.Run(
            "$o = New-WSManSessionOption -SkipCACheck -SkipCNCheck -SkipRevocationCheck -NoEncryption -UseUTF16 " +
            "-SPNPort 7 -OperationTimeoutMSec 8 -ProxyAuthentication Basic -ProxyCredential $credential " +
            "-ProxyAccessType ProxyNoProxyServer; " +
            "$o.SkipCACheck; $o.SkipCNCheck; $o.SkipRevocationCheck; $o.UseEncryption; $o.UseUtf16; $o.SPNPort; " +
            "$o.OperationTimeout; \"$($o.ProxyAuthentication)\"; $o.ProxyCredential.UserName; " +
            "\"$($o.ProxyAccessType)\"")
            .Succeeded();

        Assert.Equal(
            [
                "True", "True", "True", "False", "True", "7", "8", "Basic", EndpointProcess.UserName,
                "ProxyNoProxyServer",
            ],
            result.Text);
    }

    [Theory]
    [InlineData("-ProxyAuthentication Basic", "ProxyCredential")]
    [InlineData("-ProxyAuthentication Digest", "ProxyCredential")]
    [InlineData("-ProxyCredential $credential", "ProxyAuthentication")]
    public void HalfAProxyIsAnErrorThatEndsNothing(string parameters, string missing)
    {
        EngineResult result = _session.Run($"New-WSManSessionOption {parameters}; 'after'");

        Expect.Is(result.Failed(), Id, ErrorCategory.InvalidOperation, null, missing);
        Assert.Equal(["after"], result.Text);
    }

    [Theory]
    [InlineData("-SPNPort -1")]
    [InlineData("-OperationTimeout -1")]
    public void ANumberBelowZeroDoesNotBind(string parameters)
    {
        ErrorRecord error = _session.Run($"New-WSManSessionOption {parameters}").Failed();

        Expect.Is(
            error,
            "ParameterArgumentValidationError,Microsoft.WSMan.Management.NewWSManSessionOptionCommand",
            ErrorCategory.InvalidData,
            null);
    }

    public void Dispose() => _session.Dispose();
}
