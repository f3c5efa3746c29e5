using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>New-Item and Remove-Item below a computer.</summary>
public sealed class ConfigMakeTests(EndpointFixture computers) : ConfigTests(computers)
{
    private const string Container = $"{Assembly}.WSManConfigContainerElement";

    private const string NewPlugin =
        "New-Item $h\\Plugin -Plugin $name -FileName '%windir%\\system32\\x.dll' -SDKVersion 2 " +
        "-Resource http://example.org/x -Capability Get,Put -XMLRenderingType text";

    /// <summary>Containers and the parameters that New-Item has there; those with ! are mandatory.</summary>
    public static TheoryData<string, string> Parameters => new()
    {
        {
            "$h\\Listener",
            "Address! CertificateThumbPrint Enabled HostName Port Transport! URLPrefix"
        },
        { "$h\\ClientCertificate", "Enabled Issuer! Subject URI" },
        {
            "$h\\Plugin",
            "AutoRestart Capability! File! FileName! Plugin! ProcessIdleTimeoutSec Resource! RunAsCredential SDKVersion! "
            + "UseSharedProcess XMLRenderingType!"
        },
        { Plugin + "\\InitializationParameters", "ParamName! ParamValue!" },
        { Plugin + "\\Resources", "Capability! ResourceUri!" },
        { Plugin + "\\Resources\\Resource_1\\Security", "Sddl!" },
        { "$h\\Client", "" },
        { Plugin, "" },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void EachContainerHasParametersOfItsOwn(string path, string parameters)
    {
        EngineResult result = Session.Run(
            $"(Get-Command New-Item -ArgumentList \"{path}\").Parameters.Values | Where-Object IsDynamic | ForEach-Object {{ " +
            "$_.Name + $(if ($_.ParameterSets.Values.IsMandatory -contains $true) { '!' }) }").Succeeded();

        Assert.Equal(parameters, string.Join(' ', result.Text.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void AListenerIsMadeChangedAndRemoved()
    {
        EngineResult result = Session.Run(
            """
            $l = New-Item $h\Listener -Address IP:127.0.0.3 -Transport http -Port 8080 -URLPrefix abc -Enabled $false -Force
            $l.PSTypeNames[0]; $l.Name; $l.Keys; $l.PSIsContainer
            foreach ($n in 'Port', 'URLPrefix', 'Enabled', 'Transport') { (Get-Item "$($l.PSPath)\$n").Value }
            Set-Item "$($l.PSPath)\Enabled" $true -Force; (Get-Item "$($l.PSPath)\Enabled").Value
            Remove-Item $l.PSPath -Recurse; Test-Path $l.PSPath
            """).Succeeded();

        Assert.Equal(
            [
                Container, "Listener_3593021359", "Address=IP:127.0.0.3", "Transport=HTTP", "True",
                "8080", "abc", "false", "HTTP", "true", "False",
            ],
            result.Text);
    }

    [Fact]
    public void AListenerWithACertificateHasItsHost()
    {
        EngineResult result = Session.Run(
            """
            $l = New-Item $h\Listener -Address * -Transport HTTPS -HostName loopback -CertificateThumbPrint ('5' * 40) -Force
            (Get-Item "$($l.PSPath)\CertificateThumbprint").Value; (Get-Item "$($l.PSPath)\Hostname").Value
            Remove-Item $l.PSPath -Recurse
            """).Succeeded();

        Assert.Equal([new string('5', 40), "loopback"], result.Text);
    }

    [Fact]
    public void AMappingIsMadeChangedAndRemoved()
    {
        EngineResult result = Session.Run(
            """
            $m = New-Item $h\ClientCertificate -Issuer ('a' * 40) -Subject 'user@example.org' -URI '*' -Credential $credential -Force
            $m.Keys; (Get-ChildItem $m.PSPath).Name -join ' '
            (Get-Item "$($m.PSPath)\UserName").Value; (Get-Item "$($m.PSPath)\Password").Value; (Get-Item "$($m.PSPath)\Enabled").Value
            Set-Item "$($m.PSPath)\Enabled" $false -Force; (Get-Item "$($m.PSPath)\Enabled").Value
            Set-Item "$($m.PSPath)\Password" $credential.Password -Force
            Remove-Item $m.PSPath -Recurse; @(Get-ChildItem $h\ClientCertificate).Count
            """).Succeeded();

        Assert.Equal(
            [
                $"Issuer={new string('a', 40)}", "Subject=user@example.org", "URI=*",
                "URI Subject Issuer UserName Enabled Password", EndpointProcess.UserName, "", "true", "false", "0",
            ],
            result.Text);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with space [and] brackets")]
    [InlineData("sl/ash\\es %2F 100%")]
    [InlineData("ünïcødé 名前 🙂")]
    [InlineData("it's & <\"quoted\">")]
    public void APluginMayHaveAnyName(string name)
    {
        Session.SetVariable("name", name);

        EngineResult result = Session.Run(
            $$"""
            $p = {{NewPlugin}} -UseSharedProcess -AutoRestart -ProcessIdleTimeoutSec 60
            $p.Keys; $p.PSTypeNames[0]
            Test-Path -LiteralPath $p.PSPath
            (Get-ChildItem $h\Plugin | Where-Object { $_.Keys -eq "Name=$name" }).PSPath -eq $p.PSPath
            foreach ($n in 'Name', 'UseSharedProcess', 'ProcessIdleTimeoutSec') { (Get-Item -LiteralPath "$($p.PSPath)\$n").Value }
            Set-Item -LiteralPath "$($p.PSPath)\Enabled" $false -WarningAction Ignore
            (Get-Item -LiteralPath "$($p.PSPath)\Enabled").Value
            Remove-Item -LiteralPath $p.PSPath -Recurse
            Test-Path -LiteralPath $p.PSPath
            """).Succeeded();

        Assert.Equal([$"Name={name}", Container, "True", "True", name, "true", "60", "false", "False"], result.Text);
    }

    [Fact]
    public void APluginMayComeFromAFile()
    {
        using ScratchFolder folder = new();
        string file = folder.File("plugin.xml");
        File.WriteAllText(
            file,
            """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- kept -->
            <PlugInConfiguration xmlns="http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration"
                Name="from file" Filename="%windir%\system32\x.dll" SDKVersion="1" XmlRenderingType="XmlReader" Unknown="kept">
              <InitializationParameters><Param Name="a b" Value="&lt;&amp;"/></InitializationParameters>
              <Resources><Resource ResourceUri="http://example.org/y"><Capability Type="Shell"/></Resource></Resources>
              <Quotas MaxShells="3"/>
            </PlugInConfiguration>
            """);

        EngineResult result = Session.Run(
            """
            $p = New-Item $h\Plugin -Name 'from file' -File $args[0] -RunAsCredential $credential
            $p.Name
            foreach ($n in 'Unknown', 'RunAsUser', 'Quotas\MaxShells', 'InitializationParameters\a b') { (Get-Item "$($p.PSPath)\$n").Value }
            (Get-Item "$($p.PSPath)\RunAsPassword").Value.GetType().Name
            Remove-Item $p.PSPath -Recurse
            """,
            file).Succeeded();

        Assert.Equal(["from file", "kept", EndpointProcess.UserName, "3", "<&", "SecureString"], result.Text);
    }

    [Fact]
    public void PartsOfAPluginAreMadeAndRemovedAndTheRestStays()
    {
        Session.SetVariable("name", "parts");
        EngineResult result = Session.Run(
            $$"""
            $p = ({{NewPlugin}}).PSPath
            Set-Item $p\Quotas\MaxShells 7 -WarningAction Ignore
            Set-Item $p\OutputBufferingMode Drop -WarningAction Ignore
            $i = New-Item $p\InitializationParameters -ParamName 'a/b c' -ParamValue '<x> & "y"'
            $i.PSTypeNames[0]; $i.Value; (Get-Item $i.PSPath).Value
            Set-Item $i.PSPath 'z' -WarningAction Ignore; (Get-Item $i.PSPath).Value
            $r = New-Item $p\Resources -ResourceUri http://example.org/z -Capability Shell
            $r.Keys; (Get-Item "$($r.PSPath)\Capability").Value
            $s = New-Item "$($r.PSPath)\Security" -Sddl 'O:NSG:BAD:P(A;;GA;;;BA)' -Force
            $s.Keys; (Get-Item "$($s.PSPath)\Sddl").Value
            Set-Item "$($s.PSPath)\Sddl" 'O:NSG:BAD:P(A;;GA;;;IU)' -Force; (Get-Item "$($s.PSPath)\Sddl").Value
            Remove-Item $s.PSPath -Recurse; Remove-Item $i.PSPath; Remove-Item $r.PSPath -Recurse
            @(Get-ChildItem $p\Resources).Count; @(Get-ChildItem $p\InitializationParameters).Count
            (Get-Item $p\Quotas\MaxShells).Value; (Get-Item $p\OutputBufferingMode).Value
            Remove-Item $p -Recurse
            """).Succeeded();

        Assert.Equal(
            [
                $"{Assembly}.WSManConfigLeafElement#InitParams", "<x> & \"y\"", "<x> & \"y\"", "z",
                "Uri=http://example.org/z", "Shell", "Uri=http://example.org/z", "O:NSG:BAD:P(A;;GA;;;BA)",
                "O:NSG:BAD:P(A;;GA;;;IU)", "1", "0", "7", "Drop",
            ],
            result.Text);
    }

    [Fact]
    public void APluginRunsAsAnotherUser()
    {
        EngineResult result = Session.Run(
            $$"""
            $p = "{{Plugin}}"
            Set-Item $p\RunAsUser $credential -WarningAction Ignore
            (Get-Item $p\RunAsUser).Value; $i = Get-Item $p\RunAsPassword; $i.Type; $i.Value.Length
            Set-Item $p\RunAsPassword $credential.Password -WarningAction Ignore
            Clear-Item $p\RunAsUser -WarningAction Ignore
            "[$((Get-Item $p\RunAsUser).Value)]"; "[$((Get-Item $p\RunAsPassword).Value)]"
            """).Succeeded();

        Assert.Equal([EndpointProcess.UserName, "System.Security.SecureString", "0", "[]", "[]"], result.Text);
        Assert.DoesNotContain(EndpointProcess.Password, string.Concat(result.Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void NoPasswordIsShown()
    {
        EngineResult result = Session.Run(
            $$"""
            $m = New-Item $h\ClientCertificate -Issuer ('c' * 40) -Credential $credential -Force -Verbose
            Set-Item "$($m.PSPath)\Password" $credential.GetNetworkCredential().Password -Force -Verbose
            Set-Item {{Plugin}}\RunAsUser $credential -WarningAction Ignore -Verbose
            Set-Item {{Plugin}}\RunAsPassword $credential.Password -WarningAction Ignore -Verbose
            Clear-Item {{Plugin}}\RunAsUser -WarningAction Ignore -Verbose
            Remove-Item $m.PSPath -Recurse
            """).Succeeded();
        ErrorRecord error = Session.Run(
            $"$bad = [pscredential]::new('nobody', $credential.Password); Set-Item {Plugin}\\RunAsUser $bad").Failed();

        AssertRefused(error, "SetItem", "0x803381C3");
        Assert.Contains("*****", string.Concat(result.Verbose), StringComparison.Ordinal);
        Expect.NoSecret(string.Join('\n', result.Verbose));
    }

    [Theory]
    [InlineData("$h\\Listener\\Listener_2132651585")]
    [InlineData(Plugin)]
    [InlineData(Plugin + "\\InitializationParameters\\PSVersion")]
    public void WhoStandsThereCannotRemoveIt(string path)
    {
        // The engine itself knows the location; it forgets the one that the drive remembers.
        string container = path.EndsWith("PSVersion", StringComparison.Ordinal) ? Plugin : path;
        ErrorRecord error = Session.Run(
            $"Set-Location \"{container}\"; Set-Location /; Remove-Item \"{container}\" -Recurse").Failed();

        AssertRefused(error, "RemoveItem", "Set-Location WSMan:\\");
        Assert.Equal(["True"], Session.Run($"Test-Path \"{path}\"").Text);
    }
}
