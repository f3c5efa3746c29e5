namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>A case over the cmdlets that come with PowerShell, where one is on PATH.</summary>
public sealed class PwshFactAttribute : FactAttribute
{
    public PwshFactAttribute()
    {
        if (Program is null)
        {
            Skip = "There is no pwsh on PATH.";
        }
    }

    /// <summary>The program, or null.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "pwsh"))
        .FirstOrDefault(File.Exists);
}
