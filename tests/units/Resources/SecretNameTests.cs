using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed partial class SecretNameTests
{
    [Theory]
    [InlineData("Password", true)]
    [InlineData("RunAsPASSWORD", true)]
    [InlineData("passwordHash", true)]
    [InlineData("Passwd", true)]
    [InlineData("PassPhrase2", true)]
    [InlineData("SharedSecret", true)]
    [InlineData("Pass", false)]
    [InlineData("UserName", false)]
    [InlineData("", false)]
    public void AWordInTheNameMakesTheValueASecret(string name, bool isSecret) =>
        Assert.Equal(isSecret, SecretName.Matches(name));

    [Fact]
    public void TheWordsAreThoseThatTheCoreMasksTracesBy()
    {
        string core = Samples.RepositoryFile("native", "mask.cpp");

        IEnumerable<string> words = Quoted().Matches(Words().Match(core).Value).Select(word => word.Groups[1].Value);

        Assert.Equal(words, SecretName.Words);
    }

    [GeneratedRegex("> words\\{[^}]*\\}")]
    private static partial Regex Words();

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Quoted();
}
