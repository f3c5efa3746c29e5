namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

public sealed class ClientSettingsNodeTests
{
    private static readonly ClientSetting[] s_settings =
    [
        new("TrustedHosts", "", []),
        new("Auth", null, [new("Auth/Basic", "true", []), new("Auth/Inner", null, [new("Auth/Inner/Deep", "1", [])])]),
    ];

    [Fact]
    public void GroupsAreContainersAndValuesAreText()
    {
        ClientSettingsNode client = new("Client", () => s_settings);

        Assert.Equal("", Assert.IsType<LeafNode>(client.Find("trustedhosts")).Value);
        Assert.Equal("true", Assert.IsType<LeafNode>(client.Find("AUTH")!.Find("basic")).Value);
        Assert.Equal("1", Assert.IsType<LeafNode>(client.Find("Auth")!.Find("Inner")!.Find("Deep")).Value);
        Assert.Null(client.Find("Basic"));
    }

    [Fact]
    public void ValuesAreWrittenByThemselvesAndNotWithADocument()
    {
        ClientSettingsNode client = new("Client", () => s_settings);

        LeafNode basic = Assert.IsType<LeafNode>(client.Find("Auth")!.Find("Basic"));

        Assert.Null(basic.Document);
        Assert.NotNull(basic.Change);
    }

    [Fact]
    public void TheFileIsReadOnceAndNotBeforeItIsLookedAt()
    {
        int read = 0;
        ClientSettingsNode client = new("Client", () => { read++; return s_settings; });

        Assert.Equal(0, read);
        Assert.Equal(2, client.Children.Count);
        Assert.NotNull(client.Find("Auth"));
        Assert.Equal(1, read);
    }
}
