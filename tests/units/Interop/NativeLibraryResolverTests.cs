using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class NativeLibraryResolverTests
{
    private const string Library = "/m/libwsman_native.so";

    private const string NotThere = ": cannot open shared object file: No such file or directory";

    [Fact]
    public void NamesBothVersionsWhenTheyDiffer()
    {
        WSManException error = Assert.Throws<WSManException>(() => NativeLibraryResolver.RequireSameVersion(41, 42));

        Assert.Equal(WSManErrorCode.NotLoaded, error.Code);
        Assert.Contains(" 41,", error.Message, StringComparison.Ordinal);
        Assert.Contains(" 42.", error.Message, StringComparison.Ordinal);
        NativeLibraryResolver.RequireSameVersion(42, 42);
    }

    [Theory]
    [InlineData("libcpprest.so.2.10" + NotThere, "needs libcpprest.so.2.10", "apt-get install libcpprest2.10)")]
    [InlineData("General.\nlibxml2.so.2" + NotThere, "needs libxml2.so.2", "apt-get install libxml2)")]
    [InlineData("libother.so.1" + NotThere, "needs libother.so.1", ". Install it and")]
    [InlineData("General.\n" + Library + ": invalid ELF header", "cannot be loaded", ". " + Library + ": invalid ELF")]
    [InlineData("libwsman_native.so" + NotThere, "cannot be loaded", "No such file")]
    [InlineData("Something else", "cannot be loaded", "Something else")]
    [InlineData(
        "General.\n/lib64/libm.so.6: version `GLIBC_2.27' not found (required by " + Library + ")",
        "too old for the native library",
        "needs glibc 2.27 or later. /lib64/libm.so.6: version")]
    [InlineData(
        "General.\n" + Library + ": failed to map segment from shared object", "may not be run", "in another folder")]
    public void ALibraryThatIsMissingIsNamedWithItsPackage(string loader, string said, string advice)
    {
        string message = NativeLibraryResolver.LoadFailure(Library, loader);

        Assert.Contains(Library, message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
        Assert.DoesNotContain("General", message, StringComparison.Ordinal);
    }
}
