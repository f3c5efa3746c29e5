namespace Microsoft.WSMan.Management.Units.Configuration;

public sealed class NewListenerTests
{
    [Fact]
    public void ItsKeysAreSelectorsAndTheRestIsTheBody()
    {
        ConfigDocument document = new NewListener("*", "HTTP").ToDocument(Samples.Session);

        Assert.Equal("Address=* Transport=HTTP", Samples.Selectors(document));
        Assert.Equal(
            $"<p:Listener xmlns:p=\"{Samples.Configuration}/listener.xsd\"><p:Enabled>true</p:Enabled>"
            + "<p:URLPrefix>wsman</p:URLPrefix></p:Listener>",
            ConfigXml.ToSend(document.Root));
    }

    [Fact]
    public void TheBodyHasAllThatIsGivenInTheOrderOfTheSchema()
    {
        NewListener listener = new("IP:fe80::1%eth0", "HTTPS")
        {
            CertificateThumbprint = "AB",
            UrlPrefix = "a<b&c",
            Enabled = false,
            HostName = "bücher.example",
            Port = 0,
        };

        ConfigDocument document = listener.ToDocument(Samples.Session);

        Assert.Equal("Address=IP:fe80::1%eth0 Transport=HTTPS", Samples.Selectors(document));
        Assert.Equal(
            "<p:Port>0</p:Port><p:Hostname>bücher.example</p:Hostname><p:Enabled>false</p:Enabled>"
            + "<p:URLPrefix>a&lt;b&amp;c</p:URLPrefix><p:CertificateThumbprint>AB</p:CertificateThumbprint>",
            Samples.Inner(document));
    }
}
