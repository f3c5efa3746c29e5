using System.Runtime.CompilerServices;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// What all tests of this process share: the environment that the engine and the module read once, the
/// authority that every loopback service of the process gets its certificate from.
/// </summary>
internal static class TestProcess
{
    private static readonly ScratchFolder s_folder = new();

    /// <summary>The folder of the authority; the first service that starts makes its files.</summary>
    public static string AuthorityFolder { get; } = s_folder.File("authority");

    /// <summary>The certificate of the authority.</summary>
    public static string AuthorityFile { get; } = Path.Combine(AuthorityFolder, "ca.pem");

    /// <summary>PSModulePath of this process and of the consoles it starts.</summary>
    public static string ModulePath { get; } =
        string.Join(Path.PathSeparator, Locations.ConsoleModules, Path.GetDirectoryName(Locations.Module));

    // The engine and the module look at the environment when they are first used, so it is set before
    // any test runs.
    [ModuleInitializer]
    internal static void Prepare()
    {
        // Tests wait for services and consoles on threads of the pool, which adds one or two a second to as
        // many as there are cores: an answer would wait for those that wait for something else.
        ThreadPool.SetMinThreads(64, 64);
        string configuration = s_folder.File("configuration");
        Directory.CreateDirectory(AuthorityFolder);
        ClientSettings.Write(configuration, AuthorityFile);
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", configuration);
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", s_folder.File("cache"));
        Environment.SetEnvironmentVariable("PSModulePath", ModulePath);
        Environment.SetEnvironmentVariable("PSModuleAnalysisCachePath", s_folder.File("module-cache"));
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => s_folder.Dispose();
    }
}
