namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>WSMan:\localhost\Client is the settings file of the user. Each case is a user of its own.</summary>
public sealed class DriveClientSettingsTests : IDisposable
{
    private const string Client = "WSMan:\\localhost\\Client";

    private readonly ConsoleProcess _console = new();

    private string SettingsFile => Path.Combine(_console.Configuration, "wsman", "client.json");

    [Fact]
    public void WithoutASessionThereIsNothingElse()
    {
        ConsoleResult result = Run(
            "(dir WSMan:\\localhost).Name; Test-Path WSMan:\\localhost\\Service; " +
            "Test-Path WSMan:\\localhost\\MaxEnvelopeSizekb; " +
            $"(dir {Client}).Name -join ' '; (dir {Client}\\Auth).Name -join ' '; (dir {Client} -Recurse).PSPath | % {{ (Get-Item $_).PSPath -eq $_ }} | Select-Object -First 1")
            .Succeeded();

        Assert.Equal(
            [
                "Client", "False", "False",
                "NetworkDelayms URLPrefix AllowUnencrypted Auth DefaultPorts TrustedHosts MaxEnvelopeSizekb " +
                "TrustedCAPath ClientCertificateFile AllowFreshCredentials CredSSPMinimumVersion TestTimeoutms " +
                "TeardownTimeoutms ExitTimeoutms",
                "Basic Digest Kerberos Negotiate Certificate CredSSP", "True",
            ],
            result.Lines);
    }

