using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// Looks at the file of the native library before the loader does: that kills a process whose library was cut off
/// (SIGBUS), and says little of what else can be wrong.
/// </summary>
internal static class NativeLibraryFile
{
    private const string InstallAgain = "Install the module again.";

    // The header of ELF, and of each segment behind it, for 64 bits (System V ABI, gABI 4.1, chapters 4 and 5).
    private const int HeaderSize = 64;

    private const int SegmentSize = 56;

    private static readonly string[] s_published = ["linux-x64", "linux-arm64"];

    /// <summary>What keeps the file from being loaded, as a sentence with what to do; or null.</summary>
    public static string? Flaw(string path, Architecture processor)
    {
        // An assembly that was loaded from its bytes has no folder, and the loader would look below the current one, where
        // anybody can have put a library.
        if (!Path.IsPathFullyQualified(path))
        {
            return "The native library of this module cannot be looked for: Microsoft.WSMan.Management.dll was loaded from "
                + "memory. Import the module from its files in a new PowerShell.";
        }

        try
        {
            if (!File.Exists(path))
            {
                string system = Path.GetFileName(Path.GetDirectoryName(path))!;
                return s_published.Contains(system)
                    ? $"The native library of this module is missing: there is no {path}. {InstallAgain}"
                    : $"This module has no native library for {system}: it is published for Linux on x64 and arm64, with "
                        + "glibc (which Alpine has not). On macOS it can be built from its source.";
            }

            using FileStream file = File.OpenRead(path);
            return RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? null : Flaw(path, file, processor);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The native library {path} cannot be read: {e.Message} Have its owner give you permission, "
                + "or install the module again.";
        }
    }

    private static string? Flaw(string path, FileStream file, Architecture processor)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        int read = file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        if (!header[..Math.Min(read, 4)].SequenceEqual("\u007fELF"u8[..Math.Min(read, 4)]))
        {
            return $"The native library {path} is something else than a library. {InstallAgain}";
        }

        if (read < HeaderSize || file.Length < End(file, header))
        {
            return $"The native library {path} is cut off: it has {file.Length} bytes only. {InstallAgain}";
        }

        int machine = BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
        return machine == Machine(processor)
            ? null
            : $"The native library {path} is for another processor than this PowerShell, which runs on {processor}. "
                + InstallAgain;
    }

    // What ELF calls a processor. No table with LINQ: every import comes by here, and would have that compiled.
    private static int Machine(Architecture processor) => processor switch
    {
        Architecture.X64 => 62,
        Architecture.Arm64 => 183,
        _ => 0,
    };

    // Where the last of the segments ends that the loader maps.
    private static long End(FileStream file, ReadOnlySpan<byte> header)
    {
        ulong begin = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        ulong end = begin + ((ulong)count * SegmentSize);
        Span<byte> segment = stackalloc byte[SegmentSize];
        file.Seek(checked((long)Math.Min(begin, long.MaxValue)), SeekOrigin.Begin);
        for (int i = 0; i < count && file.ReadAtLeast(segment, SegmentSize, throwOnEndOfStream: false) == SegmentSize; i++)
        {
            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(segment[8..]);
            ulong size = BinaryPrimitives.ReadUInt64LittleEndian(segment[32..]);
            end = Math.Max(end, offset + size);
        }

        return (long)Math.Min(end, long.MaxValue);
    }
}
