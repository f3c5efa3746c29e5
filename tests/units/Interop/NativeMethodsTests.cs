using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed partial class NativeMethodsTests
{
    private readonly string _header = Samples.RepositoryFile("native/include", "wsman.h");

    [Fact]
    public void TheVersionIsThatOfTheHeader() => Assert.Contains(
        $"#define WSMAN_ABI_VERSION {NativeMethods.AbiVersion}u\n", _header, StringComparison.Ordinal);

    [Fact]
    public void TheImportsHaveTheNamesAndTheOrderOfTheHeader()
    {
        IEnumerable<string> imports = typeof(NativeMethods)
            .GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Where(method => method.Name.StartsWith("wsman_", StringComparison.Ordinal))
            .OrderBy(method => method.MetadataToken)
            .Select(method => method.Name);

        Assert.Equal(Function().Matches(_header).Select(entry => entry.Groups[1].Value), imports);
    }

    [GeneratedRegex(@"^WSMAN_API [\w* ]*?(wsman_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Function();
}
