using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>Set-Item and Clear-Item below a computer.</summary>
public sealed class ConfigSetTests(EndpointFixture computers) : ConfigTests(computers)
{
    /// <summary>Settings, a value for them as a script gives it, what is read afterwards, and what was there.</summary>
    public static TheoryData<string, string, string, string> Settings => new()
    {
        { "$h\\MaxBatchItems", "100", "100", "32000" },
        { "$h\\Client\\NetworkDelayms", "'6000'", "6000", "5000" },
        { "$h\\Client\\networkDELAYms", "6000", "6000", "5000" },
        { "$h\\Client\\AllowUnencrypted", "$true", "true", "false" },
        { "$h\\Client\\URLPrefix", "'a/b_c'", "a/b_c", "wsman" },
        { "$h\\Client\\Auth\\Digest", "$false", "false", "true" },
        { "$h\\Service\\DefaultPorts\\HTTP", "80", "80", "5985" },
        { "$h\\Service\\IPv4Filter", "'1.2.3.4-1.2.3.9'", "1.2.3.4-1.2.3.9", "*" },
        { "$h\\Service\\Auth\\CbtHardeningLevel", "'Strict'", "Strict", "Relaxed" },
        { "$h\\Shell\\IdleTimeout", "([long]60000)", "60000", "7200000" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void ASettingIsSetAndNothingElse(string path, string given, string read, string before)
    {
        string all = string.Format(null, SettingsBelow, "$h");
        EngineResult old = Session.Run(all).Succeeded();

        EngineResult result = Session.Run($"Set-Item {path} {given} -WarningAction Ignore; (Get-Item {path}).Value; {all}").Succeeded();

        Assert.Equal(read, result.Text.First());
        string[] changed = [.. result.Text.Skip(1).Except(old.Text)];
        Assert.EndsWith($"={read}", Assert.Single(changed), StringComparison.Ordinal);
        Session.Run($"Set-Item {path} {before} -WarningAction Ignore").Succeeded();
        Assert.Equal(old.Text, Session.Run(all).Text);
    }

    [Fact]
    public void WhatIfSaysWhatAndDoesNothing()
    {
        using ConsoleProcess console = new();
        string h = $"WSMan:\\{Computers.Three}";

        ConsoleResult result = console.Command(
            Login(Computers.Three) + $"Set-Item {h}\\Client\\TrustedHosts x -WhatIf; Clear-Item {h}\\Client\\URLPrefix -WhatIf; " +
            $"Remove-Item {h}\\Listener\\* -Recurse -WhatIf; " +
            $"New-Item {h}\\Listener -Address * -Transport HTTPS -WhatIf; " +
            $"(Get-Item {h}\\Client\\TrustedHosts).Value; (Get-Item {h}\\Client\\URLPrefix).Value; @(dir {h}\\Listener).Count")
            .Succeeded();

        Assert.Equal(
            [
                $"What if: Set the item {h}\\Client\\TrustedHosts to the value x.",
                $"What if: Clear the value of the item {h}\\Client\\URLPrefix.",
                $"What if: Remove the item {h}\\Listener\\Listener_2132651585.",
                $"What if: Make an item at {h}\\Listener.",
                "wsman", "1",
            ],
            result.Lines);
    }

    [Theory]
    [InlineData("Set-Item $h\\Client\\TrustedHosts x", "trusts without proof")]
    [InlineData("Clear-Item $h\\Client\\TrustedHosts", "trusts without proof")]
    [InlineData("Set-Item WSMan:\\localhost\\Client\\AllowFreshCredentials wsman/x", "your password itself")]
    [InlineData("Clear-Item WSMan:\\localhost\\Client\\AllowFreshCredentials", "your password itself")]
    [InlineData("Set-Item $h\\Service\\RootSDDL 'O:NSG:BAD:P(A;;GA;;;BA)'", "who may reach")]
    [InlineData("Set-Item $h\\Listener\\Listener_2132651585\\Port 81", "changes a Listener")]
    [InlineData("New-Item $h\\Listener -Address * -Transport HTTPS", "new listener")]
    [InlineData("New-Item $h\\ClientCertificate -Issuer 0123456789012345678901234567890123456789", "mapping")]
    [InlineData("Remove-Item $h\\Listener\\Listener_2132651585", "children")]
    public void WhatIsDangerousIsAsked(string command, string question)
    {
        ScreenHost host = new() { Answer = "No" };
        using EngineSession asked = new(host: host);
        asked.SetVariable("h", $"WSMan:\\{Computers.One}");
        Dictionary<string, int> before = Computers.Service.Counts().Operations;

        asked.Run(command).Succeeded();
        ErrorRecord alone = Session.Run(command).Failed();

        Assert.Contains(question, Assert.Single(host.Questions), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(ClassOf(command), alone.FullyQualifiedErrorId, StringComparison.Ordinal);
        Dictionary<string, int> after = Computers.Service.Counts().Operations;
        Assert.All(
            ["Put", "Create", "Delete"],
            one => Assert.Equal(before.GetValueOrDefault(one), after.GetValueOrDefault(one)));
    }

    [Fact]
    public void NonInteractiveTheEngineRefusesToAsk()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Run(
            [
                "-NonInteractive", "-Command",
                Login(Computers.Three) +
                $"Set-Item WSMan:\\{Computers.Three}\\Client\\TrustedHosts x; $Error[0].FullyQualifiedErrorId; " +
                $"Set-Item WSMan:\\{Computers.Three}\\Client\\TrustedHosts '' -Force; $Error.Count",
            ],
            "");

        Assert.Equal(["InvalidOperation,Microsoft.PowerShell.Commands.SetItemCommand", "1"], result.Lines);
    }

    [Theory]
    [InlineData("No", "5000")]
    [InlineData("Yes", "6000")]
    public void ConfirmAsksForAnyChange(string answer, string value)
    {
        ScreenHost host = new() { Answer = answer };
        using EngineSession asked = new(host: host);
        asked.SetVariable("h", $"WSMan:\\{Computers.One}");

        asked.Run("Set-Item $h\\Client\\NetworkDelayms 6000 -Confirm").Succeeded();

        Assert.Contains("NetworkDelayms to the value 6000", Assert.Single(host.Questions), StringComparison.Ordinal);
        Assert.Equal(value, Value("$h\\Client\\NetworkDelayms"));
        Session.Run("Set-Item $h\\Client\\NetworkDelayms 5000").Succeeded();
    }

    [Fact]
    public void ForceDoesNotAsk()
    {
        EngineResult result = Session.Run(
            """
            Set-Item $h\Client\TrustedHosts 'a,b' -Force; (Get-Item $h\Client\TrustedHosts).Value
            Clear-Item $h\Client\TrustedHosts -Force; "[$((Get-Item $h\Client\TrustedHosts).Value)]"
            $old = (Get-Item $h\Service\RootSDDL).Value
            Set-Item $h\Service\RootSDDL 'O:NSG:BAD:P(A;;GA;;;BA)' -Force; (Get-Item $h\Service\RootSDDL).Value
            Set-Item $h\Service\RootSDDL $old -Force
            $l = (Get-ChildItem $h\Listener).PSPath
            Set-Item $l\Port 81 -Force; (Get-Item $l\Port).Value; Set-Item $l\Port 5985 -Force
            """).Succeeded();

        Assert.Equal(["a,b", "[]", "O:NSG:BAD:P(A;;GA;;;BA)", "81"], result.Text);
    }

    [Fact]
    public void HostsAreAddedOnce()
    {
        EngineResult result = Session.Run(
            """
            $t = "$h\Client\TrustedHosts"
            foreach ($more in 'a', 'b,c', 'B, A', 'd,a', '') {
                Set-Item $t $more -Concatenate -Force
                (Get-Item $t).Value
            }
            """).Succeeded();
        Session.Run("Clear-Item $h\\Client\\TrustedHosts -Force").Succeeded();

        Assert.Equal(["a", "a,b,c", "a,b,c", "a,b,c,d", "a,b,c,d"], result.Text);
        Assert.Equal(1, Requests("Set-Item $h\\Client\\TrustedHosts '' -Concatenate -Force"));
    }

    [Fact]
    public void AddingToAllHostsIsRefusedByTheServer()
    {
        Session.Run("Set-Item $h\\Client\\TrustedHosts * -Force").Succeeded();

        ErrorRecord error = Session.Run("Set-Item $h\\Client\\TrustedHosts a -Concatenate -Force").Failed();

        AssertRefused(error, "SetItem", "0x8033809F");
        Assert.Equal("*", Value("$h\\Client\\TrustedHosts"));
        Session.Run("Clear-Item $h\\Client\\TrustedHosts -Force").Succeeded();
    }

    [Theory]
    [InlineData("$h\\Client", "Concatenate")]
    [InlineData("$h\\Client\\TrustedHosts", "Concatenate")]
    [InlineData("$h\\Client\\URLPrefix", "")]
    [InlineData("$h\\Service", "")]
    public void OnlyTrustedHostsCanBeAddedTo(string path, string parameter)
    {
        EngineResult result = Session.Run(
            $"(Get-Command Set-Item -ArgumentList \"{path}\").Parameters.Values | Where-Object IsDynamic | ForEach-Object Name")
            .Succeeded();

        Assert.Equal(parameter, string.Join(' ', result.Text));
    }

    [Fact]
    public void WarningsSayWhenAChangeCounts()
    {
        EngineResult quota = Session.Run($"Set-Item {Plugin}\\Quotas\\MaxShellsPerUser 24").Succeeded();
        EngineResult plugin = Session.Run($"Set-Item {Plugin}\\AutoRestart $false").Succeeded();
        EngineResult shell = Session.Run("Set-Item $h\\Shell\\MaxShellsPerUser 30").Succeeded();
        EngineResult client = Session.Run("Set-Item $h\\Client\\NetworkDelayms 5000").Succeeded();

        Assert.Equal(2, quota.Warnings.Count);
        Assert.Contains($"WSMan:\\{Computers.One}\\Shell\\MaxShellsPerUser", quota.Warnings[0], StringComparison.Ordinal);
        Assert.Contains($"{Computers.One} is restarted", quota.Warnings[1], StringComparison.Ordinal);
        Assert.Contains($"{Computers.One} is restarted", Assert.Single(plugin.Warnings), StringComparison.Ordinal);
        Assert.Contains("MaxShellsPerUser", Assert.Single(shell.Warnings), StringComparison.Ordinal);
        Assert.Empty(client.Warnings);
    }

    [Fact]
    public void AWarningThatStopsComesAfterTheChange()
    {
        Session.Run("Set-Item $h\\Shell\\MaxShellsPerUser 31 -WarningAction Stop").Failed();

        Assert.Equal("31", Value("$h\\Shell\\MaxShellsPerUser"));
    }

    private string Login(string computer) =>
        $"Connect-WSMan {computer} -Port {Computers.Service.Https} -UseSSL -Authentication Basic " +
        $"-Credential {ConsoleProcess.Credential}; ";
}
