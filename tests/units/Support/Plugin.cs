namespace Microsoft.WSMan.Management.Units.Support;

/// <summary>A plugin as a service describes it, with a prefix, foreign parts, and white space.</summary>
internal static class Plugin
{
    private const string Attributes = "Name=\"My/Plugin\" x:Kept=\"1\" Filename=\"a&amp;b.dll\" sdkversion=\"2\"";

    public const string Xml =
        $"""
        <cfg:PlugInConfiguration xmlns:cfg="{ConfigResource.PluginNamespace}" xmlns:x="urn:x" {Attributes}>
          <cfg:InitializationParameters>
            <cfg:Param Name="PSVersion" Value="7" />
            <cfg:Param Name="a/b" Value="&lt;&quot;&gt;" />
            <x:Param Name="foreign" Value="" />
          </cfg:InitializationParameters>
          <cfg:Resources>
            <cfg:Resource ResourceUri="http://x/a" SupportsOptions="true">
              <cfg:Security Uri="http://x/a" ExactMatch="true" Sddl="O:NSG:BA" />
              <cfg:Capability Type="Get" />
              <cfg:Capability Type="Invoke" />
            </cfg:Resource>
            <cfg:Resource ResourceUri="http://x/a" exactmatch="true" />
          </cfg:Resources>
        </cfg:PlugInConfiguration>
        """;

    public static ConfigDocument Document() => Samples.Document("plugin", Xml);

    /// <summary>The document is as it was, but for one change of its text.</summary>
    public static void AssertChanged(ConfigDocument document, string before, string after)
    {
        Assert.Contains(before, Xml, StringComparison.Ordinal);
        Assert.Equal(Xml.Replace(before, after, StringComparison.Ordinal), ConfigXml.ToSend(document.Root));
    }

    public static void Set(ConfigNode container, string name, object value) =>
        Assert.IsType<LeafNode>(container.Find(name)).Change!(new NewValue(value));
}
