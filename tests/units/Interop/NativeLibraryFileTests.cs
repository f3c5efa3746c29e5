using System.Runtime.InteropServices;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

// The offsets are those of the ELF header (gABI 4.1).
public sealed class NativeLibraryFileTests : IDisposable
{
    private const int ElfMachine = 18;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void AWholeLibraryOfThisProcessorHasNoFlaw() => Assert.Null(FlawOf(Library()));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(175)]
    [InlineData(4095)]
    public void ALibraryThatWasCutOffIsTold(int size)
    {
        string? flaw = FlawOf(Library()[..size]);

        Assert.Contains($"is cut off: it has {size} bytes only", flaw, StringComparison.Ordinal);
        Assert.Contains("Install the module again", flaw, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoLibraryIsTold()
    {
        Assert.Contains("something else than a library", FlawOf("<html></html>"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void ALibraryOfAnotherProcessorIsTold()
    {
        byte[] library = Library();
        library[ElfMachine] = 183;

        Assert.Contains("for another processor", FlawOf(library), StringComparison.Ordinal);
        Assert.Contains("X64", FlawOf(library), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        string? flaw = NativeLibraryFile.Flaw("/m/linux-x64/libwsman_native.so", Architecture.X64);

        Assert.Contains("there is no /m/linux-x64/libwsman_native.so", flaw, StringComparison.Ordinal);
    }

    [Fact]
    public void APathThatWouldBeOfTheCurrentFolderIsRefused()
    {
        // It has no flaw but its path.
        File.WriteAllBytes(_path, Library());
        string path = Path.GetRelativePath(Environment.CurrentDirectory, _path);

        string? flaw = NativeLibraryFile.Flaw(path, Architecture.X64);

        Assert.Contains("loaded from memory. Import the module from its files", flaw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux-musl-x64")]
    [InlineData("linux-arm")]
    [InlineData("osx-arm64")]
    public void ASystemThatTheModuleIsNotPublishedForIsTold(string system)
    {
        string? flaw = NativeLibraryFile.Flaw($"/m/{system}/libwsman_native.so", Architecture.X64);

        Assert.StartsWith($"This module has no native library for {system}:", flaw, StringComparison.Ordinal);
        Assert.DoesNotContain("Install the module again", flaw, StringComparison.Ordinal);
    }

    // A header with two segments, of which the second ends with the file.
    private static byte[] Library()
    {
        byte[] bytes = new byte[4096];
        "\u007fELF"u8.CopyTo(bytes);
        bytes[ElfMachine] = 62;
        bytes[32] = 64;
        bytes[56] = 2;
        BitConverter.TryWriteBytes(bytes.AsSpan(64 + 56 + 8), 4000L);
        BitConverter.TryWriteBytes(bytes.AsSpan(64 + 56 + 32), 96L);
        return bytes;
    }

    private string? FlawOf(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        return NativeLibraryFile.Flaw(_path, Architecture.X64);
    }
}
