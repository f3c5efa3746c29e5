# winrm/config/client of the local computer is the client settings of the user, which no service is asked for.
BeforeDiscovery {
    $spellings = @(
        'winrm/config/client', 'WinRM/Config/CLIENT', 'wsman/config/client/', 'winrm/config/client?'
        'http://schemas.microsoft.com/wbem/wsman/1/config/client'
        'HTTP://schemas.Microsoft.com/wbem/wsman/1/Config/Client/').ForEach{ @{ resource = $_ } }
}
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.61.1'
    $computer = Start-Computer $one, 127.0.0.1
    $login = $computer.Login
    $file = "$env:XDG_CONFIG_HOME/wsman/client.json"
    $client = 'WSMan:\localhost\Client'
    $namespace = 'http://schemas.microsoft.com/wbem/wsman/1/config'
    $ofWindows = 'NetworkDelayms', 'URLPrefix', 'AllowUnencrypted', 'Auth', 'DefaultPorts', 'TrustedHosts'
    $own = 'TrustedCAPath', 'ClientCertificateFile', 'LegacyTLSHosts', 'AllowFreshCredentials', 'CredSSPMinimumVersion',
        'ConnectTimeoutms', 'TestTimeoutms', 'TeardownTimeoutms', 'ExitTimeoutms'
}
AfterAll { Stop-Computer $computer }

