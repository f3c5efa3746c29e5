namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

/// <summary>A listener, read from a document.</summary>
public sealed class InstancesNodeTests
{
    private const string Xml =
        $"<l:Listener xmlns:l=\"{Samples.Configuration}/listener\" Source=\"GPO\" xml:lang=\"en-US\">"
        + "<l:Address>*</l:Address><l:Port>5985</l:Port>"
        + "<l:ListeningOn>192.0.2.1</l:ListeningOn><l:ListeningOn>fe80::1%4</l:ListeningOn></l:Listener>";

    private readonly ConfigDocument _document = new(
        new ConfigResource(
            Samples.Session,
            "listener",
            new SelectorEntry("Address", "*", null),
            new SelectorEntry("Transport", "HTTP", null)),
        Samples.Element(Xml));

    [Fact]
    public void AnInstanceIsKnownByItsKeys()
    {
        InstanceNode listener = new("Listener_1", _document);

        Assert.Equal(["Address=*", "Transport=HTTP"], listener.Keys);
        Assert.Equal(("Listener_1", "GPO"), (listener.Name, listener.Source));
    }

    [Fact]
    public void EachAddressItListensOnHasANameThatStaysAndCannotBeChanged()
    {
        InstanceNode listener = new("Listener_1", _document);

        Assert.Equal(
            [
                "Address", "Port",
                StableName.Of("ListeningOn", "192.0.2.1"), StableName.Of("ListeningOn", "fe80::1%4"),
            ],
            listener.Children.Select(child => child.Name));
        Assert.All(listener.Children.Skip(2), child => Assert.Null(Assert.IsType<LeafNode>(child).Change));
    }

    [Fact]
    public void WhatWasCreatedIsWhatTheServiceListsUnderItsKeys()
    {
        InstanceNode listed = new("Listener_1", _document);
        ConfigDocument sent = new NewListener("*", "http").ToDocument(Samples.Session);

        Assert.Same(listed, InstancesNode.FindCreated("Listener", sent, [listed]));
    }

    [Fact]
    public void WhatWasCreatedAndIsNotListedIsWhatWasSent()
    {
        InstanceNode listed = new("Listener_1", _document);
        ConfigDocument sent = new NewListener("*", "HTTPS").ToDocument(Samples.Session);

        InstanceNode created = InstancesNode.FindCreated("Listener", sent, [listed]);

        Assert.Equal(StableName.Of("Listener", "Address=*+Transport=HTTPS"), created.Name);
        Assert.Equal(["Address=*", "Transport=HTTPS"], created.Keys);
    }

    [Fact]
    public void ASettingThatIsNotThereAnyMoreIsNamed()
    {
        InstanceNode listener = new("Listener_1", _document);

        Assert.Equal("5985", listener.Setting("port").Value);
        WSManException error = Assert.Throws<WSManException>(() => listener.Setting("Enabled"));
        Assert.Equal(WSManErrorCode.Protocol, error.Code);
        Assert.StartsWith("server01 listed Enabled among ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneSettingIsChangedAndTheLanguageIsNotSentBack()
    {
        Plugin.Set(new InstanceNode("Listener_1", _document), "PORT", 80);

        string expected = Xml.Replace("5985", "80", StringComparison.Ordinal);
        Assert.Equal(
            expected.Replace(" xml:lang=\"en-US\"", "", StringComparison.Ordinal), ConfigXml.ToSend(_document.Root));
    }
}
