namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class SharedNamesTests
{
    [Fact]
    public void EqualNamesAreOneString()
    {
        SharedNames names = new();
        char[] letters = ['x', 'n', 'a', 'm', 'e', 'x'];

        string name = names.Add(new string(letters, 1, 4));

        Assert.Same(name, names.Add(new string(letters, 1, 4)));
        Assert.Same(name, names.Add(letters, 1, 4));
        Assert.Same(name, names.Get("name"));
        Assert.Same(name, names.Get(letters, 1, 4));
        Assert.Equal("", names.Add(letters, 0, 0));
    }

    [Fact]
    public void ANameThatWasNotAddedIsNotThere()
    {
        SharedNames names = new();

        _ = names.Add("name");

        Assert.Null(names.Get("Name"));
        Assert.Null(names.Get(['n'], 0, 1));
    }

    [Fact]
    public void NamesStayTheirStringsWhileOtherThreadsAddMore()
    {
        SharedNames names = new();
        string[] numbers = [.. Enumerable.Range(0, 5000).Select(number => $"{number}")];

        string[][] added = [.. numbers.Select(_ => new string[4])];
        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                // In an order of its own, as a string of its own: four add the same name at a time, or find it.
                int number = (i + (thread * 7)) % numbers.Length;
                added[number][thread] = names.Add(new string(numbers[number]));
            }
        });

        Assert.All(added, ones => Assert.Single(ones.Distinct(ReferenceEqualityComparer.Instance)));
        Assert.All(added, ones => Assert.Same(ones[0], names.Get(ones[0])));
        Assert.All(added, ones => Assert.Same(ones[0], names.Add(ones[0])));
    }
}