Describe 'Get-WSManInstance of the client settings' {
    BeforeEach { Set-ClientSetting @{ TrustedHosts = 'a,*.b' } }
    AfterEach { Disconnect-EveryComputer }

    It 'answers <resource> without a service' -ForEach $spellings {
        $before = (Get-Count $computer).accepted
        $answer = Get-WSManInstance $resource
        $answer | Should -HaveCount 1
        $answer | Should -BeOfType Xml.XmlElement
        $answer.TrustedHosts | Should -BeExactly 'a,*.b'
        $answer.pstypenames[0] | Should -BeExactly "System.Xml.XmlElement#$namespace/client#Client"
        (Get-Count $computer).accepted | Should -Be $before
    }

    It 'answers for the computer <name>' -ForEach @(
        @{ name = 'localhost' }, @{ name = 'LocalHost' }, @{ name = '.' }, @{ name = '' }, @{ name = $null }
    ) {
        (Get-WSManInstance winrm/config/client -ComputerName $name).TrustedHosts | Should -BeExactly 'a,*.b'
    }

    It 'has the settings that a service of Windows answers with, in the same form, and those of this module behind them' {
        $theirs = Get-WSManInstance winrm/config/client -ComputerName $one @login
        $ours = Get-WSManInstance winrm/config/client
        $theirs.ChildNodes.LocalName | Should -BeExactly $ofWindows
        $ours.ChildNodes.LocalName | Should -BeExactly ($ofWindows + $own)
        $ours.Name, $ours.NamespaceURI, $ours.lang | Should -BeExactly $theirs.Name, $theirs.NamespaceURI, $theirs.lang
        foreach ($name in $ofWindows) {
            $ours.$name.ChildNodes.Name | Should -BeExactly $theirs.$name.ChildNodes.Name
            ($ours.ChildNodes | Where-Object LocalName -eq $name).NamespaceURI | Should -BeExactly "$namespace/client"
        }
    }

    It 'is named where no service answers for the rest of the configuration: <asked>' -ForEach @(
        @{ asked = 'winrm/config/service' }, @{ asked = 'WINRM/Config/Listener' }, @{ asked = 'wsman/config/plugin?Name=x' }
    ) {
        $unused = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $unused.Start()
        $port = $unused.LocalEndpoint.Port
        $unused.Stop()
        Set-ClientSetting @{ DefaultPorts = @{ HTTP = $port }; AllowUnencrypted = $true }
        $said = 'The WinRM service of this computer was asked.', 'that of a client, winrm/config/client'
        Assert-WSManError (Get-OneError { Get-WSManInstance $asked -Enumerate }) GetWSManInstance $asked $said
        $failure = Get-OneError { Get-WSManInstance wmicimv2/Win32_Service }
        "$($failure.Exception.Message)" | Should -Not -BeLike '*winrm/config/client*'
    }

    It 'has what the drive has' {
        $answer = Get-WSManInstance winrm/config/client
        foreach ($item in Get-ChildItem $client | Where-Object Type -ne Container) {
            $answer.($item.Name) | Should -BeExactly $item.Value
        }
        foreach ($group in 'Auth', 'DefaultPorts') {
            foreach ($item in Get-ChildItem $client\$group) {
                $answer.$group.($item.Name) | Should -BeExactly $item.Value
                (Get-WSManInstance winrm/config/client/$group).($item.Name) | Should -BeExactly $item.Value
            }
        }
    }

    It 'answers <section> as a resource of its own' -ForEach @(
        @{ section = 'auth'; root = 'cfg:Auth'; names = 'Basic', 'Digest', 'Kerberos', 'Negotiate', 'Certificate', 'CredSSP' }
        @{ section = 'DefaultPorts'; root = 'cfg:DefaultPorts'; names = 'HTTP', 'HTTPS' }
    ) {
        $answer = Get-WSManInstance winrm/config/client/$section
        $answer.Name | Should -BeExactly $root
        $answer.NamespaceURI | Should -BeExactly "$namespace/client/$($section.ToLowerInvariant())"
        $answer.ChildNodes.LocalName | Should -BeExactly $names
    }

    It 'answers the fragment <fragment> as a string' -ForEach @(
        @{ fragment = 'TrustedHosts'; said = 'XmlFragment=a,*.b' }
        @{ fragment = 'trustedhosts'; said = 'XmlFragment=a,*.b' }
        @{ fragment = 'TrustedHosts/text()'; said = 'XmlFragment=a,*.b' }
        @{ fragment = 'cfg:Auth/cfg:CredSSP'; said = 'XmlFragment=false' }
        @{ fragment = 'DefaultPorts'; said = 'XmlFragment=59855986' }
    ) {
        Get-WSManInstance winrm/config/client -Fragment $fragment | Should -BeExactly $said
    }

    Context 'with a session under the name localhost' {
        BeforeEach {
            Connect-WSMan localhost @login
            $before = (Get-Count $computer).requests
        }

        It 'still answers winrm/config/client from the settings' {
            (Get-WSManInstance winrm/config/client).TrustedHosts | Should -BeExactly 'a,*.b'
            $null = Set-WSManInstance winrm/config/client -ValueSet @{ TrustedHosts = 'c' }
            (Get-Item $client\TrustedHosts).Value | Should -BeExactly c
            (Get-Count $computer).requests | Should -Be $before
        }

        It 'asks the service for winrm/config, of which it has more' {
            (Get-WSManInstance winrm/config).Service.MaxConnections | Should -Be 300
            (Get-Count $computer).requests | Should -BeGreaterThan $before
        }
    }

    It 'asks the service of another computer for its own' {
        Connect-WSMan $one @login
        (Get-WSManInstance winrm/config/client -ComputerName $one).TrustedHosts | Should -BeNullOrEmpty
    }

    It 'asks a service where the connection to one is described: <how>' -ForEach @(
        @{ how = 'Port'; with = { @{ UseSSL = $true; Port = $computer.Https; Authentication = 'Basic'; Credential = $computer.Credential } } }
        @{ how = 'ConnectionURI'; with = {
                @{ ConnectionURI = "https://localhost:$($computer.Https)/wsman"; Authentication = 'Basic'; Credential = $computer.Credential }
            } }
    ) {
        $how = & $with
        (Get-WSManInstance winrm/config/client @how).TrustedHosts | Should -BeNullOrEmpty
    }

    It 'refuses <what>: <text>' -ForEach @(
        @{ what = 'selectors'; command = { Get-WSManInstance winrm/config/client -SelectorSet @{ a = 'b' } }; text = 'Selectors have no meaning' }
        @{ what = 'selectors in the URI'; command = { Get-WSManInstance winrm/config/client?a=b }; text = 'Selectors have no meaning'
            target = 'winrm/config/client?a=b' }
        @{ what = 'options'; command = { Get-WSManInstance winrm/config/client -OptionSet @{ a = 'b' } }; text = 'Options have no meaning' }
        @{ what = 'a dialect'; command = { Get-WSManInstance winrm/config/client -Fragment Auth -Dialect urn:x }; text = 'Dialects have no meaning' }
        @{ what = 'a fragment that is not there'; command = { Get-WSManInstance winrm/config/client -Fragment Auth/Nope }
            text = 'There is no Nope in winrm/config/client', 'CredSSP' }
        @{ what = 'an enumeration'; command = { Get-WSManInstance winrm/config/client -Enumerate }; text = 'Get-WSManInstance reads' }
    ) {
        Assert-WSManError (Get-ErrorWithoutChange $command) GetWSManInstance ($target ?? 'winrm/config/client') $text
    }

    It 'names a broken file' {
        Set-Content $file '{ "TrustedHosts": '
        $failure = Get-ErrorWithoutChange { Get-WSManInstance winrm/config/client }
        Assert-WSManError $failure GetWSManInstance winrm/config/client $file
        Set-ClientSetting
    }
}

Describe 'The other cmdlets of resources' {
    BeforeAll { Set-ClientSetting }

    It 'say of the client settings that they can be read and changed: <class>' -ForEach @(
        @{ class = 'NewWSManInstance'; command = { New-WSManInstance winrm/config/client @{} -ValueSet @{ TrustedHosts = 'b' } } }
        @{ class = 'RemoveWSManInstance'; command = { Remove-WSManInstance winrm/config/client/auth @{ a = 'b' } } }
        @{ class = 'InvokeWSManAction'; command = { Invoke-WSManAction winrm/config/client Restore }; target = 'winrm/config/client' }
    ) {
        Assert-WSManError (Get-ErrorWithoutChange $command) $class $target `
            'is your own client settings', 'Set-WSManInstance changes'
    }
}
