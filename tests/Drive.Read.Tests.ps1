# What is below a computer on the drive, as it is shown, and how often the server is asked for it.
BeforeDiscovery {
    $leaf = 'Microsoft.WSMan.Management.WSManConfigLeafElement'
    $container = 'Microsoft.WSMan.Management.WSManConfigContainerElement'
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $policy, $few = '127.20.1.1', '127.20.1.2', '127.20.1.3'
    $computer = Start-Computer $one
    $login = $computer.Login
    $h = "WSMan:\$one"
    $plugin = "$h\Plugin\microsoft.powershell"
    $provider = 'Microsoft.WSMan.Management\WSMan::'
}
AfterAll { Stop-Computer $computer }

Describe 'The configuration of a computer on the drive' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach {
        Set-Location WSMan:\
        Set-Location $root
        Disconnect-EveryComputer
    }

    It 'has at <path> what Windows has' -ForEach @(
        @{ path = '.'; names = -split 'MaxEnvelopeSizekb MaxTimeoutms MaxBatchItems MaxProviderRequests Client Service
            Shell Listener Plugin ClientCertificate' }
        @{ path = 'Client'; names = -split 'NetworkDelayms URLPrefix AllowUnencrypted Auth DefaultPorts TrustedHosts' }
        @{ path = 'Client\Auth'; names = -split 'Basic Digest Kerberos Negotiate Certificate CredSSP' }
        @{ path = 'Client\DefaultPorts'; names = -split 'HTTP HTTPS' }
        @{ path = 'Service\DefaultPorts'; names = -split 'HTTP HTTPS' }
        @{ path = 'Service\Auth'; names = -split 'Basic Kerberos Negotiate Certificate CredSSP CbtHardeningLevel' }
        @{ path = 'Service'; names = -split 'RootSDDL MaxConcurrentOperations MaxConcurrentOperationsPerUser
            EnumerationTimeoutms MaxConnections MaxPacketRetrievalTimeSeconds AllowUnencrypted Auth DefaultPorts
            IPv4Filter IPv6Filter EnableCompatibilityHttpListener EnableCompatibilityHttpsListener
            CertificateThumbprint AllowRemoteAccess' }
        @{ path = 'Shell'; names = -split 'AllowRemoteShellAccess IdleTimeout MaxConcurrentUsers MaxShellRunTime
            MaxProcessesPerShell MaxMemoryPerShellMB MaxShellsPerUser' }
        @{ path = 'Plugin\microsoft.powershell\InitializationParameters'; names = 'PSVersion' }
        @{ path = 'Plugin\microsoft.powershell\Quotas'; names = -split 'MaxIdleTimeoutms MaxConcurrentUsers
            IdleTimeoutms MaxProcessesPerShell MaxMemoryPerShellMB MaxConcurrentCommandsPerShell MaxShells
            MaxShellsPerUser' }
    ) {
        (Get-ChildItem $h\$path).Name | Should -BeExactly $names
        Get-ChildItem $h\$path -Name | Should -BeExactly $names
    }

    It 'has at <path> an item of type <type>' -ForEach @(
        @{ path = 'Client\TrustedHosts'; typeName = $leaf; type = 'System.String'; value = '' }
        @{ path = 'Client\NetworkDelayms'; typeName = $leaf; type = 'System.String'; value = '5000' }
        @{ path = 'Service\Auth\CbtHardeningLevel'; typeName = $leaf; type = 'System.String'; value = 'Relaxed' }
        @{ path = 'MaxBatchItems'; typeName = $leaf; type = 'System.String'; value = '32000' }
        @{ path = 'Client'; typeName = $leaf; type = 'Container'; value = $null }
        @{ path = 'Client\Auth'; typeName = $leaf; type = 'Container'; value = $null }
        @{ path = 'Plugin\microsoft.powershell'; typeName = $container; type = 'Container'; value = $null }
        @{ path = 'Plugin\microsoft.powershell\Quotas'; typeName = $leaf; type = 'Container'; value = $null }
        @{ path = 'Plugin\microsoft.powershell\InitializationParameters\PSVersion'; typeName = "$leaf#InitParams"
            type = 'System.String'; value = '5.1' }
        @{ path = 'Plugin\microsoft.powershell\SDKVersion'; typeName = $leaf; type = 'System.String'; value = '2' }
    ) {
        $item = Get-Item $h\$path
        $item.PSTypeNames[0] | Should -BeExactly $typeName
        $item.Type, $item.TypeNameOfElement | Should -BeExactly $type, $type
        $item.PSIsContainer | Should -Be ($type -eq 'Container')
        $item.Value | Should -BeExactly $value
        if ($type -ne 'Container') { $item.Value | Should -BeOfType string }
        $item.PSChildName | Should -BeExactly $item.Name
    }

    It 'knows a listener by its keys' {
        $listener = Get-ChildItem $h\Listener
        $listener.Name | Should -BeExactly Listener_2132651585
        $listener.Keys | Should -BeExactly Address=*, Transport=HTTP
        $listener.PSTypeNames[0] | Should -BeExactly Microsoft.WSMan.Management.WSManConfigContainerElement
        $listener.PSPath | Should -BeExactly "${provider}$one\Listener\Listener_2132651585"
        (Get-ChildItem $listener.PSPath).Name -replace '_\d+$', '_#' | Should -BeExactly Address, Transport, Port,
            Hostname, Enabled, URLPrefix, CertificateThumbprint, ListeningOn_#, ListeningOn_#
        (Get-Item "$($listener.PSPath)\Port").Value | Should -BeExactly '5985'
    }

    It 'knows a resource of a plugin by its URI, and shows its security' {
        $resource = Get-ChildItem $plugin\Resources | Select-Object -First 1
        $resource.Name | Should -Match '^Resource_\d+$'
        $resource.Keys | Should -BeExactly Uri=http://schemas.microsoft.com/powershell/microsoft.powershell
        (Get-ChildItem $resource.PSPath).Name |
            Should -BeExactly ResourceUri, SupportsOptions, ExactMatch, Capability, Security
        $capability = Get-Item "$($resource.PSPath)\Capability"
        , $capability.Value | Should -BeOfType object[]
        $capability.Value | Should -BeExactly Shell
        $security = Get-ChildItem "$($resource.PSPath)\Security" | Select-Object -First 1
        $security.Name | Should -Match '^Security_\d+$'
        (Get-ChildItem $security.PSPath).Name | Should -BeExactly Uri, Sddl, ExactMatch, ParentResourceUri, xmlns
        (Get-Item "$($security.PSPath)\ParentResourceUri").Value |
            Should -BeExactly (Get-Item "$($resource.PSPath)\ResourceUri").Value
    }

    It 'has no item that its own path does not lead to' {
        $all = Get-ChildItem $h -Recurse
        $all.Count | Should -BeGreaterThan 250
        $astray = foreach ($item in $all) {
            $same = Get-Item -LiteralPath $item.PSPath
            $isSame = $same.PSPath -ceq $item.PSPath -and $same.Name -ceq $item.Name
            if (-not $isSame -or "$($same.Value)" -cne "$($item.Value)") { $item.PSPath }
        }
        $astray | Should -BeNullOrEmpty
    }

    It 'is reached by the spelling <spelling>' -ForEach @(
        @{ spelling = 'WSMan:\{0}\Client\Auth' }, @{ spelling = 'WSMan:\{0}/Client/Auth' }
        @{ spelling = 'WSMan:\{0}\client/AUTH\' }, @{ spelling = 'WSMan::{0}\Client\Auth' }
        @{ spelling = 'Microsoft.WSMan.Management\WSMan::WSMan/{0}/Client\Auth' }
        @{ spelling = 'Other:\{0}\Client\Auth' }, @{ spelling = 'WSMan:\{0}\.\Client\.\Auth\.' }
        @{ spelling = 'WSMan:\{0}\Service\..\Client\Auth' }, @{ spelling = 'WSMan:\{0}\Client\Auth\Basic\..' }
        @{ spelling = 'WSMan::WSMan/{0}/Service/../Client/./Auth' }
    ) {
        $null = New-PSDrive Other -PSProvider WSMan -Root ''
        $path = $spelling -f $one
        Test-Path $path | Should -BeTrue
        (Get-Item $path).PSPath | Should -BeExactly "${provider}$one\Client\Auth"
        Get-ChildItem $path | Should -HaveCount 6
        Set-Location $path
        Get-ChildItem | Should -HaveCount 6
        Get-ChildItem -Name | Select-Object -First 1 | Should -BeExactly Basic
        Set-Location WSMan:\
    }

    It 'is filtered as in any other drive: <reading>' -ForEach @(
        @{ reading = { (Get-ChildItem $h\Client\*s).Name }; names = 'NetworkDelayms', 'DefaultPorts', 'TrustedHosts' }
        @{ reading = { (Get-Item $h\Cl*t\Auth\K*).Name }; names = 'Kerberos' }
        @{ reading = { (Get-ChildItem $h\* -Include M*Items).Name }; names = 'MaxBatchItems' }
        @{ reading = { (Get-ChildItem $h\Client -Recurse -Include HTTP*).Name }; names = 'HTTP', 'HTTPS' }
        @{ reading = { (Get-ChildItem $h\Client -Exclude *s).Name }; names = 'URLPrefix', 'AllowUnencrypted', 'Auth' }
        @{ reading = { (Get-ChildItem $h -Recurse -Depth 0).Count }; names = '10' }
        @{ reading = { (Get-ChildItem $h\Client -Recurse -Depth 1).Count }; names = '14' }
        @{ reading = { Resolve-Path $h\Client\Auth\B* | Split-Path -Leaf }; names = 'Basic' }
    ) {
        & $reading | Should -BeExactly $names
    }

    It 'has nothing that strict mode objects to' {
        Set-StrictMode -Version Latest
        Get-ChildItem $h -Recurse | Should -Not -BeNullOrEmpty
        Set-Item $h\Client\NetworkDelayms 5000
        (Get-Item $h\Client\NetworkDelayms).SourceOfValue | Should -BeNullOrEmpty
    }

    It 'completes the names after <typed>' -ForEach @(
        @{ typed = 'dir WSMan:\127.20.1.1\Cl'; names = 'Client', 'ClientCertificate' }
        @{ typed = 'dir WSMan:\127.20.1.1\Client\Au'; names = 'Auth' }
        @{ typed = 'Set-Item WSMan:\127.20.1.1/Client/Auth/'
            names = 'Basic', 'Certificate', 'CredSSP', 'Digest', 'Kerberos', 'Negotiate' }
    ) {
        (TabExpansion2 $typed $typed.Length).CompletionMatches.ListItemText | Sort-Object | Should -BeExactly $names
    }
}

Describe 'A setting that a policy decides' {
    BeforeAll {
        $decided = Start-Computer $policy -Option @(
            '--policy', 'Client/TrustedHosts=*.example', '--policy', 'Service/Auth/Basic=true')
        $policyLogin = $decided.Login
        Connect-WSMan $policy @policyLogin
    }
    AfterAll {
        Disconnect-EveryComputer
        Stop-Computer $decided
    }

    It 'is shown with its source' {
        $item = Get-Item WSMan:\$policy\Client\TrustedHosts
        $item.Value, $item.SourceOfValue | Should -BeExactly *.example, GPO
        (Get-ChildItem WSMan:\$policy\Service\Auth | Where-Object SourceOfValue).Name | Should -BeExactly Basic
    }
}

Describe 'Each command' {
    BeforeAll {
        $counting = Start-Computer $few -Option '--plugins', '3'
        $countingLogin = $counting.Login
        Connect-WSMan $few @countingLogin
        $h = "WSMan:\$few"
    }
    AfterEach { Set-Location $root }
    AfterAll {
        Disconnect-EveryComputer
        Stop-Computer $counting
    }

    # All settings are one resource; the listeners, the mappings and the ten plugins are one enumeration each.
    It 'reads each resource once, and makes <requests> requests for <command>' -ForEach @(
        @{ requests = 1; command = { Get-ChildItem $h } }
        @{ requests = 1; command = { Get-ChildItem $h\Client } }
        @{ requests = 1; command = { Get-ChildItem $h\Client\Auth } }
        @{ requests = 1; command = { Get-ChildItem $h\Client\DefaultPorts } }
        @{ requests = 1; command = { Get-ChildItem $h\Service } }
        @{ requests = 1; command = { Get-ChildItem $h\Service\Auth } }
        @{ requests = 1; command = { Get-ChildItem $h\Shell } }
        @{ requests = 1; command = { Get-ChildItem $h\Listener } }
        @{ requests = 1; command = { Get-ChildItem $h\Plugin } }
        @{ requests = 1; command = { Get-ChildItem $h\ClientCertificate } }
        @{ requests = 1; command = { Get-ChildItem $h\Plugin\microsoft.powershell } }
        @{ requests = 1; command = { Get-ChildItem $h\Plugin\microsoft.powershell\InitializationParameters } }
        @{ requests = 1; command = { Get-ChildItem $h\Plugin\microsoft.powershell\Quotas } }
        @{ requests = 1; command = { Get-ChildItem $h\Plugin\microsoft.powershell\Resources } }
        @{ requests = 1; command = { Get-ChildItem $h -Name } }
        @{ requests = 1; command = { Get-Item $h\Client\Auth\Basic } }
        @{ requests = 1; command = { Get-Item $h\Plugin\microsoft.powershell\Quotas\MaxShells } }
        @{ requests = 1; command = { Test-Path $h\Plugin\microsoft.powershell\Quotas\MaxShells } }
        @{ requests = 1; command = { Test-Path $h\Service } }
        @{ requests = 0; command = { Set-Location $h\Client\Auth; Set-Location WSMan:\ } }
        @{ requests = 2; command = { Set-Item $h\Client\NetworkDelayms 5000 } }
        @{ requests = 0; command = { Set-Item $h\Client\NetworkDelayms 1 -WhatIf } }
        @{ requests = 2; command = {
                Set-Item $h\Plugin\microsoft.powershell\Quotas\MaxShells 25 -WarningAction Ignore
            } }
        @{ requests = 4; command = { Get-ChildItem $h -Recurse } }
        @{ requests = 4; command = { Get-ChildItem $h -Recurse -Include Max* } }
        @{ requests = 1; command = { Get-ChildItem $h\Plugin -Recurse } }
    ) {
        $before = (Get-Count $counting).requests
        $null = & $command
        (Get-Count $counting).requests - $before | Should -Be $requests
    }

    It 'reads anew what the last one has changed' {
        foreach ($value in 21, 22) {
            Set-Item $h\Shell\MaxShellsPerUser $value -WarningAction Ignore
            (Get-Item $h\Shell\MaxShellsPerUser).Value | Should -Be $value
        }
        (Get-ChildItem $h\Shell).Value[-1] | Should -Be 22
    }
}
