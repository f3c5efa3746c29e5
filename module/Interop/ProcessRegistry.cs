namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// The one registry of this process. It is made when the first session is, so that importing the module,
/// reading its help and looking at an empty drive need no native library. Sessions belong to the process:
/// a runspace that closes ends none, but for the main one of pwsh.
/// </summary>
internal static class ProcessRegistry
{
    private static readonly object s_gate = new();

    private static RegistryHandle? s_registry;

    private static ulong s_lastOperation;

    /// <summary>The registry, or null as long as nothing has been connected.</summary>
    public static RegistryHandle? Current => Volatile.Read(ref s_registry);

    /// <summary>An operation id that no other call of this process has.</summary>
    public static ulong NextOperation() => Interlocked.Increment(ref s_lastOperation);

    /// <summary>The registry, made now if need be.</summary>
    /// <exception cref="WSManException">The native library cannot be used.</exception>
    public static RegistryHandle Open()
    {
        // The lock is held while the library loads: a second runspace has to wait for it, not to load it again.
        lock (s_gate)
        {
            return s_registry ??= Create();
        }
    }

    private static RegistryHandle Create()
    {
        NativeLibraryResolver.Load();
        WSManErrorCode code = NativeMethods.wsman_registry_new(
            out string? document, out RegistryHandle registry, ClientSettingsPath());
        if (code != WSManErrorCode.None)
        {
            registry.Dispose();
            throw NativeResult.Failure(code, document);
        }

        ProcessExitHooks.Register(registry);
        return registry;
    }

    private static string ClientSettingsPath()
    {
        // The managed environment decides: a script's $env:XDG_CONFIG_HOME does not reach getenv().
        string? folder = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");

        // A relative path is to be ignored (XDG Base Directory Specification).
        if (string.IsNullOrEmpty(folder) || !Path.IsPathRooted(folder))
        {
            string home = Environment.GetFolderPath(
                Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            folder = Path.Combine(home, ".config");
        }

        return Path.Combine(folder, "wsman", "client.json");
    }
}
