using System.Net;

namespace Microsoft.WSMan.Management.Units.Connection;

/// <summary>No other test reads the four variables that these set.</summary>
public sealed class ProxyRequestTests : IDisposable
{
    private static readonly string[] s_names = ["https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"];

    private readonly string?[] _before = [.. s_names.Select(Environment.GetEnvironmentVariable)];

    public ProxyRequestTests() => Array.ForEach(s_names, name => Environment.SetEnvironmentVariable(name, null));

    public void Dispose()
    {
        for (int i = 0; i < s_names.Length; i++)
        {
            Environment.SetEnvironmentVariable(s_names[i], _before[i]);
        }
    }

    [Fact]
    public void WithoutProxyAuthenticationThereIsNoProxy()
    {
        Environment.SetEnvironmentVariable("https_proxy", "http://proxy:3128");

        Assert.Null(ProxyRequest.From(null));
        Assert.Null(ProxyRequest.From(new SessionOption { ProxyCredential = new NetworkCredential("user", "hidden") }));
    }

    [Theory]
    [InlineData("lower", "UPPER", "lower")]
    [InlineData(null, "UPPER", "UPPER")]
    [InlineData(null, null, "")]
    public void TheEnvironmentGivesTheAddressInLowerCaseFirst(string? lower, string? upper, string meant)
    {
        Environment.SetEnvironmentVariable("https_proxy", lower);
        Environment.SetEnvironmentVariable("HTTPS_PROXY", upper);
        Environment.SetEnvironmentVariable("no_proxy", lower);
        Environment.SetEnvironmentVariable("NO_PROXY", upper);

        Assert.Equal(new ProxyRequest("Negotiate", null, meant, meant), From(null));
    }

    [Theory]
    [InlineData("http://proxy:3128", "http://proxy:3128")]
    [InlineData("http://user:hidden@proxy:3128/", "http://proxy:3128/")]
    [InlineData("http://user:hid@den@[fe80::1]:3128", "http://[fe80::1]:3128")]
    [InlineData("user:hidden@proxy:3128", "proxy:3128")]
    [InlineData("http://@proxy", "http://proxy")]
    public void ACredentialInTheAddressIsLeftOut(string variable, string address)
    {
        Environment.SetEnvironmentVariable("https_proxy", variable);

        Assert.Equal(address, From(null)!.Address);
    }

    [Theory]
    [InlineData("http://prøxy.example:3128/", "http://xn--prxy-hra.example:3128/")]
    [InlineData("prøxy:3128", "xn--prxy-hra:3128")]
    [InlineData("http://ü..x:3128", "http://ü..x:3128")]
    public void TheHostOfTheAddressIsInAscii(string variable, string address)
    {
        Environment.SetEnvironmentVariable("https_proxy", variable);

        Assert.Equal(address, From(null)!.Address);
    }

    [Theory]
    [InlineData("a, .München.example:443 [::1]", "a,,.xn--mnchen-3ya.example:443,[::1]")]
    [InlineData("*", "*")]
    public void TheComputersWithoutTheProxyAreInAscii(string variable, string bypass)
    {
        Environment.SetEnvironmentVariable("no_proxy", variable);

        Assert.Equal(bypass, From(null)!.Bypass);
    }

    [Theory]
    [InlineData("user", "", "user")]
    [InlineData("user", "DOMAIN", "DOMAIN\\user")]
    [InlineData("user@x", "", "user@x")]
    public void TheNameHasItsDomainBeforeIt(string user, string domain, string name) =>
        Assert.Equal(name, From(new NetworkCredential(user, "hidden", domain))!.UserName);

    [Fact]
    public void NoProxyServerIsNoAddress()
    {
        Environment.SetEnvironmentVariable("https_proxy", "http://proxy:3128");
        SessionOption option = new()
        {
            ProxyAuthentication = ProxyAuthentication.Digest,
            ProxyAccessType = ProxyAccessType.ProxyNoProxyServer,
        };

        Assert.Equal(new ProxyRequest("Digest", null, "", ""), ProxyRequest.From(option));

        option.ProxyCredential = new NetworkCredential("user", "hidden");
        WSManException error = Assert.Throws<WSManException>(() => ProxyRequest.From(option));
        Assert.Equal((0x8033819D, WSManErrorCode.InvalidArgument), (error.WSManCode, error.Code));
    }

    private static ProxyRequest? From(NetworkCredential? credential) => ProxyRequest.From(
        new SessionOption { ProxyAuthentication = ProxyAuthentication.Negotiate, ProxyCredential = credential });
}
