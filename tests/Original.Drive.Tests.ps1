# The drive beside that of Microsoft's own module, which runs here over a session that is no COM object: the same lines
# are given to both, each with a computer of its own, and what comes of them is compared: items, errors, warnings, and
# what the computers are asked to change. $at is the path of the computer. There is no line with a wildcard, because
# the original cannot follow the paths that PowerShell makes of them here, and none about localhost, which needs the
# WinRM service.
BeforeDiscovery {
    $powershell = '$at\Plugin\microsoft.powershell'
    $listener = '(Get-ChildItem $at\Listener)[0].PSPath'
    $mapping = '(Get-ChildItem $at\ClientCertificate)[0].PSPath'
    $resource = "(Get-ChildItem $powershell\Resources)[0].PSPath"
    $security = "(Get-ChildItem `"`$($resource)\Security`")[0].PSPath"
    $credential = '([pscredential]::new("tester",' +
        '(ConvertTo-SecureString $env:WSMAN_TEST_PASSWORD -AsPlainText -Force)))'
    $new = '-FileName %windir%\system32\mine.dll -SDKVersion 2'

    $reads = @(
        'Get-Item WSMan:\', 'Test-Path WSMan:\', 'Test-Path $at', 'Test-Path WSMan::nowhere'
        'Test-Path WSMan::nowhere\Client', 'Get-Item WSMan::nowhere', 'Get-Item WSMan::nowhere\Client'
        'Get-ChildItem WSMan::nowhere', 'Get-ChildItem WSMan::nowhere\Client'
        '(Get-ChildItem WSMan:\).Where{ $_.Name -ne "localhost" }'

        'Get-Item $at', 'Get-ChildItem $at', 'Get-ChildItem $at -Name', 'Get-Item $at\MaxTimeoutms', 'Get-Item $at\Nope'
        'Get-Item $at\Nope\Nope', 'Get-ChildItem $at\Nope', 'Test-Path $at\Nope', 'Get-Item $at\Client'
        'Get-Item $at\CLIENT', 'Get-ChildItem $at\Client', 'Get-ChildItem $at\Client -Name', 'Get-Item $at\Client\Nope'
        'Get-ChildItem $at\Client\Nope', 'Get-Item $at\Client\TrustedHosts', 'Get-ChildItem $at\Client\TrustedHosts'
        'Get-Item $at\Client\TrustedHosts\Nope', 'Get-Item $at\Client\Auth', 'Get-Item $at\Client\Auth\Basic'
        'Get-ChildItem $at\Client\Auth', 'Get-ChildItem $at\Client\DefaultPorts', 'Get-ChildItem $at\Service'
        'Get-ChildItem $at\Service\Auth', 'Get-ChildItem $at\Service\DefaultPorts', 'Get-ChildItem $at\Shell'
        'Test-Path $at\Client', 'Test-Path $at\Client -PathType Leaf', 'Test-Path $at\Client -PathType Container'
        'Test-Path $at\Client\TrustedHosts -PathType Leaf', 'Test-Path $at\Client\TrustedHosts -PathType Container'
        'Test-Path $at\Client\Nope', 'Get-ChildItem $at\Client -Recurse', 'Get-ChildItem $at\Service -Recurse'

        'Get-Item $at\Listener', 'Get-ChildItem $at\Listener', 'Get-ChildItem $at\Listener -Name'
        'Get-Item $at\Listener\Listener_1', 'Get-Item $at\Listener\Nope', 'Test-Path $at\Listener'
        'Test-Path $at\Listener\Nope', "Get-Item $listener", "Get-Item `"`$($listener)\Port`""
        "Get-ChildItem $listener", 'Get-Item $at\ClientCertificate', 'Get-ChildItem $at\ClientCertificate'

        'Get-Item $at\Plugin', 'Get-ChildItem $at\Plugin', 'Get-ChildItem $at\Plugin -Name', 'Get-Item $at\Plugin\Nope'
        'Get-Item $at\Plugin\Nope\Quotas', 'Test-Path $at\Plugin\Nope', 'Get-Item "$at\Plugin\Event Forwarding Plugin"'
        'Get-ChildItem "$at\Plugin\WMI Provider" -Name', "Test-Path $powershell", "Test-Path $powershell\Nope"
        "Get-ChildItem $powershell", "Get-ChildItem $powershell -Name", "Get-Item $powershell\Name"
        "Get-Item $powershell\Quotas", "Get-ChildItem $powershell\Quotas", "Get-ChildItem $powershell\Quotas -Name"
        "Get-Item $powershell\Quotas\MaxShells", "Test-Path $powershell\Quotas\MaxShells"
        "Get-ChildItem $powershell\InitializationParameters", "Get-Item $powershell\InitializationParameters\PSVersion"
        "Get-Item $powershell\InitializationParameters\Nope", "Get-Item $powershell\Resources"
        "Get-ChildItem $powershell\Resources", "Get-Item $powershell\Resources\Resource_1", "Get-ChildItem $resource"
        "Get-ChildItem `"`$($resource)\Security`""

        'Get-Content $at\Client\TrustedHosts', 'Set-Content $at\Client\TrustedHosts x', 'Get-ItemProperty $at\Client'
        'Set-ItemProperty $at\Client Name x', 'Get-Acl $at\Client', 'Copy-Item $at\Client $at\Service'
        'Move-Item $at\Client $at\Service', 'Rename-Item $at\Client x', 'Invoke-Item $at\Client'
        'Push-Location $at\Client; (Get-Location).ProviderPath; (Get-Location).Provider.Name; Pop-Location'
        'Split-Path $at\Client\Auth', 'Split-Path $at\Client\Auth -Leaf', 'Resolve-Path $at\Client'
        'Convert-Path $at\Client', 'Join-Path $at Client')

    $changes = @(
        'Set-Item WSMan:\ x', 'Set-Item $at x', 'Set-Item WSMan::nowhere x', 'Clear-Item WSMan:\', 'Clear-Item $at'
        'Remove-Item WSMan:\ -Recurse', 'Remove-Item WSMan:: -Recurse', 'Remove-Item WSMan::nowhere -Recurse'
        'New-Item WSMan::nowhere\Listener -Address * -Transport HTTP -Force', 'New-Item WSMan:\'

        'Set-Item $at\Client\NetworkDelayms 6000', 'Set-Item $at\Client\TrustedHosts a'
        'Set-Item $at\Client\TrustedHosts a -Force', 'Set-Item $at\Client\TrustedHosts b -Force -Concatenate'
        'Set-Item $at\Client\TrustedHosts "b,c" -Force -Concatenate', 'Set-Item $at\Client\TrustedHosts 5 -Force'
        'Set-Item $at\Client\TrustedHosts "" -Force', 'Set-Item $at\Client\TrustedHosts $null -Force'
        'Set-Item $at\Client\trustedhosts z -Force', 'Set-Item $at\Client\TrustedHosts x -WhatIf'
        'Set-Item $at\Client\AllowUnencrypted $true', 'Set-Item $at\Client\AllowUnencrypted nonsense'
        'Set-Item $at\Client\Auth\Digest $false', 'Set-Item $at\Client\DefaultPorts\HTTP 80'
        'Set-Item $at\Client\Auth x', 'Set-Item $at\Client x', 'Set-Item $at\Client\Nope x', 'Set-Item $at\Nope x'
        'Set-Item $at\MaxTimeoutms 70000', 'Set-Item $at\MaxTimeoutms -5', 'Set-Item $at\Service\MaxConnections 5'
        'Set-Item $at\Service\MaxConcurrentOperationsPerUser 1600', 'Clear-Item $at\Service\IPv4Filter'
        'Set-Item $at\Service\RootSDDL "O:NSG:BAD:P(A;;GA;;;BA)" -Force'
        'Set-Item $at\Service\RootSDDL "O:NSG:BAD:P(A;;GA;;;BA)"', 'Set-Item $at\Service\Auth\CbtHardeningLevel Strict'
        'Set-Item $at\Service\Auth\CbtHardeningLevel Nope', 'Set-Item $at\Shell\IdleTimeout 60000'
        'Set-Item $at\Shell\MaxMemoryPerShellMB 2048', 'Clear-Item $at\Client\TrustedHosts -Force'
        'Clear-Item $at\Client', 'Remove-Item $at\Client -Recurse', 'Remove-Item $at\Client\TrustedHosts'
        'New-Item $at\Client', 'New-Item $at\Client\Nope', 'New-Item $at\Nope'

        "Set-Item `"`$($listener)\Port`" 5999", "Set-Item `"`$($listener)\Port`" 5999 -Force"
        "Set-Item `"`$($listener)\Nope`" 5999 -Force", "Set-Item $listener 5999 -Force"
        'Set-Item $at\Listener x -Force'
        'New-Item $at\Listener -Address 127.0.0.5 -Transport HTTP -Force'
        'New-Item $at\Listener -Address IP:127.0.0.5 -Transport HTTP'
        'New-Item $at\Listener -Address IP:127.0.0.5 -Transport HTTP -Port 6666 -Force'
        'New-Item $at\Listener -Address IP:127.0.0.6 -Transport HTTP -HostName x -URLPrefix y -Enabled $false -Force'
        'New-Item $at\Listener -Address IP:127.0.0.5 -Transport HTTP -Port 6666 -Force', 'New-Item $at\Listener -Force'
        'New-Item $at\Listener -Address * -Transport Nope -Force', 'Remove-Item $at\Listener -Recurse'
        'Remove-Item (Get-ChildItem $at\Listener | Where-Object Keys -Contains "Address=IP:127.0.0.5").PSPath -Recurse'
        'Remove-Item $at\Listener\Listener_1 -Recurse'

        "New-Item `$at\ClientCertificate -Issuer $('1' * 40) -Force -Credential $credential"
        "Set-Item `"`$($mapping)\Enabled`" `$false -Force", 'Get-ChildItem $at\ClientCertificate'
        "Remove-Item $mapping -Recurse", "New-Item `$at\ClientCertificate -Issuer $('1' * 40) -Force"
        'New-Item $at\ClientCertificate -Subject x -Force', 'Remove-Item $at\ClientCertificate -Recurse'

        'Set-Item $at\Plugin x', "Set-Item $powershell x", 'Set-Item $at\Plugin\Nope\Enabled x'
        "Set-Item $powershell\XmlRenderingType XmlReader", "Set-Item $powershell\Enabled `$false"
        "Set-Item $powershell\Quotas\IdleTimeoutms 60000", "Set-Item $powershell\Quotas\MaxShells 7"
        "Clear-Item $powershell\Quotas\MaxShells"
        "Set-Item $powershell\InitializationParameters\PSVersion 7.0", "Clear-Item $powershell\Filename"
        "Set-Item $powershell\RunAsUser x", "Set-Item $powershell\RunAsPassword x"
        "Set-Item $powershell\RunAsPassword (ConvertTo-SecureString x -AsPlainText -Force)"
        "Clear-Item $powershell\RunAsUser", "Clear-Item $powershell\RunAsPassword"
        "Set-Item `"`$($resource)\SupportsOptions`" `$false", "Set-Item `"`$($resource)\ResourceUri`" http://x"
        "Set-Item `"`$($resource)\Security`" x", "Set-Item `"`$($resource)\Nope`" x"
        "Set-Item `"`$($security)\Sddl`" 'O:NSG:BAD:P(A;;GA;;;BA)' -Force"
        "Set-Item `"`$($security)\Sddl`" 'O:NSG:BAD:P(A;;GA;;;BA)'"
        "Remove-Item $powershell\Quotas\MaxShells", "Remove-Item $powershell\Enabled"
        "New-Item `$at\Plugin -Plugin Mine_1 $new -Resource http://mine -Capability Get -XMLRenderingType text"
        "New-Item `$at\Plugin -Plugin Mine_1 $new -Resource http://mine -Capability Get -XMLRenderingType text"
        "New-Item `$at\Plugin -Plugin Mine_2 $new -Resource http://two -Capability Get, Invoke " +
            '-XMLRenderingType text -UseSharedProcess -AutoRestart -ProcessIdleTimeoutSec 5'
        "New-Item `$at\Plugin -Plugin Mine_3 $new", 'Remove-Item $at\Plugin\Mine_1 -Recurse'
        'Remove-Item $at\Plugin\Nope_1 -Recurse', 'Remove-Item $at\Plugin -Recurse')

    # What is meant to differ. A row has wildcards for the lines of what comes of both, and the reason.
    $error = 'ends with error {0},Microsoft.PowerShell.Commands.{1}Command NotSpecified on ''*'
    $invalid, $notFound = 'System.InvalidOperationException', "error PathNotFound,*GetItemCommand ObjectNotFound on '*"
    $computers = 'localhost', '127.20.1.1'
    $differences = @(
        @{ line = 'Get-ChildItem WSMan:\ -Name'; original = $computers[1, 0]; ours = $computers
            reason = 'localhost is the first, in ours' }
        @{ line = 'New-PSDrive x WSMan foo'; original = 'error WsManError,*NewPSDrive*InvalidOperation on '''''
            ours = 'error WsManError,*NewPSDrive*InvalidOperation on ''foo'''; reason = 'the error has a target' }
        @{ line = 'Get-Item $at\client\auth\basic'; original = '*PSPath = *\client\auth\Basic;*'
            ours = '*PSPath = *\Client\Auth\Basic;*'; reason = 'the whole path has the letter case of the items' }
        @{ line = "Get-Item $resource"; original = '*Keys = ResourceURI=*'; ours = '*Keys = Uri=*'
            reason = 'Get-ChildItem says so, in both' }
        @{ line = "Get-Item $powershell\Quotas\Nope"; original = @(); ours = $notFound; reason = 'it is not there' }
        @{ line = "Test-Path $powershell\Quotas\Nope"; original = 'True'; ours = 'False'; reason = 'it is not there' }
        @{ line = "(Get-ChildItem $security).Name"
            original = 'Uri', 'Sddl', 'ExactMatch', 'xmlns', 'ParentResourceUri'
            ours = 'Uri', 'Sddl', 'ExactMatch', 'ParentResourceUri', 'xmlns'; reason = 'order has no meaning' }
        @{ line = '@(Get-ChildItem $at -Depth 0).Count'; original = 'ends with error NotSupported,*GetChildItem*'
            ours = '10'; reason = '-Depth is supported' }

        @{ line = 'Set-Item WSMan::nowhere\Client\TrustedHosts x -Force'
            original = $error -f 'System.ArgumentNullException', 'SetItem'; ours = $error -f $invalid, 'SetItem'
            reason = 'the error is about the computer' }
        @{ line = 'Set-Item $at\Listener\Nope\Port 5 -Force'
            original = $error -f 'System.NullReferenceException', 'SetItem'; ours = $error -f $invalid, 'SetItem'
            reason = 'the error is about the listener' }
        @{ line = "New-Item `$at\Listener -Address * -Transport HTTPS -CertificateThumbPrint $('7' * 40) -Force"
            original = '*Listener_#*', 'Create *}CertificateThumbPrint>*'
            ours = '*Listener_#*', 'Create *}CertificateThumbprint>*'; reason = 'the name is that of the schema' }
        @{ line = "Set-Item $powershell\Nope x"; original = 'a warning', "Put * Nope='x'*"
            ours = $error -f $invalid, 'SetItem'; reason = 'a plugin has no such setting' }
        @{ line = "Set-Item $powershell\Quotas x"; original = 'a warning', "Put * Quotas='x'*"
            ours = $error -f $invalid, 'SetItem'; reason = 'a container has no value' }
        @{ line = "Set-Item $powershell\Quotas\Nope 7"; original = 'a warning', "Put *Quotas *Nope='7'*"
            ours = $error -f $invalid, 'SetItem'; reason = 'there is no such quota' }
        @{ line = "Set-Item $powershell\InitializationParameters\Nope x"; original = 'a warning', 'Put *'
            ours = $error -f $invalid, 'SetItem'; reason = 'there is no such parameter, and nothing is changed' }
        @{ line = "Set-Item $powershell\InitializationParameters\PSVersion 0x10"
            original = 'a warning', "Put *Value='0x10'*"
            ours = 'a warning', "Put *Value='16'*"; reason = 'a whole number is sent as XML writes it' }
        @{ line = "Set-Item `"`$($resource)\Capability`" Get"; original = 'a warning', "Put * Capability='Get'*"
            ours = $error -f $invalid, 'SetItem'; reason = 'capabilities are elements, not an attribute' }
        @{ line = "Set-Item $powershell\RunAsUser $credential"
            original = ($error -f $invalid, 'SetItem'), "Put * RunAsPassword='P' RunAsUser='tester'*"
            ours = 'a warning', "Put * RunAsPassword='Pw-*' RunAsUser='tester'*"
            reason = 'the original reads a SecureString as only Windows stores it' }
        @{ line = "New-Item $powershell\InitializationParameters p1 'v<1>&`"'"
            original = $error -f 'System.Xml.XmlException', 'NewItem'
            ours = '*Name = p1*', "Put *Name='p1' Value='v<1>&`"'*"; reason = 'ours escapes what has to be' }
        @{ line = "New-Item $powershell\InitializationParameters p2 v2"
            original = '*Name = p2*', "Put *Name='p2' Value='v2'*Sddl=*}Capability Type='Shell'></></></></>"
            ours = '*Name = p2*', "Put *OutputBufferingMode='Block'*Name='p2' Value='v2'*Quotas IdleTimeoutms=*"
            reason = 'the original loses what it does not know: quotas, OutputBufferingMode' }
        @{ line = "Remove-Item $powershell\InitializationParameters\PSVersion"
            original = "Put *Sddl=*}Capability Type='Shell'></></></></>"
            ours = "Put *OutputBufferingMode='Block'*Quotas IdleTimeoutms=*"; reason = 'the same' }
        @{ line = "New-Item $powershell\Resources -ResourceUri http://foo -Capability Get, Put"
            original = '*Resource_#*Keys = Uri=http://foo/*', "Put *ResourceUri='http://foo/'*Type='Put'></></></></>"
            ours = '*Resource_#*Keys = Uri=http://foo/*', "Put *ResourceUri='http://foo/'*Quotas IdleTimeoutms=*"
            reason = 'the same' }
    )
}

Describe 'The drive beside that of Microsoft' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module "$PSScriptRoot/original/Comparison.psm1"
        Import-Module $env:WSMAN_TEST_MODULE -Force
        $one = '127.20.1.1'
        $env:WSMAN_TEST_PASSWORD = $password

        # Both have a computer of their own at the same address, and the same things happen to both.
        function Start-Pair {
            $script:computers = foreach ($port in $ports) { Start-Computer $one -Option '--https-port', $port }
            $login = $computers[1].Login
            Connect-WSMan $one @login
        }

        function Stop-Pair {
            Set-Location WSMan:\
            Set-Location $root
            Disconnect-EveryComputer
            $computers | ForEach-Object { Stop-Computer $_ }
        }

        # What comes of a line in both: what is written, and then what the computer is asked to change.
        function Get-Both([string] $Line) {
            $before = $computers.ForEach{ (Get-Count $_).requests }
            $said = @(Get-OriginalOutcome $microsoft $Line), @(Get-Outcome $Line "WSMan::$one")
            $said -match 'PlatformNotSupported' | Should -BeNullOrEmpty -Because 'it would say nothing of Windows'
            foreach ($i in 0, 1) { , @($said[$i]; Get-Change $computers[$i] $before[$i]) }
        }

        $ports = 0, 0
        Start-Pair
        $ports = $computers.Https
        $microsoft = Start-Original $computers[0] $one
    }
    AfterAll {
        Stop-Pair
        $null = Wait-Pwsh $microsoft
    }

    It 'reads the same with <_>' -ForEach $reads {
        $original, $ours = Get-Both $_
        $ours | Should -BeExactly $original
    }

    It 'changes the same with <_>' -ForEach $changes {
        $original, $ours = Get-Both $_
        $ours | Should -BeExactly $original
    }

    Context 'where a difference is meant' {
        # After a change the two computers are no longer the same.
        AfterEach {
            if ($line -cnotmatch '^(Get|Test)-') {
                Stop-Pair
                Start-Pair
            }
        }

        It 'differs with <line>, because: <reason>' -ForEach $differences {
            $said = Get-Both $line
            $said[0] | Should -Not -BeExactly $said[1] -Because 'a row has to be true'
            foreach ($i in 0, 1) {
                $expected = @(($original, $ours)[$i])
                $said[$i] | Should -HaveCount $expected.Count -Because "it is: $($said[$i] -join '; ')"
                for ($k = 0; $k -lt $expected.Count; $k++) { $said[$i][$k] | Should -BeLikeExactly $expected[$k] }
            }
        }
    }

    It 'ends the session with the same outcome' {
        $disconnect = "Disconnect-WSMan $one"
        $lines = $disconnect, "Test-Path WSMan::$one", "Get-Item WSMan::$one\Client", $disconnect
        foreach ($line in $lines) {
            $original, $ours = Get-Both $line
            $ours | Should -BeExactly $original -Because "of $line"
        }
    }
}
