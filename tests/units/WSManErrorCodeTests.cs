using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Units;

public sealed partial class WSManErrorCodeTests
{
    [Fact]
    public void ItsNumbersAreThoseOfTheHeader()
    {
        IEnumerable<string> header = Status()
            .Matches(Samples.RepositoryFile("native/include", "wsman.h"))
            .Select(one => $"{one.Groups[2].Value} {Pascal(one.Groups[1].Value)}");

        IEnumerable<string> codes = Enum.GetValues<WSManErrorCode>()
            .Where(code => code > WSManErrorCode.None)
            .Select(code => $"{(int)code} {code}");

        Assert.Equal(header, codes);
        Assert.Equal((0, -1), ((int)WSManErrorCode.None, (int)WSManErrorCode.NotLoaded));
    }

    private static string Pascal(string name) => string.Concat(
        name.Split('_').Select(word => $"{word[0]}{word[1..].ToLowerInvariant()}"));

    [GeneratedRegex(@"WSMAN_E_([A-Z_]+)\s*=\s*(\d+)")]
    private static partial Regex Status();
}