    [Fact]
    public void ASettingIsWrittenToTheFileAndTheRestStays()
    {
        string text = File.ReadAllText(SettingsFile).TrimEnd().TrimEnd('}') + ", \"Unknown\": [1, 2] }";
        File.WriteAllText(SettingsFile, text);

        ConsoleResult result = Run(
            $"Set-Item {Client}\\TrustedHosts 'a.b,*.c' -Force; " +
            $"Set-Item {Client}\\TrustedHosts 'A.B, d' -Concatenate -Force; " +
            $"(Get-Item {Client}\\TrustedHosts).Value; Set-Item {Client}\\allowunencrypted $true; " +
            $"(Get-Item {Client}\\AllowUnencrypted).Value; Set-Item {Client}\\DefaultPorts\\HTTP 81; " +
            $"(Get-Item {Client}\\DefaultPorts\\HTTP).Value; Clear-Item {Client}\\TrustedHosts -Force; " +
            $"\"[$((Get-Item {Client}\\TrustedHosts).Value)]\"; " +
            $"Set-Item {Client}\\AllowUnencrypted $false -WhatIf; $PSDefaultParameterValues.Count").Succeeded();

        Assert.Equal(
            [
                "a.b,*.c,d", "true", "81", "[]",
                $"What if: Set the item {Client}\\AllowUnencrypted to the value false.", "0",
            ],
            result.Lines);
        string file = File.ReadAllText(SettingsFile);
        Assert.Contains("Unknown", file, StringComparison.Ordinal);
        Assert.Contains("TrustedCAPath", file, StringComparison.Ordinal);
        Assert.True(
            OperatingSystem.IsWindows()
            || File.GetUnixFileMode(SettingsFile) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("Set-Item C\\AllowUnencrypted maybe", "System.InvalidOperationException", "AllowUnencrypted")]
    [InlineData("Set-Item C\\URLPrefix /x/", "System.InvalidOperationException", "URLPrefix")]
    [InlineData("Set-Item C\\TrustedHosts 'a b c' -Force", "System.InvalidOperationException", "TrustedHosts")]
    [InlineData("Set-Item C\\AllowFreshCredentials server01 -Force", "System.InvalidOperationException", "write wsman/server01")]
    [InlineData("Set-Item C\\AllowFreshCredentials @('wsman/a', 'wsman/b') -Force", "System.InvalidOperationException", "System.String")]
    [InlineData("Set-Item C\\CredSSPMinimumVersion 1", "System.InvalidOperationException", "from 2 to 6")]
    [InlineData("Set-Item C\\ClientCertificateFile ~/me.pfx", "System.InvalidOperationException", "absolute path of a PEM or PFX")]
    [InlineData("Set-Item C\\Auth\\CredSSP maybe", "System.InvalidOperationException", "Auth/CredSSP must be true or false")]
    [InlineData("Set-Item C\\DefaultPorts\\HTTP 70000", "System.InvalidOperationException", "65535")]
    [InlineData("Set-Item C\\Nope 1", "System.InvalidOperationException", "There is no item")]
    [InlineData("Set-Item C\\Auth 1", "System.InvalidOperationException", "container")]
    [InlineData("Set-Item C\\TrustedHosts @(1,2) -Force", "System.InvalidOperationException", "System.String")]
    [InlineData("Set-Item C\\URLPrefix $null", "System.ArgumentException", "$null")]
    [InlineData("Remove-Item C\\TrustedHosts", "System.InvalidOperationException", "cannot be removed")]
    [InlineData("New-Item C\\Listener", "System.ArgumentException", "no connection to localhost")]
    public void WhatIsRefusedChangesNothing(string command, string id, string words)
    {
        string before = File.ReadAllText(SettingsFile);

        ConsoleResult result = Run(
            $"$ErrorActionPreference = 'SilentlyContinue'; " +
            $"try {{ {command.Replace("C\\", Client + "\\", StringComparison.Ordinal)} }} catch {{ }}; " +
            "$Error[0].FullyQualifiedErrorId; \"$($Error[0])\"; $Error.Count");

        Assert.StartsWith($"{id},Microsoft.PowerShell.Commands.", result.Lines[0], StringComparison.Ordinal);
        Assert.Contains(words, result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("1", result.Lines[^1]);
        Assert.Equal(before, File.ReadAllText(SettingsFile));
    }

    [Fact]
    public void WhoMayGetFreshCredentialsIsAList()
    {
        ConsoleResult result = Run(
            $"Set-Item {Client}\\AllowFreshCredentials 'wsman/a, wsman/*.b' -Force; " +
            $"Set-Item {Client}\\AllowFreshCredentials 'WSMAN/A,wsman/c' -Concatenate -Force; " +
            $"(Get-Item {Client}\\AllowFreshCredentials).Value; " +
            $"Clear-Item {Client}\\AllowFreshCredentials -Force; " +
            $"\"[$((Get-Item {Client}\\AllowFreshCredentials).Value)]\"").Succeeded();

        Assert.Equal(["wsman/a,wsman/*.b,wsman/c", "[]"], result.Lines);
    }

    [Fact]
    public void ABrokenFileIsNamedAndLeftAlone()
    {
        File.WriteAllText(SettingsFile, "{ \"TrustedHosts\": ");

        ConsoleResult result = Run(
            $"$ErrorActionPreference = 'SilentlyContinue'; dir {Client}; \"$($Error[0])\"; " +
            $"Set-Item {Client}\\URLPrefix x; \"$($Error[0])\"; " +
            $"Test-Path {Client}\\URLPrefix; (dir WSMan:\\).Name");

        Assert.Equal(2, result.Lines.Count(line => line.Contains(SettingsFile, StringComparison.Ordinal)));
        Assert.Equal(["False", "localhost"], result.Lines.TakeLast(2));
        Assert.Equal("{ \"TrustedHosts\": ", File.ReadAllText(SettingsFile));
    }

    [Fact]
    public void ANewSettingIsObeyedByTheNextConnection()
    {
        string computer = $"{Addresses.NextNetwork()}.1";
        using EndpointProcess service = EndpointProcess.Start([computer]);

        ConsoleResult result = Run(
            $"$c = {ConsoleProcess.Credential}; $p = @{{ ComputerName = '{computer}'; Port = {service.Http}; " +
            $"Authentication = 'Basic'; Credential = $c }}; " +
            "try { Connect-WSMan @p } catch { 'refused' }; " +
            $"Set-Item {Client}\\AllowUnencrypted $true; Connect-WSMan @p; (dir WSMan:\\).Name").Succeeded();

        Assert.Equal(["refused", "localhost", computer], result.Lines);
    }

    public void Dispose() => _console.Dispose();

    // A path alone does not load the module.
    private ConsoleResult Run(string script) =>
        _console.Command($"Import-Module Portable.WSMan.Management; {script}");
}
