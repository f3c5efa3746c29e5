using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class KeepOrderAttributeTests
{
    private readonly OrderedDictionary _ordered = new() { ["z"] = 1, ["A"] = null, ["m"] = "x" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnOrderedDictionaryBecomesATableThatKeepsItsOrder(bool wrapped)
    {
        Hashtable table = Table(wrapped ? new PSObject(_ordered) : _ordered);

        Assert.Equal("z=1 A= m=x", Pairs(table));
        Assert.Equal(3, table.Count);
        Assert.Equal(1, table["z"]);
        Assert.True(table.ContainsKey("m"));
    }

    [Fact]
    public void ALaterChangeOfTheDictionaryIsNotSeen()
    {
        Hashtable table = Table(_ordered);

        _ordered["z"] = 2;
        _ordered.Insert(0, "new", 3);

        Assert.Equal("z=1 A= m=x", Pairs(table));
        Assert.Null(table["new"]);
    }

    [Fact]
    public void AnythingButAnOrderedDictionaryStaysWhatItIs()
    {
        object?[] others = [new Hashtable(), "text", null, new List<int>(), PSObject.AsPSObject(1)];

        Assert.All(others, given => Assert.Same(given, new KeepOrderAttribute().Transform(null!, given!)));
    }

    [Fact]
    public void KeysMayDifferByLetterCaseAlone() =>
        Assert.Equal("b=1 a=2 A=3", Pairs(Table(new OrderedDictionary { ["b"] = 1, ["a"] = 2, ["A"] = 3 })));

    private static Hashtable Table(object given) =>
        Assert.IsAssignableFrom<Hashtable>(new KeepOrderAttribute().Transform(null!, given));

    private static string Pairs(IDictionary table)
    {
        List<string> pairs = [];
        foreach (DictionaryEntry entry in table)
        {
            pairs.Add($"{entry.Key}={entry.Value}");
        }

        return string.Join(' ', pairs);
    }
}
