using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Units;

public sealed partial class AdviceTests
{
    [Fact]
    public void ItsKeysAreThoseOfTheCore() =>
        Assert.Equal(Keys("native/base", "advice.h", InCode()), Advice.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void TheHeaderListsTheSameKeys() =>
        Assert.Equal(Keys("native/include", "wsman.h", InHeader()), Advice.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void EachSaysTheArgumentsThatTheHeaderNames()
    {
        string header = Samples.RepositoryFile("native/include", "wsman.h");
        Assert.All(InHeader().Matches(header), one =>
        {
            string key = one.Groups[1].Value;
            bool wants = one.Groups[2].Success;

            Assert.Equal(wants, Advice.Sentence(key, []) is null);
            Assert.Equal(wants, Advice.Sentence(key, ["argument"])!.Contains("argument", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void EachIsASentence() => Assert.All(
        Advice.Keys.Select(key => Advice.Sentence(key, ["argument"])!),
        one => Assert.Matches(@"^(?!.*(  |[.?!]{2}|\n))[A-Z].*([.]|\$true|-Concatenate|argument)$", one));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("usetls")]
    public void AKeyThatIsNotKnownHasNone(string? key) => Assert.Null(Advice.Sentence(key, null));

    [Fact]
    public void ASettingIsNamedAsInTheDrive() => Assert.Contains(
        @"WSMan:\localhost\Client\Auth\Basic -Value $true",
        Advice.Sentence("TurnOnSetting", ["Auth/Basic"]),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("ConnectTimeoutms", @"raise WSMan:\localhost\Client\ConnectTimeoutms, ")]
    [InlineData("MaxTimeoutms", @"raise WSMan:\localhost\MaxTimeoutms, ")]
    public void ABoundIsNamedByItsPlaceInTheDrive(string setting, string words)
    {
        string advice = Advice.Sentence("AllowMoreTimeBySetting", [setting])!;

        Assert.Contains(words, advice, StringComparison.Ordinal);
        // Other advice follows it.
        Assert.EndsWith(".", advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/home/a b/client.json", "chmod u+r '/home/a b/client.json'")]
    [InlineData("/home/o'neil", "chmod u+r '/home/o''neil'")]
    public void APathIsQuotedForTheCommandLine(string path, string command) =>
        Assert.EndsWith(command, Advice.Sentence("LetOwnerRead", [path]), StringComparison.Ordinal);

    private static IEnumerable<string> Keys(string folder, string name, Regex key) =>
        key.Matches(Samples.RepositoryFile(folder, name))
            .Select(one => one.Groups[1].Value)
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"X\(\w+, (\w+)\)")]
    private static partial Regex InCode();

    [GeneratedRegex(@"^ \*   ([A-Z]\w+)(\(\w+\))? {2,}[a-z]", RegexOptions.Multiline)]
    private static partial Regex InHeader();
}
