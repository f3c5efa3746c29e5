using System.Globalization;

namespace Microsoft.WSMan.Management.Units;

public sealed class ForPeopleTests
{
    // A list of its own, so that a range that the product loses is missed: controls, the separators of lines and
    // paragraphs, and the controls of direction.
    private static bool IsSteering(char one) =>
        char.GetUnicodeCategory(one) == UnicodeCategory.Control ||
        one is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    public static TheoryData<int> Pages { get; } = [.. Enumerable.Range(0, 256)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void NoCharacterThatSteersATerminalIsLeftAndEveryOtherOneIs(int page)
    {
        foreach (char one in Enumerable.Range(page * 256, 256).Select(number => (char)number))
            Assert.Equal(IsSteering(one) ? "a b" : $"a{one}b", ForPeople.Line($"a{one}b"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void XmlHasReferencesInTheirPlace(int page)
    {
        // The others are no characters of XML.
        IEnumerable<char> all = Enumerable.Range(page * 256, 256).Select(number => (char)number)
            .Where(one => one is >= ' ' or '\t' or '\n' or '\r');
        foreach (char one in all)
        {
            bool isKept = !IsSteering(one) || one is '\t' or '\n';
            Assert.Equal(isKept ? $"<a>{one}</a>" : $"<a>&#{(int)one};</a>", ForPeople.Xml($"<a>{one}</a>"));
        }
    }
}
