using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>What is below a computer, as it is shown.</summary>
public sealed class ConfigReadTests(EndpointFixture computers) : ConfigTests(computers)
{
    private const string Leaf = $"{Assembly}.WSManConfigLeafElement";

    private const string Container = $"{Assembly}.WSManConfigContainerElement";

    /// <summary>Containers, and the names that they hold.</summary>
    public static TheoryData<string, string> Contents => new()
    {
        {
            "$h",
            "MaxEnvelopeSizekb MaxTimeoutms MaxBatchItems MaxProviderRequests "
            + "Client Service Shell Listener Plugin ClientCertificate"
        },
        { "$h\\Client", "NetworkDelayms URLPrefix AllowUnencrypted Auth DefaultPorts TrustedHosts" },
        { "$h\\Client\\Auth", "Basic Digest Kerberos Negotiate Certificate CredSSP" },
        { "$h\\Client\\DefaultPorts", "HTTP HTTPS" },
        { "$h\\Service\\DefaultPorts", "HTTP HTTPS" },
        { "$h\\Service\\Auth", "Basic Kerberos Negotiate Certificate CredSSP CbtHardeningLevel" },
        {
            "$h\\Service",
            "RootSDDL MaxConcurrentOperations MaxConcurrentOperationsPerUser EnumerationTimeoutms MaxConnections "
            + "MaxPacketRetrievalTimeSeconds AllowUnencrypted Auth DefaultPorts IPv4Filter IPv6Filter "
            + "EnableCompatibilityHttpListener EnableCompatibilityHttpsListener CertificateThumbprint AllowRemoteAccess"
        },
        {
            "$h\\Shell",
            "AllowRemoteShellAccess IdleTimeout MaxConcurrentUsers MaxShellRunTime MaxProcessesPerShell "
            + "MaxMemoryPerShellMB MaxShellsPerUser"
        },
        { Plugin + "\\InitializationParameters", "PSVersion" },
        {
            Plugin + "\\Quotas",
            "MaxIdleTimeoutms MaxConcurrentUsers IdleTimeoutms MaxProcessesPerShell MaxMemoryPerShellMB "
            + "MaxConcurrentCommandsPerShell MaxShells MaxShellsPerUser"
        },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void AContainerHoldsWhatWindowsHas(string path, string names)
    {
        Assert.Equal(names.Split(' '), Session.Run($"(Get-ChildItem {path}).Name").Succeeded().Text);
        Assert.Equal(names.Split(' '), Session.Run($"Get-ChildItem {path} -Name").Succeeded().Text);
    }

    [Theory]
    [InlineData("$h\\Client\\TrustedHosts", Leaf, "System.String", "")]
    [InlineData("$h\\Client\\NetworkDelayms", Leaf, "System.String", "5000")]
    [InlineData("$h\\Service\\Auth\\CbtHardeningLevel", Leaf, "System.String", "Relaxed")]
    [InlineData("$h\\MaxBatchItems", Leaf, "System.String", "32000")]
    [InlineData("$h\\Client", Leaf, "Container", null)]
    [InlineData("$h\\Client\\Auth", Leaf, "Container", null)]
    [InlineData(Plugin, Container, "Container", null)]
    [InlineData(Plugin + "\\Quotas", Leaf, "Container", null)]
    [InlineData(Plugin + "\\InitializationParameters\\PSVersion", Leaf + "#InitParams", "System.String", "5.1")]
    [InlineData(Plugin + "\\SDKVersion", Leaf, "System.String", "2")]
    public void AnItemIsWhatItIsOnWindows(string path, string typeName, string type, string? value)
    {
        PSObject item = Session.Run($"Get-Item {path}").Succeeded().Output.Single();

        Assert.Equal(typeName, item.TypeNames[0]);
        Assert.Equal(type, item.Properties["Type"].Value);
        Assert.Equal(type, item.Properties["TypeNameOfElement"].Value);
        Assert.Equal(type == "Container", item.Properties["PSIsContainer"].Value);
        Assert.Equal(value, item.Properties["Value"]?.Value);
        Assert.Equal(item.Properties["Name"].Value, item.Properties["PSChildName"].Value);
    }

    [Fact]
    public void AListenerIsKnownByItsKeys()
    {
        EngineResult result = Session.Run(
            "$l = Get-ChildItem $h\\Listener; $l.Name; $l.Keys; $l.PSTypeNames[0]; $l.PSPath; " +
            "(Get-ChildItem $l.PSPath).Name -replace '_\\d+$', '_#'; (Get-Item \"$($l.PSPath)\\Port\").Value")
            .Succeeded();

        Assert.Equal(
            [
                "Listener_2132651585", "Address=*", "Transport=HTTP", Container,
                $"{Home}/Listener/Listener_2132651585", "Address", "Transport", "Port", "Hostname", "Enabled",
                "URLPrefix", "CertificateThumbprint", "ListeningOn_#", "ListeningOn_#", "5985",
            ],
            result.Text);
    }

    [Fact]
    public void APluginHasPartsOfItsOwn()
    {
        EngineResult result = Session.Run(
            $"""
            $r = Get-ChildItem {Plugin}\Resources | Select-Object -First 1
            $r.Name -match '^Resource_\d+$'; $r.Keys
            (Get-ChildItem $r.PSPath).Name -join ' '
            (Get-Item "$($r.PSPath)\Capability").Value.GetType().Name
            (Get-Item "$($r.PSPath)\Capability").Value
            $s = Get-ChildItem "$($r.PSPath)\Security" | Select-Object -First 1
            $s.Name -match '^Security_\d+$'
            (Get-ChildItem $s.PSPath).Name -join ' '
            (Get-Item "$($s.PSPath)\ParentResourceUri").Value -eq (Get-Item "$($r.PSPath)\ResourceUri").Value
            """).Succeeded();

        Assert.Equal(
            [
                "True", "Uri=http://schemas.microsoft.com/powershell/microsoft.powershell",
                "ResourceUri SupportsOptions ExactMatch Capability Security", "Object[]", "Shell",
                "True", "Uri Sddl ExactMatch ParentResourceUri xmlns", "True",
            ],
            result.Text);
    }

    [Fact]
    public void EveryItemOfAComputerIsFoundByItsPath()
    {
        EngineResult result = Session.Run(
            """
            $all = Get-ChildItem $h -Recurse
            $all.Count -gt 250
            foreach ($one in $all) {
                $same = Get-Item -LiteralPath $one.PSPath
                if ($same.PSPath -ne $one.PSPath -or $same.Name -ne $one.Name -or "$($same.Value)" -ne "$($one.Value)") {
                    $one.PSPath
                }
            }
            """).Succeeded();

        Assert.Equal(["True"], result.Text);
    }

    [Theory]
    [InlineData("$h\\Client\\Auth")]
    [InlineData("$h/Client/Auth")]
    [InlineData("$h\\client/AUTH\\")]
    [InlineData("WSMan::$($h.Substring(7))\\Client\\Auth")]
    [InlineData("Microsoft.WSMan.Management\\WSMan::WSMan/$($h.Substring(7))/Client\\Auth")]
    [InlineData("Other:\\$($h.Substring(7))\\Client\\Auth")]
    public void EverySpellingOfAPathLeadsThere(string path)
    {
        EngineResult result = Session.Run(
            "$null = New-PSDrive Other -PSProvider WSMan -Root '' -ErrorAction Ignore; " +
            $"Test-Path \"{path}\"; (Get-Item \"{path}\").PSPath; (Get-ChildItem \"{path}\").Count; " +
            $"Set-Location \"{path}\"; (Get-ChildItem).Count; Get-ChildItem -Name | Select-Object -First 1")
            .Succeeded();

        Assert.Equal(["True", $"{Home}/Client/Auth", "6", "6", "Basic"], result.Text);
    }

    [Theory]
    [InlineData("(Get-ChildItem $h\\Client\\*s).Name", "NetworkDelayms DefaultPorts TrustedHosts")]
    [InlineData("(Get-Item $h\\Cl*t\\Auth\\K*).Name", "Kerberos")]
    [InlineData("(Get-ChildItem $h\\* -Include M*Items).Name", "MaxBatchItems")]
    [InlineData("(Get-ChildItem $h\\Client -Recurse -Include HTTP*).Name", "HTTP HTTPS")]
    [InlineData("(Get-ChildItem $h\\Client -Exclude *s).Name", "URLPrefix AllowUnencrypted Auth")]
    [InlineData("(Get-ChildItem $h -Recurse -Depth 0).Count", "10")]
    [InlineData("(Get-ChildItem $h\\Client -Recurse -Depth 1).Count", "14")]
    [InlineData("Resolve-Path $h\\Client\\Auth\\B* | ForEach-Object { Split-Path $_ -Leaf }", "Basic")]
    public void TheEngineFiltersNames(string script, string names) =>
        Assert.Equal(names.Split(' '), Session.Run(script).Succeeded().Text);

    [Fact]
    public void StrictModeFindsNothing()
    {
        EngineResult result = Session.Run(
            "Set-StrictMode -Version Latest; $null = Get-ChildItem $h -Recurse; " +
            "Set-Item $h\\Client\\NetworkDelayms 5000; " +
            "(Get-Item $h\\Client\\NetworkDelayms).SourceOfValue").Succeeded();

        Assert.Null(result.Output.Single());
    }

    [Theory]
    [InlineData("dir $h\\Cl", "Client ClientCertificate")]
    [InlineData("dir $h\\Client\\Au", "Auth")]
    [InlineData("Set-Item $h/Client/Auth/", "Basic Certificate CredSSP Digest Kerberos Negotiate")]
    public void NamesAreCompleted(string line, string names)
    {
        EngineResult result = Session.Run(
            "[System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, $null)" +
            ".CompletionMatches.ListItemText",
            line.Replace("$h", $"WSMan:\\{Computers.One}", StringComparison.Ordinal)).Succeeded();

        Assert.Equal(names.Split(' '), result.Text.Order(StringComparer.Ordinal));
    }
}
