using System.Collections;

namespace Microsoft.WSMan.Management.Units.Configuration.Nodes;

public sealed class ConfigNodeTests
{
    [Fact]
    public void ASettingHoldsNothing()
    {
        LeafNode leaf = new("Name", "value");

        Assert.False(leaf.IsContainer);
        Assert.Empty(leaf.Children);
        Assert.Null(leaf.Find("Name"));
    }

    [Fact]
    public void ManyItemsAreNotLookedThroughForEach()
    {
        Counted items = new([.. Enumerable.Range(0, 500).Select(i => new LeafNode($"Name{i}", $"{i}"))]);
        Holder holder = new(items);

        Assert.All(items, item => Assert.Same(item, holder.Find(item.Name)));
        Assert.All(items, item => Assert.Same(item, holder.Find(item.Name.ToUpperInvariant())));
        Assert.Null(holder.Find("Name"));

        // Twice by the lines above, and for what the items are found by.
        Assert.InRange(items.Visits, 0, 5 * items.Count);
    }

    [Fact]
    public void AContainerThatIsThereOnceHasNoKeys()
    {
        ContainerNode container = new ClientSettingsNode("Auth", () => []);

        Assert.True(container.IsContainer);
        Assert.Null(container.Keys);
    }

    private sealed class Holder(IReadOnlyList<ConfigNode> items) : ContainerNode("Holder")
    {
        public override IReadOnlyList<ConfigNode> Children => items;
    }

    // Counts how often an item was looked at.
    private sealed class Counted(ConfigNode[] items) : IReadOnlyList<ConfigNode>
    {
        public int Visits { get; private set; }

        public int Count => items.Length;

        public ConfigNode this[int index] => items[index];

        public IEnumerator<ConfigNode> GetEnumerator()
        {
            foreach (ConfigNode item in items)
            {
                Visits++;
                yield return item;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
