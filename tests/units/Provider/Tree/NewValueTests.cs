using System.Management.Automation;

namespace Microsoft.WSMan.Management.Units.Provider.Tree;

public sealed class NewValueTests
{
    /// <summary>Names, values, and how a question shows them.</summary>
    public static TheoryData<string, object, string> Values => new()
    {
        { "TrustedHosts", "a,b", "a,b" },
        { "Port", 5985, "5985" },
        { "Enabled", true, "true" },
        { "Enabled", false, "false" },
        { "RunAsUser", new PSCredential("user", Samples.Secret("hidden")), "user" },
        { "Other", Samples.Secret("hidden"), "*****" },
        { "Password", "hidden", "*****" },
        { "RunAsPASSWORD", 1234, "*****" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void NoSecretIsShown(string name, object value, string shown) =>
        Assert.Equal(shown, new NewValue(value, Clears: false).Shown(name));

    [Fact]
    public void NothingIsAnEmptyTextThatClears()
    {
        Assert.True(NewValue.Nothing.Clears);
        Assert.False(NewValue.Nothing.Appends);
        Assert.Equal("", NewValue.Nothing.Text("Name"));
    }

    [Fact]
    public void AValueIsWrittenAsXmlSchemaDoes() =>
        Assert.Equal("true", new NewValue(true, Clears: false).Text("Enabled"));

    [Fact]
    public void ASecretHasNoText()
    {
        NewValue value = new(Samples.Secret("hidden"), Clears: false);

        WSManException error = Assert.Throws<WSManException>(() => value.Text("Other"));

        Assert.Equal(Messages.SecretValue("Other"), error.Message);
    }
}
