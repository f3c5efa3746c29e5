# The drive of servers that have no configuration, refuse it, write it in another way, are slow, or go away.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one, $two
    $login = $computer.Login
    # One computer is asked properly, and the other one, which is the same service, so that it errs.
    $h, $g = "WSMan:\$one", "WSMan:\$two"
    $plugin = "$g\Plugin\microsoft.powershell"

    function Connect-Erring([string] $How) { Connect-WSMan $two @login -ApplicationName "$How/wsman" }
}
AfterAll { Stop-Computer $computer }

Describe 'The drive of a server like <flavour>, which has no configuration' -ForEach @(
    @{ flavour = 'omi' }, @{ flavour = 'openwsman' }, @{ flavour = 'amt' }
) {
    BeforeEach { Connect-Erring flavour/$flavour }
    AfterEach {
        Set-Location WSMan:\
        Set-Location $root
        Disconnect-EveryComputer
    }

    It 'is entered and shows the session' {
        Set-Location $g
        (Get-Item $g).State | Should -Be Opened
    }

    It 'has for Test-Path the computer, and none of what WinRM configures' {
        Test-Path $g | Should -BeTrue
        'Client', 'Service', 'Shell', 'Listener', 'Plugin', 'ClientCertificate', 'Service\Auth' |
            Where-Object { Test-Path $g\$_ } | Should -BeNullOrEmpty
    }

    It 'says so once for <command>' -ForEach @(
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $g } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $g -Recurse } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $g\Client } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $g\Listener } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $g\Plugin } }
        @{ cmdlet = 'GetItem'; command = { Get-Item $g\Client\TrustedHosts } }
        @{ cmdlet = 'SetItem'; command = { Set-Item $g\Client\NetworkDelayms 1 } }
    ) {
        Assert-DriveError (Get-OneError $command) $cmdlet $two, 'no WinRM configuration', 'Get-WSManInstance'
    }

    It 'has no setting for Test-Path' { Test-Path $g\Client\TrustedHosts | Should -BeFalse }
}

