using System.Text;

namespace Microsoft.WSMan.Management.Units.Configuration;

public sealed class NewPluginTests
{
    private const string Plugin = ConfigResource.PluginNamespace;

    [Fact]
    public void APluginServesOneResource()
    {
        NewPlugin plugin = new(new PluginOptions(
            new ConfigUser("DOMAIN\\user", Samples.Secret("hidden")),
            AutoRestart: true,
            ProcessIdleTimeoutSec: uint.MaxValue))
        {
            Name = "a/<b>&",
            FileName = "%windir%\\x.dll",
            SdkVersion = "2",
            XmlRenderingType = "text",
            ResourceUri = "http://x/%20",
            Capabilities = ["Get", "1"],
        };

        ConfigDocument document = plugin.ToDocument(Samples.Session);

        string placeholder = Assert.Single(document.Secrets).Placeholder;
        Assert.Equal("Name=a/<b>&", Samples.Selectors(document));
        Assert.Equal(
            $"<PlugInConfiguration Name=\"a/&lt;b&gt;&amp;\" Filename=\"%windir%\\x.dll\" SDKVersion=\"2\" "
            + $"XmlRenderingType=\"text\" RunAsUser=\"DOMAIN\\user\" RunAsPassword=\"{placeholder}\" "
            + $"AutoRestart=\"True\" ProcessIdleTimeoutSec=\"4294967295\" xmlns=\"{Plugin}\">"
            + "<Resources><Resource ResourceUri=\"http://x/%20\"><Capability Type=\"Get\" />"
            + "<Capability Type=\"1\" /></Resource></Resources></PlugInConfiguration>",
            ConfigXml.ToSend(document.Root));
    }

    [Fact]
    public void APluginOfAFileStaysAsTheFileHasIt()
    {
        string file = $"<!-- c --><q:PlugInConfiguration xmlns:q=\"{Plugin}\" b=\"1\" Name=\"other\">\n <q:x />\n"
            + "</q:PlugInConfiguration>";

        ConfigDocument document = FromFile(file, new PluginOptions(UseSharedProcess: true));

        Assert.Equal("Name=name", Samples.Selectors(document));
        Assert.Equal(
            file[10..].Replace("\"other\"", "\"other\" UseSharedProcess=\"True\"", StringComparison.Ordinal),
            ConfigXml.ToSend(document.Root));
    }

    [Theory]
    [InlineData("<PlugInConfiguration/>")]
    [InlineData("<PlugInConfiguration xmlns='urn:other'/>")]
    [InlineData($"<Configuration xmlns='{Plugin}'/>")]
    public void AFileThatDescribesSomethingElseIsNamed(string file)
    {
        WSManException error = Assert.Throws<WSManException>(() => FromFile(file, new PluginOptions()));

        Assert.Equal(WSManErrorCode.InvalidArgument, error.Code);
        Assert.Contains("the-file.xml", error.Message, StringComparison.Ordinal);
    }

    private static ConfigDocument FromFile(string content, PluginOptions options) => NewPlugin.DocumentFromFile(
        Samples.Session, "name", Encoding.UTF8.GetBytes(content), "the-file.xml", options);
}
