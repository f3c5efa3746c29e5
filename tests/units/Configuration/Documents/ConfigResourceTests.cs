namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class ConfigResourceTests
{
    private static readonly SelectorEntry s_http = new("Transport", "HTTP", null);

    [Theory]
    [InlineData("", "http://schemas.microsoft.com/wbem/wsman/1/config")]
    [InlineData("client/auth", "http://schemas.microsoft.com/wbem/wsman/1/config/client/auth")]
    public void ThePathIsBelowTheRoot(string path, string uri) =>
        Assert.Equal(uri, new ConfigResource(Samples.Session, path).Uri);

    [Fact]
    public void TheKeyTellsSessionsPathsAndInstancesApart()
    {
        ConfigResource listener = new(Samples.Session, "listener");
        ConfigResource[] different =
        [
            listener,
            listener with { Session = Samples.Session with { Id = 8 } },
            listener with { Path = "plugin" },
            listener.Where(s_http),
            listener.Where(s_http with { Value = "HTTPS" }),
            listener.Where(new SelectorEntry("Address", "*", null), s_http),
        ];

        Assert.Equal(different.Length, different.Select(entry => entry.Key).Distinct().Count());
        Assert.Equal(listener.Where(s_http).Key, new ConfigResource(Samples.Session, "listener", s_http).Key);
    }
}
