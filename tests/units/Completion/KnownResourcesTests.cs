using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Units.Completion;

public sealed partial class KnownResourcesTests
{
    [Fact]
    public void TheCoreKnowsTheSameShortForms()
    {
        string core = Samples.RepositoryFile("native/protocol/message", "resource.cpp");

        Assert.Equal(
            Alias().Matches(core).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value),
            ResourceAlias.All);
    }

    [Theory]
    [InlineData("wmicimv2/Win32_Service", "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service")]
    [InlineData("WINRM/config", "http://schemas.microsoft.com/wbem/wsman/1/config")]
    [InlineData("shell", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell")]
    [InlineData("wmicimv2x/a", "wmicimv2x/a")]
    [InlineData("http://x/y", "http://x/y")]
    public void AShortFormIsAWholeFirstSegment(string uri, string expanded) =>
        Assert.Equal(expanded, ResourceAlias.Expand(uri));

    [Fact]
    public void TheCoreKnowsTheSameDialects()
    {
        string names = Samples.RepositoryFile("native/protocol/xml", "names.h");
        string filter = Samples.RepositoryFile("native/protocol/operation", "filter.cpp");

        // A name, and the constant that the core takes it for.
        IReadOnlyList<Match> dialects = Dialect().Matches(filter);
        Assert.Equal(3, dialects.Count);
        foreach (Match dialect in dialects)
        {
            string uri = Regex.Match(names, $"{dialect.Groups[2].Value} =\\s+\"([^\"]+)\"").Groups[1].Value;
            Assert.Contains(DialectCompleter.Filters, known => known.Text == dialect.Groups[1].Value);
            Assert.Contains(DialectCompleter.Filters, known => known.Text == uri);
        }
    }

    [Fact]
    public void TheConfigurationHasItsSections() => Assert.Superset(
        new HashSet<string>
        {
            "winrm/config", "winrm/config/client/auth", "winrm/config/winrs", "winrm/config/listener",
            "winrm/config/listener?Address=*+Transport=HTTPS", "winrm/config/service/certmapping",
        },
        KnownResources.Single.Select(known => known.Text).ToHashSet());

    [Fact]
    public void NoClassAndNoMethodStandsTwice()
    {
        foreach (KnownNamespace space in KnownResources.Namespaces)
        {
            Assert.Equal(
                space.Classes.Length,
                space.Classes.Select(known => known.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(space.Classes, known => Assert.Equal(known.Actions.Length, known.Actions.Distinct().Count()));
        }
    }

    [GeneratedRegex("""^    \{"(\w+)", "(http[^"]+)"\},$""", RegexOptions.Multiline)]
    private static partial Regex Alias();

    [GeneratedRegex("""equal_without_case\(dialect, "(\w+)"\)[^"]*?return uri::(k\w+);""")]
    private static partial Regex Dialect();
}