Describe 'The drive of a server that denies access' {
    AfterEach { Disconnect-EveryComputer }

    It 'says so for <command>' -ForEach @(
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $g } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $plugin } }
        @{ cmdlet = 'GetItem'; command = { Get-Item $g\Client\TrustedHosts } }
        @{ cmdlet = 'SetItem'; command = { Set-Item $g\Client\NetworkDelayms 5000 } }
        @{ cmdlet = 'NewItem'; command = { New-Item $plugin\InitializationParameters -ParamName a -ParamValue b } }
        @{ cmdlet = 'RemoveItem'; command = { Remove-Item $plugin -Recurse } }
    ) {
        Connect-Erring config/get/fault-5
        Assert-DriveError (Get-OneError $command) $cmdlet $two, '0x00000005'
        Test-Path $g\Client\TrustedHosts | Should -BeFalse
    }

    It 'says of a change that is refused why, and not that there is no configuration: <how>' -ForEach @(
        @{ how = 'config/put/fault-87'; cmdlet = 'SetItem'; text = '0x00000057'
            command = { Set-Item $g\Client\NetworkDelayms 5000 } }
        @{ how = 'config/delete/fault-2150858752'; cmdlet = 'RemoveItem'; text = '0x80338000'
            command = { Remove-Item $g\Listener\Listener_2132651585 -Recurse -Force } }
    ) {
        Connect-Erring $how
        $failure = Get-OneError $command
        Assert-DriveError $failure $cmdlet $text
        "$failure" | Should -Not -BeLike '*no WinRM configuration*'
    }

    It 'hides no other computer behind a wildcard, and says so once: <command>' -ForEach @(
        @{ cmdlet = 'GetItem'; command = { Get-Item WSMan:\*\Client\TrustedHosts }; others = 2 }
        @{ cmdlet = 'GetItem'; command = { Get-Item WSMan:\127.20.*\Client\Tr*Hosts }; others = 1 }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem WSMan:\*\Client\TrustedHosts }; others = 2 }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem WSMan:\ -Recurse -Include TrustedHosts }; others = 2 }
    ) {
        Connect-WSMan $one @login
        Connect-Erring config/any/fault-5
        $failures = @()
        $items = & $command 2>&1 | ForEach-Object {
            if ($_ -is [Management.Automation.ErrorRecord]) { $failures += $_ } else { $_ }
        }
        @($items).Name | Should -Be (@('TrustedHosts') * $others)
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be "WsManError,Microsoft.PowerShell.Commands.${cmdlet}Command"
        "$($failures[0])" | Should -BeLike "*$two*0x00000005*"
    }

    It 'shows the part that may be read' {
        Connect-Erring config/enumerate/fault-5
        $items = Get-ChildItem $g -Recurse -ErrorVariable failures -ErrorAction SilentlyContinue
        $items.Count | Should -BeIn (50..60)
        $failures | ForEach-Object { "$($_.TargetObject)".Split('\')[-1] } | Sort-Object |
            Should -Be ClientCertificate, Listener, Plugin
        foreach ($failure in $failures) {
            Assert-Error $failure 'WsManError,Microsoft.PowerShell.Commands.GetChildItemCommand' InvalidOperation `
                $failure.TargetObject '0x00000005'
        }
    }
}

Describe 'A change on the drive' {
    AfterEach { Disconnect-EveryComputer }

    It 'is reported when the server dies between reading and writing: <command>' -ForEach @(
        @{ cmdlet = 'SetItem'; step = 'put'; command = { Set-Item $g\Client\NetworkDelayms 6000 } }
        @{ cmdlet = 'SetItem'; step = 'put'; command = { Set-Item $plugin\AutoRestart true } }
        @{ cmdlet = 'RemoveItem'; step = 'put'; command = {
                Remove-Item $plugin\InitializationParameters\PSVersion
            } }
        @{ cmdlet = 'NewItem'; step = 'create'; command = {
                New-Item $g\Listener -Address IP:1.2.3.4 -Transport HTTP -Force
            } }
        @{ cmdlet = 'RemoveItem'; step = 'delete'; command = { Remove-Item $plugin -Recurse } }
    ) {
        Connect-WSMan $one @login
        Connect-Erring config/$step/close
        # A warning that the change takes effect would be another error.
        $WarningPreference = 'Stop'
        Assert-DriveError (Get-OneError $command) $cmdlet $two, 'not known'
        (Get-Item $h\Client\NetworkDelayms).Value | Should -Be 5000
        (Get-Item $h\Plugin\microsoft.powershell\InitializationParameters\PSVersion).Value | Should -Be 5.1
    }

    It 'says that the item is made where it cannot be read after that: <container>' -ForEach @(
        @{ container = 'Listener'; values = @{ Address = 'IP:1.2.3.5'; Transport = 'HTTP' } }
        @{ container = 'ClientCertificate'; values = @{ Issuer = '34' * 20 } }
    ) {
        Connect-WSMan $one @login
        Connect-Erring config/enumerate/fault-5
        $failure = Get-OneError { New-Item $g\$container @values -Credential $login.Credential -Force }
        Assert-DriveError $failure NewItem $two, '0x00000005', 'The item was made all the same; only reading it failed.'
        $key = $values.Address ?? $values.Issuer
        $made = @(Get-ChildItem $h\$container | Where-Object { $_.Keys -like "*=$key" })
        $made | Should -HaveCount 1
        Remove-Item $made.PSPath -Recurse
    }

    # The service refuses a Put that lacks anything it sent.
    It 'keeps all of a document that is unlike those of Windows' {
        Connect-Erring config/odd
        $WarningPreference = 'Ignore'
        Set-Item $g\Client\NetworkDelayms 6000
        (Get-Item $g\Client\NetworkDelayms).Value | Should -Be 6000
        Set-Item $g\Client\NetworkDelayms 5000
        Set-Item $g\MaxBatchItems 32000
        Set-Item $g\Client\Auth\Digest true
        Set-Item $plugin\Quotas\MaxShells 9
        (Get-Item $plugin\Quotas\MaxShells).Value | Should -Be 9
        Set-Item $plugin\Quotas\MaxShells 25
        Set-Item $plugin\AutoRestart false
        $parameter = (New-Item $plugin\InitializationParameters -ParamName a -ParamValue b).PSPath
        (Get-Item $parameter).Value | Should -BeExactly b
        Remove-Item $parameter
        $listener = (Get-ChildItem $g\Listener).PSPath
        Set-Item $listener\Port 82 -Force
        (Get-Item $listener\Port).Value | Should -Be 82
        Set-Item $listener\Port 5985 -Force
        (Get-ChildItem $g\Client -Recurse).Count | Should -BeGreaterOrEqual 14
    }
}

Describe 'A change by Set-WSManInstance' {
    BeforeAll {
        # Whether a change of the computer is being made, which another one would wait for.
        function Test-Changing {
            $assembly = (Get-Command Set-WSManInstance).ImplementingType.Assembly
            $lock = $assembly.GetType('Microsoft.WSMan.Management.ConfigLock')
            try {
                # Who asks is stopped already, and so does not wait for the end of the other.
                $lock.GetMethod('Acquire').Invoke($null, @($two, [Func[bool]] { $true })).Dispose()
                $false
            } catch [Management.Automation.MethodInvocationException] {
                $true
            }
        }
    }
    AfterEach { Disconnect-EveryComputer }

    It 'is one that those on the drive wait for' {
        Connect-Erring config/put/stall
        $before = [int] (Get-Count $computer).operations.Put
        $background = Start-BackgroundScript @{ two = $two } -Script {
            Set-WSManInstance winrm/config/client -ValueSet @{ NetworkDelayms = 5000 } -ComputerName $two
        }
        try {
            $null = Wait-Count $computer { $_.operations.Put -gt $before }
            Test-Changing | Should -BeTrue
        } finally {
            $null = Wait-BackgroundScript $background -Stop
        }
        Test-Changing | Should -BeFalse
    }
}

Describe 'A command on the drive' {
    AfterEach { Disconnect-EveryComputer }

    It 'stops while the server does not answer a <step>: <command>' -ForEach @(
        @{ step = 'Get'; command = { Get-ChildItem $g } }
        @{ step = 'Enumerate'; command = { Get-ChildItem $g -Recurse } }
        @{ step = 'Enumerate'; command = { Get-ChildItem $g\Plugin } }
        @{ step = 'Get'; command = { Test-Path $g\Client\TrustedHosts } }
        @{ step = 'Put'; command = { Set-Item $g\Client\NetworkDelayms 5000 } }
        @{ step = 'Create'; command = { New-Item $g\Listener -Address IP:1.2.3.4 -Transport HTTP -Force } }
        @{ step = 'Delete'; command = { Remove-Item $plugin -Recurse } }
    ) {
        Connect-Erring "config/$($step.ToLower())/stall"
        $before = [int] (Get-Count $computer).operations.$step
        $background = Start-BackgroundScript $command @{ g = $g; plugin = $plugin }
        $null = Wait-Count $computer { $_.operations.$step -gt $before }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Wait-BackgroundScript $background -Stop
        # A quarter of a second is promised, and the rest of a second is the engine's.
        $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:10')
        $background.Shell.InvocationStateInfo.State | Should -Be Stopped
    }
}
