using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// Loads libwsman_native from the module's own folder and shakes hands with it. Nothing but that one
/// absolute path is tried, so that no library of another version can be picked up by accident.
/// </summary>
internal static partial class NativeLibraryResolver
{
    // The libraries that the native one needs, by the beginning of their file names, and their packages on Debian.
    private static readonly (string Library, string Package)[] s_packages =
    [
        ("libcpprest", "libcpprest2.10"),
        ("libssl", "libssl3"),
        ("libcrypto", "libssl3"),
        ("libxml2", "libxml2"),
        ("libbrotli", "libbrotli1"),
    ];

    private static nint s_library;

    /// <summary>Makes the imports usable.</summary>
    /// <exception cref="WSManException">
    /// The file is missing, a library that it needs is missing, or it has another ABI version.
    /// </exception>
    public static void Load()
    {
        // A resolver can be set once for an assembly, so a second try only asks for the version again.
        if (s_library == 0)
        {
            s_library = Open(LibraryPath());
            NativeLibrary.SetDllImportResolver(
                typeof(NativeMethods).Assembly,
                (name, _, _) => name == NativeMethods.Library ? s_library : 0);
        }

        RequireSameVersion(NativeMethods.wsman_abi_version(), NativeMethods.AbiVersion);
    }

    /// <summary>What would keep the library from being loaded, as far as its file tells; or null.</summary>
    public static string? Flaw() =>
        s_library != 0 ? null : NativeLibraryFile.Flaw(LibraryPath(), RuntimeInformation.ProcessArchitecture);

    /// <summary>Refuses a library whose ABI version is not the one that the imports were written for.</summary>
    internal static void RequireSameVersion(uint library, uint shim)
    {
        if (library != shim)
        {
            throw NotLoaded(
                $"libwsman_native has ABI version {library}, and Microsoft.WSMan.Management.dll was built for {shim}. "
                + "They come from different builds: install the module again.");
        }
    }

    /// <summary>The sentence for a library that could not be loaded, made of the loader's own message.</summary>
    internal static string LoadFailure(string path, string loaderMessage)
    {
        // A message that names the library itself is about the file and not about one that it needs.
        Match missing = MissingDependency().Match(loaderMessage);
        if (!missing.Success || missing.Value == Path.GetFileName(path))
        {
            // The runtime puts general advice first; the loader's own line has the path.
            string[] lines = loaderMessage.Split('\n', StringSplitOptions.TrimEntries);
            string reason = lines.FirstOrDefault(line => line.StartsWith(path, StringComparison.Ordinal))
                ?? lines.FirstOrDefault(line => line.Contains($"required by {path}", StringComparison.Ordinal)) ?? lines[0];
            if (reason.Contains("`GLIBC_", StringComparison.Ordinal))
            {
                return $"The C library of this computer is too old for the native library {path}, which needs glibc 2.27 "
                    + $"or later. {reason}";
            }

            // glibc's words for a page that may not be executed, and musl's.
            if (reason.Contains("failed to map segment", StringComparison.Ordinal)
                || reason.Contains("Operation not permitted", StringComparison.Ordinal))
            {
                return $"The native library {path} may not be run from where it is: the file system is mounted with "
                    + "noexec, or a policy forbids it. Install the module in another folder.";
            }

            return $"The native library {path} cannot be loaded. {reason}";
        }

        string? package = s_packages
            .FirstOrDefault(known => missing.Value.StartsWith(known.Library, StringComparison.Ordinal)).Package;
        string advice = package is null ? "Install it" : $"Install it (on Debian: apt-get install {package})";
        return $"The native library {path} needs {missing.Value}, which is not on this computer. "
            + $"{advice} and try again.";
    }

    // Alpine, whose C library loads nothing that was made for glibc.
    private static bool IsMusl =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);

    private static string LibraryPath()
    {
        // The folder is that of the assembly, wherever the module was imported from. Without one the path stays relative,
        // and is refused.
        string module = Path.GetDirectoryName(typeof(NativeMethods).Assembly.Location) ?? "";
        bool mac = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string folder = $"{(mac ? "osx" : IsMusl ? "linux-musl" : "linux")}-{architecture}";
        return Path.Combine(module, folder, mac ? "libwsman_native.dylib" : "libwsman_native.so");
    }

    private static nint Open(string path)
    {
        string? flaw = NativeLibraryFile.Flaw(path, RuntimeInformation.ProcessArchitecture);
        if (flaw is not null)
        {
            throw NotLoaded(flaw);
        }

        try
        {
            nint library = NativeLibrary.Load(path);
            return NativeLibrary.TryGetExport(library, nameof(NativeMethods.wsman_abi_version), out _)
                ? library
                : throw NotLoaded(
                    $"The native library {path} is another one than this module's: it has no wsman_abi_version. "
                    + "Install the module again.");
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw NotLoaded(LoadFailure(path, e.Message), e);
        }
    }

    private static WSManException NotLoaded(string message, Exception? cause = null) =>
        new(WSManErrorCode.NotLoaded, message, cause);

    // The loader of glibc names the missing file first: "libxml2.so.2: cannot open shared object file: …". That of
    // macOS words it differently, and its own line is shown as it is.
    [GeneratedRegex(@"[\w.+-]+(?=: cannot open shared object file)")]
    private static partial Regex MissingDependency();
}
