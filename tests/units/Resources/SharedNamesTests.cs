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
}
