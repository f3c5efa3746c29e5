using System.Net;
using System.Reflection;
using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Connection;

public sealed class ConnectRequestTests
{
    [Fact]
    public void ItsDocumentHasWhatIsGivenAndNoSecret()
    {
        ConnectRequest request = new()
        {
            ComputerName = "fe80::1%eth0",
            Port = 5986,
            ApplicationName = "a/b",
            UseSsl = true,
            Authentication = "Basic",
            UserName = "DOMAIN\\us\"er",
            Certificates = ["AA==", "BB=="],
            Proxy = new ProxyRequest("Digest", null, "http://proxy:3128", ""),
            Options = new ConnectOptions(true, false, false, false, false, false, 60000),
            Trace = "debug",
            Secrets = new ConnectSecrets(Samples.Secret("hidden"), "AB", new NetworkCredential("proxy-user", "hidden")),
        };

        Assert.Equal(
            """{"computerName":"fe80::1%eth0","port":5986,"applicationName":"a/b","useSsl":true"""
            + ""","authentication":"Basic","userName":"DOMAIN\\us\u0022er","certificates":["AA==","BB=="]"""
            + ""","proxy":{"authentication":"Digest","address":"http://proxy:3128","bypass":""}"""
            + ""","options":{"skipCACheck":true,"skipCNCheck":false,"skipRevocationCheck":false,"noEncryption":false"""
            + ""","spnPort":false,"useUtf16":false,"operationTimeoutMs":60000},"trace":"debug"}""",
            Json(request));
    }

    [Fact]
    public void AMemberThatIsNotGivenIsNotInTheDocument() =>
        Assert.Equal("""{"authentication":"Default"}""", Json(new ConnectRequest { Authentication = "Default" }));

    /// <summary>Session options with one member set, and the one member of the request that is not as before.</summary>
    public static TheoryData<SessionOption, string> Options => new()
    {
        { new SessionOption(), "" },
        { new SessionOption { SkipCACheck = true }, "SkipCACheck" },
        { new SessionOption { SkipCNCheck = true }, "SkipCNCheck" },
        { new SessionOption { SkipRevocationCheck = true }, "SkipRevocationCheck" },
        { new SessionOption { UseEncryption = false }, "NoEncryption" },
        { new SessionOption { SPNPort = 1 }, "SpnPort" },
        { new SessionOption { SPNPort = -1 }, "" },
        { new SessionOption { UseUtf16 = true }, "UseUtf16" },
        { new SessionOption { OperationTimeout = 1234 }, "OperationTimeoutMs 1234" },
        { new SessionOption { OperationTimeout = -1 }, "" },
        { new SessionOption { ProxyAuthentication = ProxyAuthentication.Basic }, "" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void EachOptionIsItsOwnMember(SessionOption option, string changed)
    {
        ConnectOptions options = ConnectOptions.From(option)!;

        Assert.Equal(changed, string.Concat(typeof(ConnectOptions).GetProperties().Select(Set)));

        string Set(PropertyInfo member) => member.GetValue(options) switch
        {
            true => member.Name,
            int number and not 0 => $"{member.Name} {number}",
            _ => "",
        };
    }

    [Fact]
    public void NoSessionOptionIsNoMember() => Assert.Null(ConnectOptions.From(null));

    internal static string Json(ConnectRequest request) =>
        JsonSerializer.Serialize(request, DocumentContext.Default.ConnectRequest);
}
