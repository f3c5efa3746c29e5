namespace Microsoft.WSMan.Management.Units.Configuration;

public sealed class NewMappingTests
{
    [Fact]
    public void ThePasswordIsAPlaceholder()
    {
        NewMapping mapping = new(
            "AB", "*", "http://x/a%20b/*", Enabled: true, new ConfigUser("user", Samples.Secret("hidden")));

        ConfigDocument document = mapping.ToDocument(Samples.Session);

        Assert.Equal("Issuer=AB Subject=* URI=http://x/a%20b/*", Samples.Selectors(document));
        string placeholder = Assert.Single(document.Secrets).Placeholder;
        Assert.Equal(
            $"<p:UserName>user</p:UserName><p:Password>{placeholder}</p:Password><p:Enabled>true</p:Enabled>",
            Samples.Inner(document));
        Assert.Equal($"{Samples.Configuration}/service/certmapping.xsd", document.Root.NamespaceURI);
    }

    [Fact]
    public void WithoutAUserThereIsNone()
    {
        NewMapping mapping = new("AB", "*", "*", Enabled: false, User: null);

        ConfigDocument document = mapping.ToDocument(Samples.Session);

        Assert.Equal("<p:Enabled>false</p:Enabled>", Samples.Inner(document));
        Assert.Empty(document.Secrets);
    }
}
