using System.Globalization;
using System.Net;

namespace Microsoft.WSMan.Management.Units.Connection;

public sealed class ConnectTargetTests
{
    private static readonly ConnectCredential s_default = new("Default", null, null);

    // The language of whoever runs the tests is part of no expected document.
    public ConnectTargetTests() => CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

    [Theory]
    [InlineData("de-AT", "de-AT")]
    [InlineData("ja", "ja")]
    [InlineData("de-DE_phoneb", "de-DE")]
    [InlineData("", null)]
    public void TextsAreAskedForInTheLanguageOfTheUser(string culture, string? locale)
    {
        CultureInfo.CurrentUICulture = new NamedCulture(culture);

        Assert.Equal(locale, Target("server01", null).ToRequest(s_default, null).Locale);
    }

    [Theory]
    [InlineData(null, null, "localhost")]
    [InlineData("SERVER01", null, "server01")]
    [InlineData("[FE80::1%eth0]", null, "fe80::1%eth0")]
    [InlineData(null, "https://SERVER01:5986/wsman", "server01")]
    [InlineData("other", "http://server01/", "server01")]
    [InlineData(null, "http://[2001:DB8::A]:5985/wsman", "2001:db8::a")]
    [InlineData(null, "http://[FE80::1%eth0]:5985/wsman", "fe80::1%eth0")]
    [InlineData(null, "http://[FE80::1%25eth0]:5985/wsman", "fe80::1%eth0")]
    [InlineData(null, "http://[fe80::1%251]/", "fe80::1%1")]
    [InlineData(null, "http://[fe80::1%25]/", "fe80::1%25")]
    [InlineData("MÜNCHEN.example", null, "münchen.example")]
    [InlineData(null, "https://MÜNCHEN.example/", "münchen.example")]
    public void TheSessionIsNamedAfterTheComputerOrTheHostOfTheUri(string? computer, string? uri, string name) =>
        Assert.Equal(name, Target(computer, uri).SessionName);

    [Theory]
    [InlineData(null)]
    [InlineData("http://server01")]
    [InlineData("HTTPS://server01:5986/a/b?c")]
    [InlineData("http://[::1]:5985/wsman")]
    [InlineData("http://bücher.example/wsman")]
    public void AnHttpUriHasNoError(string? uri) => Assert.Null(Target(null, uri).UriError);

    [Theory]
    [InlineData("ftp://server01/wsman")]
    [InlineData("server01/wsman")]
    [InlineData("server01:5985")]
    [InlineData("file:///tmp/x")]
    [InlineData("http:server01")]
    public void AnyOtherUriIsTheTargetOfTheError(string text)
    {
        Uri uri = new(text, UriKind.RelativeOrAbsolute);

        ConnectTarget target = new(null, 0, null, false, uri);

        Assert.Equal((Messages.InvalidConnectionUri, (object)uri), target.UriError);
    }

    [Theory]
    [InlineData("https://user:hidden@SERVER01/wsman")]
    [InlineData("http://user@server01")]
    public void AUriWithAUserIsNotShown(string uri) =>
        Assert.Equal((Messages.UriWithUserInfo, (object)"server01"), Target(null, uri).UriError);

    [Theory]
    [InlineData("SERVER01", 0, null, false, null, """{"computerName":"server01","authentication":"Default"}""")]
    [InlineData(
        null, 65535, "", false, null,
        """{"computerName":"localhost","port":65535,"authentication":"Default"}""")]
    [InlineData(
        ".", 1, "a b", true, null,
        """{"computerName":"localhost","port":1,"applicationName":"a b","useSsl":true,"authentication":"Default"}""")]
    [InlineData(
        "other", 0, null, false, " https://Server01:5986/a%20b ",
        """{"computerName":"server01","connectionUri":"https://Server01:5986/a%20b","authentication":"Default"}""")]
    [InlineData(
        null, 0, null, false, "http://[0:0:0:0:0:0:0:1]/wsman",
        """{"computerName":"::1","connectionUri":"http://[0:0:0:0:0:0:0:1]/wsman","authentication":"Default"}""")]
    [InlineData(
        "MÜNCHEN.example", 0, null, false, null,
        """{"computerName":"m\u00FCnchen.example","host":"xn--mnchen-3ya.example","authentication":"Default"}""")]
    [InlineData(
        "other", 0, null, false, "https://MÜNCHEN.example/wsman",
        """{"computerName":"m\u00FCnchen.example","host":"xn--mnchen-3ya.example","connectionUri":"""
        + "\"https://M\\u00DCNCHEN.example/wsman\",\"authentication\":\"Default\"}")]
    public void TheRequestSaysNoMoreThanWasSaid(
        string? computer, int port, string? application, bool ssl, string? uri, string json)
    {
        ConnectTarget target = new(computer, port, application, ssl, uri is null ? null : new Uri(uri));

        Assert.Equal(json, ConnectRequestTests.Json(target.ToRequest(s_default, null)));
    }

    [Fact]
    public void SecretsGoBesideTheDocument()
    {
        ConnectCredential credential = new("Basic", "user", Samples.Secret("hidden"));
        SessionOption option = new() { ProxyCredential = new NetworkCredential("proxy-user", "hidden") };

        ConnectRequest request = Target("server01", null).ToRequest(credential, option);

        Assert.Same(credential.Password, request.Secrets!.Password);
        Assert.Same(option.ProxyCredential, request.Secrets.ProxyCredential);
        string json = ConnectRequestTests.Json(request);
        Assert.Contains("\"userName\":\"user\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ü..example")]
    [InlineData("ü\0")]
    [InlineData("xn--ü")]
    public void ANameThatDnsCannotHaveIsNamed(string name)
    {
        WSManException error = Assert.Throws<WSManException>(() => Target(name, null).ToRequest(s_default, null));

        Assert.Equal(WSManErrorCode.InvalidArgument, error.Code);
        Assert.StartsWith($"\"{name}\" is not the name of a computer: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    [InlineData(int.MaxValue)]
    public void APortThatCannotBeIsNamed(int port)
    {
        ConnectTarget target = new("server01", port, null, false, null);

        WSManException error = Assert.Throws<WSManException>(() => target.ToRequest(s_default, null));

        Assert.Equal(WSManErrorCode.InvalidArgument, error.Code);
        Assert.Contains($"port {port}:", error.Message, StringComparison.Ordinal);
    }

    private static ConnectTarget Target(string? computer, string? uri) =>
        new(computer, 0, null, false, uri is null ? null : new Uri(uri));

    // A culture that is there also where .NET was told to know the invariant one only, as in containers.
    private sealed class NamedCulture(string name) : CultureInfo("")
    {
        public override string Name => name;
    }
}
