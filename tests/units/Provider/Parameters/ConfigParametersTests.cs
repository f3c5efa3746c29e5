using System.Management.Automation;

namespace Microsoft.WSMan.Management.Units.Provider.Parameters;

/// <summary>
/// The parameters of New-Item and Set-Item below a computer, and what the configuration gets of them.
/// </summary>
public sealed class ConfigParametersTests
{
    [Theory]
    [InlineData(5986)]
    [InlineData(0)]
    public void APortCountsOnlyWhereItIsGiven(int port)
    {
        NewListenerParameters given = new();
        Assert.False(given.IsPortSpecified);
        Assert.Null(given.ToListener().Port);

        given.Port = port;

        Assert.True(given.IsPortSpecified);
        Assert.Equal(port, given.ToListener().Port);
    }

    [Fact]
    public void ParametersThatAreNotGivenHaveTheDefaultsOfTheService()
    {
        NewListenerParameters listener = new();
        NewClientCertificateParameters mapping = new();

        Assert.Equal((true, "wsman"), (listener.Enabled, listener.URLPrefix));
        Assert.Equal((null, null), (listener.HostName, listener.CertificateThumbPrint));
        Assert.Equal((true, "*", "*"), (mapping.Enabled, mapping.Subject, mapping.URI.OriginalString));
        Assert.False(new SetTrustedHostsParameters().Concatenate);
    }

    [Fact]
    public void AListenerHasAllThatIsGiven()
    {
        NewListenerParameters given = new()
        {
            Address = "IP:fe80::1%eth0",
            Transport = "HTTPS",
            CertificateThumbPrint = "AB",
            URLPrefix = "a",
            Enabled = false,
            HostName = "host",
            Port = 5986,
        };

        NewListener expected = new("IP:fe80::1%eth0", "HTTPS")
        {
            CertificateThumbprint = "AB",
            UrlPrefix = "a",
            Enabled = false,
            HostName = "host",
            Port = 5986,
        };
        Assert.Equal(expected, given.ToListener());
    }

    [Fact]
    public void AMappingIsToTheUserWithoutTheDomain()
    {
        PSCredential credential = new("DOMAIN\\user", Samples.Secret("hidden"));
        NewClientCertificateParameters given = new() { Issuer = "AB", URI = new Uri("http://x/a%20b/*") };

        NewMapping mapping = given.ToMapping(credential);

        Assert.Equal(
            new NewMapping("AB", "*", "http://x/a%20b/*", Enabled: true, new ConfigUser("user", credential.Password)),
            mapping);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AMappingWithoutAUserHasNone(bool isEmpty)
    {
        NewClientCertificateParameters given = new() { Issuer = "AB", Enabled = false };

        NewMapping mapping = given.ToMapping(isEmpty ? PSCredential.Empty : null);

        Assert.Equal(new NewMapping("AB", "*", "*", Enabled: false, User: null), mapping);
    }

    [Fact]
    public void APluginHasAllThatIsGiven()
    {
        PSCredential credential = new("DOMAIN\\user", Samples.Secret("hidden"));
        NewPluginParameters given = new()
        {
            Plugin = "name",
            FileName = "%windir%\\x.dll",
            SDKVersion = "2",
            Resource = new Uri("http://X"),
            Capability = [PSObject.AsPSObject("Get"), 1],
            XMLRenderingType = "text",
            AutoRestart = true,
            UseSharedProcess = true,
            ProcessIdleTimeoutSec = 7,
            RunAsCredential = credential,
        };

        NewPlugin plugin = given.ToPlugin();

        Assert.Equal(
            ("name", "%windir%\\x.dll", "2", "text", "http://x/"),
            (plugin.Name, plugin.FileName, plugin.SdkVersion, plugin.XmlRenderingType, plugin.ResourceUri));
        Assert.Equal(["Get", "1"], plugin.Capabilities);
        Assert.Equal(
            new PluginOptions(new ConfigUser("DOMAIN\\user", credential.Password), true, true, 7), plugin.Options);
        Assert.Equal(new PluginOptions(), new NewPluginParameters().ToOptions());
        Assert.Equal(
            new PluginOptions(), new NewPluginParameters { RunAsCredential = PSCredential.Empty }.ToOptions());
    }

    [Fact]
    public void CapabilitiesAreTextsWhateverTheyAreWrappedIn()
    {
        Assert.Equal(["Get", "1", "true"], NewPluginParameters.Texts([PSObject.AsPSObject("Get"), 1, true]));
        Assert.Throws<WSManException>(() => NewPluginParameters.Texts([new object[] { "Get" }]).ToList());
    }
}
