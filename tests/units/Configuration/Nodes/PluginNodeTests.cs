using System.Security;

namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

public sealed class PluginNodeTests
{
    private readonly ConfigDocument _document = Plugin.Document();
    private readonly PluginNode _plugin;

    public PluginNodeTests() => _plugin = new PluginNode(_document);

    [Fact]
    public void ItsAttributesAreSettingsInTheirOrder() => Assert.Equal(
        ["Name", "Filename", "sdkversion", "InitializationParameters", "Resources", "Quotas"],
        _plugin.Children.Select(child => child.Name));

    [Fact]
    public void ItsNameIsOneSegmentAndItsKeyIsPlain()
    {
        Assert.Equal("My%2FPlugin", _plugin.Name);
        Assert.Equal("My/Plugin", _plugin.PluginName);
        Assert.Equal("Name=My/Plugin", Assert.Single(_plugin.Keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Name=''")]
    public void WithoutANameItHasASegmentAllTheSame(string name)
    {
        PluginNode plugin = new(Samples.Document(
            "plugin", $"<PlugInConfiguration xmlns='{ConfigResource.PluginNamespace}'{name}/>"));

        Assert.Equal(("%00", ""), (plugin.Name, plugin.PluginName));
    }

    [Fact]
    public void DefaultNamespaceAndLanguageAreShownAndFixed()
    {
        PluginNode plugin = new(Samples.Document(
            "plugin", $"<PlugInConfiguration xmlns='{ConfigResource.PluginNamespace}' xml:lang='en-US' Name='n'/>"));

        Assert.Equal(ConfigResource.PluginNamespace, Leaf(plugin, "xmlns").Value);
        Assert.Equal("en-US", Leaf(plugin, "lang").Value);
        Assert.All(["xmlns", "lang", "Name"], name => Assert.Null(Leaf(plugin, name).Change));
    }

    [Fact]
    public void OneSettingIsChangedAndNothingElse()
    {
        Plugin.Set(_plugin, "FILENAME", "<x>.dll");

        Plugin.AssertChanged(_document, "a&amp;b.dll", "&lt;x&gt;.dll");
        Assert.Same(_document, Leaf(_plugin, "Filename").Document);
    }

    [Fact]
    public void ASettingThatIsNotThereIsAddedUnderItsOwnSpelling()
    {
        _plugin.FindUnset("autoRESTART")!.Change!(new NewValue(true));

        Plugin.AssertChanged(_document, "sdkversion=\"2\"", "sdkversion=\"2\" AutoRestart=\"True\"");
        Assert.Null(_plugin.FindUnset("NoSuchSetting"));
    }

    [Fact]
    public void AUserIsChangedTogetherWithThePassword()
    {
        ConfigUser user = new("DOMAIN\\user", Samples.Secret("hidden"));
        _plugin.FindUnset("RunAsUser")!.Change!(new NewValue(user));

        string placeholder = Assert.Single(_document.Secrets).Placeholder;
        Plugin.AssertChanged(
            _document, "\"2\"", $"\"2\" RunAsUser=\"DOMAIN\\user\" RunAsPassword=\"{placeholder}\"");
        Assert.IsType<SecureString>(Leaf(new PluginNode(_document), "RunAsPassword").Value);
    }

    [Fact]
    public void AUserIsClearedTogetherWithThePassword()
    {
        ConfigDocument document = WithUser();

        Leaf(new PluginNode(document), "RunAsUser").Change!(NewValue.Cleared);

        Assert.EndsWith("='' RunAsPassword='' />", Sent(document), StringComparison.Ordinal);
        Assert.Empty(document.Secrets);
        Assert.Equal("", Leaf(new PluginNode(document), "RunAsPassword").Value);
    }

    [Fact]
    public void APasswordIsChangedForTheUserThatIsThere()
    {
        ConfigDocument document = WithUser();

        Plugin.Set(new PluginNode(document), "RunAsPassword", Samples.Secret("hidden"));

        string placeholder = Assert.Single(document.Secrets).Placeholder;
        Assert.EndsWith($"='u' RunAsPassword='{placeholder}' />", Sent(document), StringComparison.Ordinal);
    }

    /// <summary>Settings, values that they cannot have, and what the refusal says.</summary>
    public static TheoryData<string, object?, string> BadValues => new()
    {
        { "RunAsUser", "user", "System.Management.Automation.PSCredential" },
        { "RunAsPassword", "plain", "System.Security.SecureString" },
        { "RunAsPassword", Samples.Secret("hidden"), "RunAsUser" },
        { "RunAsPassword", null, "cannot be cleared" },
        { "Enabled", Samples.Secret("hidden"), "Enabled" },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public void AValueOfTheWrongKindChangesNothing(string name, object? value, string said)
    {
        NewValue given = value is null ? NewValue.Cleared : new NewValue(value);

        WSManException error = Assert.Throws<WSManException>(() => _plugin.FindUnset(name)!.Change!(given));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Plugin.AssertChanged(_document, "Name", "Name");
        Assert.Empty(_document.Secrets);
    }

    private static ConfigDocument WithUser() => Samples.Document(
        "plugin",
        $"<PlugInConfiguration xmlns='{ConfigResource.PluginNamespace}' Name='n' RunAsUser='u' RunAsPassword=''/>");

    private static string Sent(ConfigDocument document) => ConfigXml.ToSend(document.Root).Replace('"', '\'');

    private static LeafNode Leaf(ConfigNode container, string name) => Assert.IsType<LeafNode>(container.Find(name));
}
