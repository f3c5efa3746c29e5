namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class NewValueTests
{
    /// <summary>Names, values, and how a question shows them.</summary>
    public static TheoryData<string, object, string> Values => new()
    {
        { "TrustedHosts", "a,b", "a,b" },
        { "Port", 5985, "5985" },
        { "Enabled", true, "true" },
        { "Enabled", false, "false" },
        { "RunAsUser", new ConfigUser("user", Samples.Secret("hidden")), "user" },
        { "Other", Samples.Secret("hidden"), "*****" },
        { "Password", "hidden", "*****" },
        { "URLPrefix", "a\u001b[2J\nb\u202e", "a [2J b " },
        { "RunAsUser", new ConfigUser("us\u001ber", Samples.Secret("hidden")), "us er" },
        { "RunAsPASSWORD", 1234, "*****" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void NoSecretIsShown(string name, object value, string shown) =>
        Assert.Equal(shown, new NewValue(value).DisplayText(name));

    [Fact]
    public void NothingIsAnEmptyTextThatClears()
    {
        Assert.True(NewValue.Cleared.IsCleared);
        Assert.False(NewValue.Cleared.IsAppended);
        Assert.Equal("", NewValue.Cleared.Text("Name"));
    }

    [Fact]
    public void AValueIsWrittenAsXmlSchemaDoes() =>
        Assert.Equal("true", new NewValue(true).Text("Enabled"));

    [Fact]
    public void AValueOfAPluginIsWrittenAsWindowsDoes()
    {
        Assert.Equal("True", new NewValue(true).PluginText("Enabled"));
        Assert.Equal("False", new NewValue(false).PluginText("Enabled"));
        Assert.Equal("7", new NewValue(7).PluginText("MaxShells"));
    }

    /// <summary>Values that are secret, or have a secret in them.</summary>
    public static TheoryData<object> SecretValues => new()
    {
        Samples.Secret("hidden"),
        new ConfigUser("user", Samples.Secret("hidden")),
    };

    [Theory]
    [MemberData(nameof(SecretValues))]
    public void ASecretHasNoText(object secret)
    {
        WSManException error = Assert.Throws<WSManException>(() => new NewValue(secret).Text("Other"));

        Assert.Equal(Messages.SecretNotAllowed("Other"), error.Message);
    }
}
