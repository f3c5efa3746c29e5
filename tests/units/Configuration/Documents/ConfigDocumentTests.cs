namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class ConfigDocumentTests
{
    [Fact]
    public void SecretsStandInTheirOrderEachUnderAPlaceholderOfItsOwn()
    {
        ConfigDocument document = Samples.Document("plugin", "<a/>");

        string first = document.AddSecret(Samples.Secret("pässword"));
        string second = document.AddSecret(new SecretEntry("pässword"));

        Assert.Equal([first, second], document.Secrets.Select(secret => secret.Placeholder));
        Assert.NotEqual(first, second);
        Assert.Equal("<a />", document.Root.OuterXml);
    }

    [Fact]
    public void WithoutSecretsThereAreNone() => Assert.Empty(Samples.Document("", "<a/>").Secrets);
}
