using System.Text;

namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class ConfigStoreTests
{
    [Fact]
    public void TheInstancesOfAnEnumerationAreRead()
    {
        ConfigStore store = new(new WSManClient(), _ => { });
        using InstanceStream stream = Stream("<a/><b/>", 2);

        Assert.Equal(["a", "b"], store.ReadAll(stream).Select(item => item.LocalName));
    }

    [Fact]
    public void AStoppedCommandReadsNoMoreInstances()
    {
        WSManClient client = new();
        ConfigStore store = new(client, _ => client.Cancel());
        using InstanceStream stream = Stream("<a/><b/>", 2);

        WSManException stopped = Assert.Throws<WSManException>(() => store.ReadAll(stream));

        Assert.Equal(WSManErrorCode.Cancelled, stopped.Code);
    }

    // An enumeration of one page.
    private static InstanceStream Stream(string items, int count)
    {
        byte[] page = Encoding.UTF8.GetBytes($"<e><Body><r><Items>{items}</Items></r></Body></e>");
        InstancePage first = new(new ItemReader(new MemoryStream(page), count, language: null), IsLast: true, []);
        return new InstanceStream(first, () => throw new InvalidOperationException(), () => []);
    }
}
