using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Metadata;

/// <summary>The manifest, the guard and the module folder.</summary>
public sealed class ManifestTests : IDisposable
{
    private const string MicrosoftGuid = "766204a6-330e-4263-a7ab-46c87afc366c";

    private readonly EngineSession _session = new();

    [Fact]
    public void TheManifestIsValidAndItsOwn()
    {
        PSModuleInfo manifest = (PSModuleInfo)Assert.Single(
            _session.Run("Test-ModuleManifest $args[0]", Locations.Manifest).Succeeded().Output).BaseObject;

        Assert.Equal("Portable.WSMan.Management", manifest.Name);
        Assert.NotEqual(Guid.Empty, manifest.Guid);
        Assert.NotEqual(Guid.Parse(MicrosoftGuid), manifest.Guid);
        Assert.Equal(["Core"], manifest.CompatiblePSEditions);
        Assert.True(manifest.PowerShellVersion >= new Version(7, 4));
        Assert.Empty(manifest.ExportedFunctions);
        Assert.Empty(manifest.ExportedAliases);
        Assert.Equal(CommandTable.Names, manifest.ExportedCmdlets.Keys.Order());
    }

    [Fact]
    public void TheGuardComesBeforeTheAssembly()
    {
        string text = File.ReadAllText(Locations.Manifest);

        int guard = text.IndexOf("guard.psm1", StringComparison.Ordinal);
        int assembly = text.IndexOf("Microsoft.WSMan.Management.dll", StringComparison.Ordinal);
        Assert.InRange(guard, 0, assembly);
    }

    [Fact]
    public void OnWindowsTheGuardPointsToTheModuleInTheBox()
    {
        string text = File.ReadAllText(Path.Combine(Locations.Module, "guard.psm1"));
        Assert.Contains("$IsWindows", text, StringComparison.Ordinal);

        ErrorRecord error = _session.Run(text.Replace("$IsWindows", "$true", StringComparison.Ordinal)).Failed();

        Assert.StartsWith("UseTheModuleInTheBox", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Microsoft.WSMan.Management", error.ToString(), StringComparison.Ordinal);
        _session.Run(text.Replace("$IsWindows", "$false", StringComparison.Ordinal)).Succeeded();
    }

    [Fact]
    public void WithoutTheNativeLibraryImportAndHelpWorkAndItsPathIsNamed()
    {
        using ScratchFolder folder = new();
        string copy = Path.Combine(folder.Path, "Portable.WSMan.Management");
        foreach (string file in Directory.EnumerateFiles(Locations.Module, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("libwsman_native", StringComparison.Ordinal)))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Locations.Module, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        using ConsoleProcess console = new();
        ConsoleResult result = console.Command(
            $"Import-Module '{copy}'; (Get-Help Disconnect-WSMan).Name; (dir WSMan:\\).Name; " +
            "try { Connect-WSMan server01 -Authentication None } catch { \"$_\" }").Succeeded();

        Assert.Equal(["Disconnect-WSMan", "localhost"], result.Lines.Take(2));
        Assert.Contains(copy, result.Lines[2], StringComparison.Ordinal);
        Assert.Contains("libwsman_native", result.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void ACmdletLoadsTheModuleByItself()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command("(New-WSManSessionOption).UseEncryption; Test-Path WSMan:\\")
            .Succeeded();

        Assert.Equal(["True", "True"], result.Lines);
    }

    public void Dispose() => _session.Dispose();
}
