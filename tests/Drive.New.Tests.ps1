# New-Item and Remove-Item below a computer on the drive. What they refuse is Drive.Refusals.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.1.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $credential = $computer.Credential
    $h = "WSMan:\$one"
    $plugin = "$h\Plugin\microsoft.powershell"
    $container = 'Microsoft.WSMan.Management.WSManConfigContainerElement'
    $newPlugin = @{
        Path = "$h\Plugin"; FileName = '%windir%\system32\x.dll'; SDKVersion = 2; Resource = 'http://example.org/x'
        Capability = 'Get', 'Put'; XMLRenderingType = 'text'
    }
}
AfterAll { Stop-Computer $computer }

Describe 'New-Item below a computer' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    # Those with an exclamation mark are mandatory.
    It 'has parameters of its own at <path>: <parameters>' -ForEach @(
        @{ path = 'Listener'
            parameters = 'Address!', 'CertificateThumbPrint', 'Enabled', 'HostName', 'Port', 'Transport!', 'URLPrefix' }
        @{ path = 'ClientCertificate'; parameters = 'Enabled', 'Issuer!', 'Subject', 'URI' }
        @{ path = 'Plugin'
            parameters = 'AutoRestart', 'Capability!', 'File!', 'FileName!', 'Plugin!', 'ProcessIdleTimeoutSec',
                'Resource!', 'RunAsCredential', 'SDKVersion!', 'UseSharedProcess', 'XMLRenderingType!' }
        @{ path = 'Plugin\microsoft.powershell\InitializationParameters'; parameters = 'ParamName!', 'ParamValue!' }
        @{ path = 'Plugin\microsoft.powershell\Resources'; parameters = 'Capability!', 'ResourceUri!' }
        @{ path = 'Plugin\microsoft.powershell\Resources\Resource_1\Security'; parameters = 'Sddl!' }
        @{ path = 'Client'; parameters = @() }
        @{ path = 'Plugin\microsoft.powershell'; parameters = @() }
    ) {
        $own = (Get-Command New-Item -ArgumentList $h\$path).Parameters.Values | Where-Object IsDynamic
        $said = $own | ForEach-Object { $_.Name + ($_.ParameterSets.Values.IsMandatory -contains $true ? '!' : '') }
        @($said | Sort-Object) | Should -BeExactly $parameters
    }

    It 'makes a listener, which is changed and removed' {
        $what = @{ Address = 'IP:127.0.0.3'; Transport = 'http'; Port = 8080; URLPrefix = 'abc'; Enabled = $false }
        $listener = New-Item $h\Listener @what -Force
        $listener.PSTypeNames[0] | Should -BeExactly $container
        $listener.Name | Should -BeExactly Listener_3593021359
        $listener.Keys | Should -BeExactly Address=IP:127.0.0.3, Transport=HTTP
        $listener.PSIsContainer | Should -BeTrue
        $path = $listener.PSPath
        'Port', 'URLPrefix', 'Enabled', 'Transport' | ForEach-Object { (Get-Item $path\$_).Value } |
            Should -BeExactly '8080', 'abc', 'false', 'HTTP'
        $keys = @{ Address = 'IP:127.0.0.3'; Transport = 'HTTP' }
        $said = (Get-WSManInstance winrm/config/listener -SelectorSet $keys -ComputerName $one).ChildNodes
        (Get-ChildItem $path).Name | Should -BeExactly $said.LocalName
        (Get-ChildItem $path).Value | Should -BeExactly $said.InnerText
        Set-Item $path\Enabled $true -Force
        (Get-Item $path\Enabled).Value | Should -BeExactly true
        Remove-Item $path -Recurse
        Test-Path $path | Should -BeFalse
    }

    It 'makes a listener with a certificate and the host of it' {
        $thumbprint = '5' * 40
        $how = @{ Transport = 'HTTPS'; HostName = 'loopback'; CertificateThumbPrint = $thumbprint }
        $path = (New-Item $h\Listener -Address * @how -Force).PSPath
        (Get-Item $path\CertificateThumbprint).Value | Should -BeExactly $thumbprint
        (Get-Item $path\Hostname).Value | Should -BeExactly loopback
        Remove-Item $path -Recurse
    }

    It 'makes a mapping of a certificate, which is changed and removed' {
        $what = @{ Issuer = 'a' * 40; Subject = 'user@example.org'; URI = '*'; Credential = $credential }
        $mapping = New-Item $h\ClientCertificate @what -Force
        $mapping.Keys | Should -BeExactly "Issuer=$('a' * 40)", Subject=user@example.org, URI=*
        $path = $mapping.PSPath
        (Get-ChildItem $path).Name | Should -BeExactly URI, Subject, Issuer, UserName, Enabled, Password
        'UserName', 'Password', 'Enabled' | ForEach-Object { (Get-Item $path\$_).Value } |
            Should -BeExactly $userName, '', 'true'
        Set-Item $path\Enabled $false -Force
        (Get-Item $path\Enabled).Value | Should -BeExactly false
        Set-Item $path\Password $credential.Password -Force
        Remove-Item $path -Recurse
        Get-ChildItem $h\ClientCertificate | Should -BeNullOrEmpty
    }

    It 'makes a plugin with the name <name>' -ForEach @(
        @{ name = 'plain' }, @{ name = 'with space [and] brackets' }, @{ name = 'sl/ash\es %2F 100%' }
        @{ name = "`u{fc}n`u{ef}c`u{f8}d`u{e9} `u{540d}`u{524d} `u{1f642}" }, @{ name = "it's & <`"quoted`">" }
    ) {
        $made = New-Item @newPlugin -Plugin $name -UseSharedProcess -AutoRestart -ProcessIdleTimeoutSec 60
        $made.Keys | Should -BeExactly "Name=$name"
        $made.PSTypeNames[0] | Should -BeExactly $container
        $path = $made.PSPath
        Test-Path -LiteralPath $path | Should -BeTrue
        (Get-ChildItem $h\Plugin | Where-Object Keys -CEQ "Name=$name").PSPath | Should -BeExactly $path
        'Name', 'UseSharedProcess', 'AutoRestart', 'ProcessIdleTimeoutSec' |
            ForEach-Object { (Get-Item -LiteralPath $path\$_).Value } | Should -BeExactly $name, 'True', 'True', '60'
        Set-Item -LiteralPath $path\Enabled $false -WarningAction Ignore
        (Get-Item -LiteralPath $path\Enabled).Value | Should -BeExactly False
        Remove-Item -LiteralPath $path -Recurse
        Test-Path -LiteralPath $path | Should -BeFalse
    }

    It 'makes a plugin from a file, with all that the file has' {
        $file = "$(New-Folder)/plugin.xml"
        Set-Content $file @'
<?xml version="1.0" encoding="utf-8"?>
<!-- kept -->
<PlugInConfiguration xmlns="http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration"
    Name="from file" Filename="%windir%\system32\x.dll" SDKVersion="1" XmlRenderingType="XmlReader" Unknown="kept">
  <InitializationParameters><Param Name="a b" Value="&lt;&amp;"/></InitializationParameters>
  <Resources><Resource ResourceUri="http://example.org/y"><Capability Type="Shell"/></Resource></Resources>
  <Quotas MaxShells="3"/>
</PlugInConfiguration>
'@
        $made = New-Item $h\Plugin -Name 'from file' -File $file -RunAsCredential $credential
        $made.Name | Should -BeExactly 'from file'
        $path = $made.PSPath
        'Unknown', 'RunAsUser', 'Quotas\MaxShells', 'InitializationParameters\a b' |
            ForEach-Object { (Get-Item $path\$_).Value } | Should -BeExactly 'kept', $userName, '3', '<&'
        (Get-Item $path\RunAsPassword).Value | Should -BeOfType securestring
        Remove-Item $path -Recurse
    }

    It 'makes parts of a plugin, which are removed, and the rest stays' {
        $path = (New-Item @newPlugin -Plugin parts).PSPath
        Set-Item $path\Quotas\MaxShells 7 -WarningAction Ignore
        Set-Item $path\OutputBufferingMode Drop -WarningAction Ignore

        $parameter = New-Item $path\InitializationParameters -ParamName 'a/b c' -ParamValue '<x> & "y"'
        $parameter.PSTypeNames[0] | Should -BeExactly 'Microsoft.WSMan.Management.WSManConfigLeafElement#InitParams'
        $parameter.Value | Should -BeExactly '<x> & "y"'
        (Get-Item $parameter.PSPath).Value | Should -BeExactly '<x> & "y"'
        Set-Item $parameter.PSPath z -WarningAction Ignore
        (Get-Item $parameter.PSPath).Value | Should -BeExactly z

        $resource = New-Item $path\Resources -ResourceUri http://example.org -Capability Shell
        $resource.Keys | Should -BeExactly Uri=http://example.org/
        $resource.Name | Should -BeExactly (Get-Item $resource.PSPath).Name
        (Get-Item "$($resource.PSPath)\Capability").Value | Should -BeExactly Shell

        $security = New-Item "$($resource.PSPath)\Security" -Sddl 'O:NSG:BAD:P(A;;GA;;;BA)' -Force
        $security.Keys | Should -BeExactly Uri=http://example.org/
        $sddl = "$($security.PSPath)\Sddl"
        (Get-Item $sddl).Value | Should -BeExactly 'O:NSG:BAD:P(A;;GA;;;BA)'
        Set-Item $sddl 'O:NSG:BAD:P(A;;GA;;;IU)' -Force
        (Get-Item $sddl).Value | Should -BeExactly 'O:NSG:BAD:P(A;;GA;;;IU)'

        Remove-Item $security.PSPath -Recurse
        Get-ChildItem "$($resource.PSPath)\Security" | Should -BeNullOrEmpty
        Remove-Item $parameter.PSPath
        Remove-Item $resource.PSPath -Recurse
        Get-ChildItem $path\Resources | Should -HaveCount 1
        Get-ChildItem $path\InitializationParameters | Should -BeNullOrEmpty
        (Get-Item $path\Quotas\MaxShells).Value | Should -Be 7
        (Get-Item $path\OutputBufferingMode).Value | Should -BeExactly Drop
        Remove-Item $path -Recurse
    }
}

Describe 'A password that the drive is given' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'is that of the user a plugin runs as, and goes with the user' {
        Set-Item $plugin\RunAsUser $credential -WarningAction Ignore
        (Get-Item $plugin\RunAsUser).Value | Should -BeExactly $userName
        $item = Get-Item $plugin\RunAsPassword
        $item.Type | Should -BeExactly System.Security.SecureString
        $item.Value.Length | Should -Be 0
        Set-Item $plugin\RunAsPassword $credential.Password -WarningAction Ignore
        Clear-Item $plugin\RunAsUser -WarningAction Ignore
        (Get-Item $plugin\RunAsUser).Value | Should -BeNullOrEmpty
        (Get-Item $plugin\RunAsPassword).Value | Should -BeNullOrEmpty
    }

    It 'is shown nowhere, and in no trace' {
        $traced = & {
            New-Item $h\ClientCertificate -Issuer ('c' * 40) -Credential $credential -Force -Verbose
            $mapping = (Get-ChildItem $h\ClientCertificate).PSPath
            Set-Item $mapping\Password $password -Force -Verbose
            Set-Item $plugin\RunAsUser $credential -WarningAction Ignore -Verbose
            Set-Item $plugin\RunAsPassword $credential.Password -WarningAction Ignore -Verbose
            Clear-Item $plugin\RunAsUser -WarningAction Ignore -Verbose
            Remove-Item $mapping -Recurse -Verbose
        } 4>&1
        $text = $traced -join "`n"
        $text | Should -BeLike '*RunAsPassword to the value `*`*`*`*`*.*'
        Assert-NoSecret $text
        $wrong = New-Credential -UserName nobody
        Assert-DriveError (Get-OneError { Set-Item $plugin\RunAsUser $wrong }) SetItem '0x803381C3'
    }
}

Describe 'Remove-Item below a computer' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach {
        Set-Location WSMan:\
        Set-Location $root
        Disconnect-EveryComputer
    }

    # The engine itself knows the location, but not those that were pushed.
    It 'fails for <path> where a pushed location is in it' -ForEach @(
        @{ path = 'Listener\Listener_2132651585'; below = '' }, @{ path = 'Plugin\microsoft.powershell'; below = '' }
        @{ path = 'Plugin\microsoft.powershell'; below = '\InitializationParameters' }
    ) {
        Set-Location $h\$path$below
        Push-Location /
        try {
            Assert-DriveError (Get-OneError { Remove-Item $h\$path -Recurse }) RemoveItem 'Pop-Location'
        } finally {
            Pop-Location
        }
        Test-Path $h\$path | Should -BeTrue
    }

    It 'sets a drive that remembers a location in it back to its root' {
        $made = New-Item $h\Listener -Address IP:127.0.0.9 -Transport HTTP -Force
        Set-Location $made.PSPath.Replace('Microsoft.WSMan.Management\WSMan::', 'WSMan:\')
        Set-Location /
        Remove-Item $made.PSPath -Recurse
        Set-Location WSMan:
        $PWD.Path | Should -Be WSMan:/
    }
}
