namespace Microsoft.WSMan.Management.Units.Configuration;

public sealed class ClientResourceTests
{
    private const string Root = Samples.Configuration;

    private static readonly ClientSetting[] s_settings =
    [
        new("MaxBatchItems", "7", []),
        new("Auth", null, [new("Auth/Basic", "true", []), new("Auth/CredSSP", "false", [])]),
        new("TrustedHosts", "a<b", []),
    ];

    [Theory]
    [InlineData("winrm/config", true)]
    [InlineData("WSMAN/Config/", true)]
    [InlineData(Root, true)]
    [InlineData("winrm/config/client", false)]
    [InlineData("winrm/config/client/", false)]
    [InlineData("winrm/config/client/AUTH?a=b", false)]
    [InlineData(Root + "/Client/DefaultPorts", false)]
    public void ItIsFoundUnderEachOfItsNames(string uri, bool isRoot) =>
        Assert.Equal(isRoot, ClientResource.Find(uri)!.IsRoot);

    [Theory]
    [InlineData("winrm/config", true)]
    [InlineData("WinRM/Config/Service/Auth", true)]
    [InlineData(" wsman/config?a=b", true)]
    [InlineData(Root + "/plugin", true)]
    [InlineData("winrm/configs", false)]
    [InlineData("wmicimv2/Win32_Service", false)]
    [InlineData(null, false)]
    public void TheConfigurationIsToldFromOtherResources(string? uri, bool isConfiguration) =>
        Assert.Equal(isConfiguration, ClientResource.IsConfiguration(uri));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("config/client")]
    [InlineData("winrm/config/clients")]
    [InlineData("winrm/config/client/auth/basic")]
    [InlineData("winrm/config/service")]
    [InlineData("wmicimv2/config/client")]
    [InlineData("http://schemas.microsoft.com/wbem/wsman/2/config/client")]
    public void AnyOtherResourceIsThatOfAService(string? uri) => Assert.Null(ClientResource.Find(uri));

    [Fact]
    public void TheElementOfASectionHasTheNamespaceOfTheSection() => Assert.Equal(
        $"<cfg:Auth xmlns:cfg=\"{Root}/client/auth\" xml:lang=\"en-US\"><cfg:Basic>true</cfg:Basic>"
        + "<cfg:CredSSP>false</cfg:CredSSP></cfg:Auth>",
        ClientResource.Auth.ToElement(s_settings).OuterXml);

    [Fact]
    public void TheElementOfTheRootHasTheSettingsOfTheRootAndThenTheClient() => Assert.Equal(
        $"<cfg:Config xmlns:cfg=\"{Root}\" xml:lang=\"en-US\"><cfg:MaxBatchItems>7</cfg:MaxBatchItems><cfg:Client>"
        + "<cfg:Auth><cfg:Basic>true</cfg:Basic><cfg:CredSSP>false</cfg:CredSSP></cfg:Auth>"
        + "<cfg:TrustedHosts>a&lt;b</cfg:TrustedHosts></cfg:Client></cfg:Config>",
        ClientResource.Find("winrm/config")!.ToElement(s_settings).OuterXml);
}
