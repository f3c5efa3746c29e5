using System.Reflection;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// Where the things under test are. The build names them in environment variables; without those,
/// they are where a development build puts them.
/// </summary>
internal static class Locations
{
    /// <summary>The folder that holds the whole repository.</summary>
    public static string Repository { get; } = typeof(Locations).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The module folder that a user would import.</summary>
    public static string Module { get; } =
        FromEnvironment("WSMAN_TEST_MODULE", "out/module/Portable.WSMan.Management");

    /// <summary>The manifest in <see cref="Module"/>.</summary>
    public static string Manifest { get; } = Path.Combine(Module, "Portable.WSMan.Management.psd1");

    /// <summary>The loopback service.</summary>
    public static string Endpoint { get; } =
        FromEnvironment("WSMAN_TEST_ENDPOINT", "out/dev/tests/endpoint/wsman-endpoint");

    /// <summary>The console over the engine.</summary>
    public static string Console { get; } =
        FromEnvironment("WSMAN_TEST_CONSOLE", "out/dotnet/bin/wsman-console/release/wsman-console");

    /// <summary>The modules that stand in for the cmdlets which come with pwsh and not with the engine.</summary>
    public static string ConsoleModules { get; } = Path.Combine(Path.GetDirectoryName(Console)!, "modules");

    /// <summary>A file of the repository, by its path in it.</summary>
    public static string InRepository(string path) => Path.Combine(Repository, path);

    private static string FromEnvironment(string variable, string below)
    {
        string? named = Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(named) ? InRepository(below) : Path.GetFullPath(named);
    }
}
