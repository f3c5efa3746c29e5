using System.Management.Automation;
using System.Text;

namespace Microsoft.WSMan.Management.Units.Provider.Tree;

public sealed class NewDocumentsTests
{
    private const string Plugin = ConfigResource.PluginNamespace;

    [Fact]
    public void AListenerHasItsKeysAsSelectorsAndTheRestAsBody()
    {
        ConfigDocument document = NewDocuments.Listener(
            Samples.Session, new NewListenerParameters { Address = "*", Transport = "HTTP" });

        Assert.Equal("*|HTTP", Selectors(document, "Address", "Transport"));
        Assert.Equal(
            $"<p:Listener xmlns:p=\"{Samples.Configuration}/listener.xsd\"><p:Enabled>true</p:Enabled>"
            + "<p:URLPrefix>wsman</p:URLPrefix></p:Listener>",
            ConfigXml.ToSend(document.Root));
    }

    [Fact]
    public void AListenerHasAllThatIsGivenInTheOrderOfTheSchema()
    {
        NewListenerParameters given = new()
        {
            Address = "IP:fe80::1%eth0",
            Transport = "HTTPS",
            CertificateThumbPrint = "AB",
            URLPrefix = "a<b&c",
            Enabled = false,
            HostName = "bücher.example",
            Port = 0,
        };

        ConfigDocument document = NewDocuments.Listener(Samples.Session, given);

        Assert.Equal("IP:fe80::1%eth0|HTTPS", Selectors(document, "Address", "Transport"));
        Assert.Equal(
            "<p:Port>0</p:Port><p:Hostname>bücher.example</p:Hostname><p:Enabled>false</p:Enabled>"
            + "<p:URLPrefix>a&lt;b&amp;c</p:URLPrefix><p:CertificateThumbprint>AB</p:CertificateThumbprint>",
            Inner(document));
    }

    [Fact]
    public void AMappingHidesThePassword()
    {
        PSCredential user = new("DOMAIN\\user", Samples.Secret("hidden"));
        NewClientCertificateParameters given = new() { Issuer = "AB", URI = new Uri("http://x/a%20b/*") };

        ConfigDocument document = NewDocuments.Mapping(Samples.Session, given, user);

        Assert.Equal("AB|*|http://x/a%20b/*", Selectors(document, "Issuer", "Subject", "URI"));
        string placeholder = Assert.Single(document.Secrets).Placeholder;
        Assert.Equal(
            $"<p:UserName>user</p:UserName><p:Password>{placeholder}</p:Password><p:Enabled>true</p:Enabled>",
            Inner(document));
        Assert.Equal($"{Samples.Configuration}/service/certmapping.xsd", document.Root.NamespaceURI);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AMappingWithoutAUserHasNone(bool empty)
    {
        NewClientCertificateParameters given = new() { Issuer = "AB", Enabled = false };

        ConfigDocument document = NewDocuments.Mapping(Samples.Session, given, empty ? PSCredential.Empty : null);

        Assert.Equal("AB|*|*", Selectors(document, "Issuer", "Subject", "URI"));
        Assert.Equal("<p:Enabled>false</p:Enabled>", Inner(document));
    }

    [Fact]
    public void APluginServesOneResource()
    {
        NewPluginParameters given = Values();
        given.AutoRestart = true;
        given.ProcessIdleTimeoutSec = uint.MaxValue;
        given.RunAsCredential = new PSCredential("DOMAIN\\user", Samples.Secret("hidden"));

        ConfigDocument document = NewDocuments.Plugin(Samples.Session, given);

        string placeholder = Assert.Single(document.Secrets).Placeholder;
        Assert.Equal("a/<b>&", Selectors(document, "Name"));
        Assert.Equal(
            $"<PlugInConfiguration Name=\"a/&lt;b&gt;&amp;\" Filename=\"%windir%\\x.dll\" SDKVersion=\"2\" "
            + $"XmlRenderingType=\"text\" RunAsUser=\"DOMAIN\\user\" RunAsPassword=\"{placeholder}\" "
            + $"AutoRestart=\"true\" ProcessIdleTimeoutSec=\"4294967295\" xmlns=\"{Plugin}\">"
            + "<Resources><Resource ResourceUri=\"http://x/%20\"><Capability Type=\"Get\" />"
            + "<Capability Type=\"1\" /></Resource></Resources></PlugInConfiguration>",
            ConfigXml.ToSend(document.Root));
    }

    [Fact]
    public void APluginOfAFileStaysAsTheFileHasIt()
    {
        string file = $"<!-- c --><q:PlugInConfiguration xmlns:q=\"{Plugin}\" b=\"1\" Name=\"other\">\n <q:x />\n"
            + "</q:PlugInConfiguration>";

        ConfigDocument document = NewDocuments.Plugin(
            Samples.Session, "name", Encoding.UTF8.GetBytes(file), new NewPluginParameters { UseSharedProcess = true });

        Assert.Equal("name", Selectors(document, "Name"));
        Assert.Equal(
            file[10..].Replace("\"other\"", "\"other\" UseSharedProcess=\"true\"", StringComparison.Ordinal),
            ConfigXml.ToSend(document.Root));
    }

    [Theory]
    [InlineData("<PlugInConfiguration/>")]
    [InlineData("<PlugInConfiguration xmlns='urn:other'/>")]
    [InlineData($"<Configuration xmlns='{Plugin}'/>")]
    public void AFileThatDescribesSomethingElseIsNamed(string file)
    {
        WSManException error = Assert.Throws<WSManException>(() => NewDocuments.Plugin(
            Samples.Session, "name", Encoding.UTF8.GetBytes(file), new NewPluginParameters { File = "the-file.xml" }));

        Assert.Equal(WSManErrorCode.InvalidArgument, error.Code);
        Assert.Contains("the-file.xml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CapabilitiesAreTextsWhateverTheyAreWrappedIn()
    {
        Assert.Equal(["Get", "1", "true"], NewDocuments.Words([PSObject.AsPSObject("Get"), 1, true]));
        Assert.Throws<WSManException>(() => NewDocuments.Words([new object[] { "Get" }]).ToList());
    }

    private static NewPluginParameters Values() => new()
    {
        Plugin = "a/<b>&",
        FileName = "%windir%\\x.dll",
        SDKVersion = "2",
        Resource = new Uri("http://x/%20"),
        Capability = [PSObject.AsPSObject("Get"), 1],
        XMLRenderingType = "text",
    };

    private static string Selectors(ConfigDocument document, params string[] names)
    {
        Assert.Equal(names, document.Resource.Selectors.Select(one => one.Name));
        return string.Join('|', document.Resource.Selectors.Select(one => one.Value));
    }

    private static string Inner(ConfigDocument document) => document.Root.InnerXml.Replace(
        $" xmlns:p=\"{document.Root.NamespaceURI}\"", "", StringComparison.Ordinal);
}
