# Set-Item and Clear-Item below a computer on the drive. What they refuse is Drive.Refusals.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $policy = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one
    $login = $computer.Login
    $h = "WSMan:\$one"
    $plugin = "$h\Plugin\microsoft.powershell"
    $connect = "Connect-WSMan $one -UseSSL -Port $($computer.Https) -Authentication Basic -Credential $credentialText"

    # All settings below a path, with their values.
    function Get-Setting([string] $Path) {
        Get-ChildItem $Path -Recurse | Where-Object -Not PSIsContainer | ForEach-Object { "$($_.PSPath)=$($_.Value)" }
    }

    # How many changes have come to a service, refused or not.
    function Get-ChangeCount($Computer) {
        $operations = (Get-Count $Computer).operations
        [int] $operations.Put + [int] $operations.Create + [int] $operations.Delete
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Set-Item below a computer' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    # The service writes values as Windows does: flags as true and false.
    It 'sets <path> to <given> and nothing else' -ForEach @(
        @{ path = 'MaxBatchItems'; given = 100; shown = '100'; before = 32000 }
        @{ path = 'Client\NetworkDelayms'; given = '6000'; shown = '6000'; before = 5000 }
        @{ path = 'Client\networkDELAYms'; given = 6000; shown = '6000'; before = 5000 }
        @{ path = 'Client\AllowUnencrypted'; given = $true; shown = 'true'; before = $false }
        @{ path = 'Client\URLPrefix'; given = 'a/b_c'; shown = 'a/b_c'; before = 'wsman' }
        @{ path = 'Client\Auth\Digest'; given = $false; shown = 'false'; before = $true }
        @{ path = 'Service\DefaultPorts\HTTP'; given = 80; shown = '80'; before = 5985 }
        @{ path = 'Service\IPv4Filter'; given = '1.2.3.4-1.2.3.9'; shown = '1.2.3.4-1.2.3.9'; before = '*' }
        @{ path = 'Service\Auth\CbtHardeningLevel'; given = 'Strict'; shown = 'Strict'; before = 'Relaxed' }
        @{ path = 'Shell\IdleTimeout'; given = [long] 60000; shown = '60000'; before = 7200000 }
    ) {
        $old = Get-Setting $h
        Set-Item $h\$path $given -WarningAction Ignore
        (Get-Item $h\$path).Value | Should -BeExactly $shown
        $changed = @(Get-Setting $h | Where-Object { $_ -cnotin $old })
        $changed | Should -HaveCount 1
        $changed[0] | Should -BeLike "*=$shown"
        Set-Item $h\$path $before -WarningAction Ignore
        Get-Setting $h | Should -BeExactly $old
    }

    It 'sets with -Force what it would ask about' {
        Set-Item $h\Client\TrustedHosts 'a,b' -Force
        (Get-Item $h\Client\TrustedHosts).Value | Should -BeExactly 'a,b'
        Clear-Item $h\Client\TrustedHosts -Force
        (Get-Item $h\Client\TrustedHosts).Value | Should -BeExactly ''
        $old = (Get-Item $h\Service\RootSDDL).Value
        Set-Item $h\Service\RootSDDL 'O:NSG:BAD:P(A;;GA;;;BA)' -Force
        (Get-Item $h\Service\RootSDDL).Value | Should -BeExactly 'O:NSG:BAD:P(A;;GA;;;BA)'
        Set-Item $h\Service\RootSDDL $old -Force
        $listener = (Get-ChildItem $h\Listener).PSPath
        Set-Item $listener\Port 81 -Force
        (Get-Item $listener\Port).Value | Should -Be 81
        Set-Item $listener\Port 5985 -Force
    }

    It 'takes a path with a separator at its end: <path>' -ForEach @(
        @{ path = 'WSMan:\127.20.1.1\Client\TrustedHosts\' }, @{ path = 'WSMan:\localhost\Client\TrustedHosts\' }
        @{ path = 'WSMan:/127.20.1.1/Client/TrustedHosts/' }
    ) {
        $setting = $path -replace '[\\/]$'
        $before = (Get-Item $setting).Value
        Set-Item $path "$one,other" -Force
        (Get-Item $setting).Value | Should -BeExactly "$one,other"
        Set-Item $path $before -Force
        (Get-Item $path).Value | Should -BeExactly $before
    }

    It 'adds each trusted host once with -Concatenate' {
        $values = foreach ($more in 'a', 'b,c', 'B, A', 'd,a', '') {
            Set-Item $h\Client\TrustedHosts $more -Concatenate -Force
            (Get-Item $h\Client\TrustedHosts).Value
        }
        $values | Should -BeExactly 'a', 'a,b,c', 'a,b,c', 'a,b,c,d', 'a,b,c,d'
        $before = (Get-Count $computer).requests
        Set-Item $h\Client\TrustedHosts '' -Concatenate -Force
        (Get-Count $computer).requests - $before | Should -Be 1 -Because 'there is nothing to write'
        Clear-Item $h\Client\TrustedHosts -Force
    }

    It 'cannot add to all trusted hosts' {
        Set-Item $h\Client\TrustedHosts * -Force
        Assert-DriveError (Get-OneError { Set-Item $h\Client\TrustedHosts a -Concatenate -Force }) SetItem '0x8033809F'
        (Get-Item $h\Client\TrustedHosts).Value | Should -BeExactly *
        Clear-Item $h\Client\TrustedHosts -Force
    }

    It 'has the parameters <parameters> at <path>' -ForEach @(
        @{ path = 'Client'; parameters = 'Concatenate' }, @{ path = 'Client\TrustedHosts'; parameters = 'Concatenate' }
        @{ path = 'Client\URLPrefix'; parameters = $null }, @{ path = 'Service'; parameters = $null }
    ) {
        $own = (Get-Command Set-Item -ArgumentList $h\$path).Parameters.Values | Where-Object IsDynamic
        $own.Name | Should -Be $parameters
    }

    It 'warns of when a change of <path> takes effect' -ForEach @(
        @{ path = 'Plugin\microsoft.powershell\Quotas\MaxShellsPerUser'; value = 24
            warnings = '*WSMan:\127.20.1.1\Shell\MaxShellsPerUser.', '*127.20.1.1 is restarted.' }
        @{ path = 'Plugin\microsoft.powershell\AutoRestart'; value = $false; warnings = '*127.20.1.1 is restarted.' }
        @{ path = 'Shell\MaxShellsPerUser'; value = 30; warnings = '*new value of MaxShellsPerUser*' }
        @{ path = 'Client\NetworkDelayms'; value = 5000; warnings = @() }
    ) {
        Set-Item $h\$path $value -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount $warnings.Count
        for ($at = 0; $at -lt $told.Count; $at++) { $told[$at] | Should -BeLike @($warnings)[$at] }
    }

    It 'has made the change when -WarningAction Stop ends it' {
        $failure = Get-OneError { Set-Item $h\Shell\MaxShellsPerUser 31 -WarningAction Stop }
        $failure.FullyQualifiedErrorId | Should -Be 'ActionPreferenceStop,Microsoft.PowerShell.Commands.SetItemCommand'
        (Get-Item $h\Shell\MaxShellsPerUser).Value | Should -Be 31
    }
}

Describe 'At the prompt, a change below a computer' {
    BeforeAll {
        $prompt = Start-Prompt
        $null = Read-Prompt $prompt $connect
        $null = Read-Prompt $prompt "`$h = '$h'"
    }
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }
    AfterAll { $null = Wait-Pwsh $prompt }

    It 'is only described with -WhatIf: <command>' -ForEach @(
        @{ command = { Set-Item $h\Client\TrustedHosts x -WhatIf }
            told = 'Set the item WSMan:\127.20.1.1\Client\TrustedHosts to the value x.' }
        @{ command = { Clear-Item $h\Client\URLPrefix -WhatIf }
            told = 'Clear the value of the item WSMan:\127.20.1.1\Client\URLPrefix.' }
        @{ command = { Remove-Item $h\Listener\* -Recurse -WhatIf }
            told = 'Remove the item WSMan:\127.20.1.1\Listener\Listener_2132651585.' }
        @{ command = { New-Item $h\Listener -Address * -Transport HTTPS -WhatIf }
            told = 'Make an item at WSMan:\127.20.1.1\Listener.' }
    ) {
        $before = Get-ChangeCount $computer
        $shown = Read-Prompt $prompt "$command".Trim()
        $shown | Should -BeLike "*$("$command".Trim().Replace('*', '`*')) What if: $told"
        Get-ChangeCount $computer | Should -Be $before
    }

    It 'is asked about, and not made without a yes: <command>' -ForEach @(
        @{ command = { Set-Item $h\Client\TrustedHosts x }; question = 'trusts without proof' }
        @{ command = { Clear-Item $h\Client\TrustedHosts }; question = 'trusts without proof' }
        @{ command = { Set-Item WSMan:\localhost\Client\AllowFreshCredentials wsman/x }
            question = 'your password itself' }
        @{ command = { Clear-Item WSMan:\localhost\Client\AllowFreshCredentials }; question = 'your password itself' }
        @{ command = { Set-Item WSMan:\localhost\Client\LegacyTLSHosts x }; question = 'so old or weak' }
        @{ command = { Set-Item $h\Service\RootSDDL 'O:NSG:BAD:P(A;;GA;;;BA)' }; question = 'who may reach' }
        @{ command = { Set-Item $h\Listener\Listener_2132651585\Port 81 }; question = 'changes a Listener' }
        @{ command = { New-Item $h\Listener -Address * -Transport HTTPS }; question = 'new listener' }
        @{ command = { New-Item $h\ClientCertificate -Issuer ('0' * 40) }; question = 'mapping' }
        @{ command = { Remove-Item $h\Listener\Listener_2132651585 }; question = 'children' }
    ) {
        $settings = Get-Content "$env:XDG_CONFIG_HOME/wsman/client.json" -Raw
        $before = Get-ChangeCount $computer
        $shown = Read-Prompt $prompt "$command".Trim() -Answer n
        $shown | Should -BeLike "*$question*``[Y``] Yes*``[N``] No*"

        # This PowerShell is not interactive, so nobody can be asked.
        $failure = Get-OneError $command
        $cmdlet = ("$command".Trim() -split ' ')[0] -replace '-'
        $failure.FullyQualifiedErrorId | Should -Be "InvalidOperation,Microsoft.PowerShell.Commands.${cmdlet}Command"
        $failure.CategoryInfo.Category | Should -Be InvalidOperation

        Get-ChangeCount $computer | Should -Be $before
        Get-Content "$env:XDG_CONFIG_HOME/wsman/client.json" -Raw | Should -BeExactly $settings
    }

    It 'is made after the answer yes' {
        $shown = Read-Prompt $prompt 'Set-Item $h\Client\TrustedHosts x' -Answer y
        $shown | Should -BeLike "*WinRM security*WinRM client of $one trusts*"
        (Get-Item $h\Client\TrustedHosts).Value | Should -Be x
        Clear-Item $h\Client\TrustedHosts -Force
    }

    It 'is asked about with -Confirm, and is <value> after the answer <answer>' -ForEach @(
        @{ answer = 'n'; value = 5000 }, @{ answer = 'y'; value = 6000 }
    ) {
        $shown = Read-Prompt $prompt 'Set-Item $h\Client\NetworkDelayms 6000 -Confirm' -Answer $answer
        $shown | Should -BeLike "*Set the item $h\Client\NetworkDelayms to the value 6000.*"
        (Get-Item $h\Client\NetworkDelayms).Value | Should -Be $value
        Set-Item $h\Client\NetworkDelayms 5000
    }
}

Describe 'What a policy decides' {
    BeforeAll {
        $decided = Start-Computer $policy -Option @(
            '--policy', 'Client/TrustedHosts=*.example', '--policy', 'Service/Auth/Basic=true', '--policy', 'Listener')
        $policyLogin = $decided.Login
        Connect-WSMan $policy @policyLogin
        $g = "WSMan:\$policy"
    }
    AfterAll {
        Disconnect-EveryComputer
        Stop-Computer $decided
    }

    It 'is not changed by <command>' -ForEach @(
        @{ command = { Set-Item $g\Client\TrustedHosts x -Force }; cmdlet = 'SetItem' }
        @{ command = { Clear-Item $g\Client\TrustedHosts -Force }; cmdlet = 'ClearItem' }
        @{ command = { Set-Item $g\Service\Auth\Basic false }; cmdlet = 'SetItem' }
        @{ command = { Set-Item "$((Get-ChildItem $g\Listener).PSPath)\Port" 80 -Force }; cmdlet = 'SetItem' }
        @{ command = { Remove-Item (Get-ChildItem $g\Listener).PSPath -Recurse }; cmdlet = 'RemoveItem' }
    ) {
        $before = Get-ChangeCount $decided
        $failure = Get-OneError $command
        Assert-DriveError $failure $cmdlet policy, '0x8033808A'
        $failure.Exception.InnerException.WSManCode | Should -Be 0x8033808Al
        Get-ChangeCount $decided | Should -Be $before
    }

    It 'does not hold up what is beside it' {
        Set-Item $g\Client\NetworkDelayms 6000
        (Get-Item $g\Client\NetworkDelayms).Value | Should -Be 6000
    }
}

Describe 'Changes of one computer at the same time' {
    BeforeAll { $rounds = 20 }
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'are all there when runspaces of one process make them' {
        $together = [Threading.Barrier]::new(3)
        $besides = foreach ($leaf in 'MaxConnections', 'MaxConcurrentOperationsPerUser', 'EnumerationTimeoutms') {
            Start-BackgroundScript {
                foreach ($value in 1001..(1000 + $rounds)) {
                    $null = $together.SignalAndWait($waitLimit)
                    Set-Item $path $value -WarningAction Ignore
                    $null = $together.SignalAndWait($waitLimit)
                    if ((Get-Item $path).Value -ne $value) { "$path lost $value" }
                }
                'done'
            } @{ path = "$h\Service\$leaf"; rounds = $rounds; together = $together; waitLimit = $waitLimit }
        }
        foreach ($background in $besides) {
            Wait-BackgroundScript $background | Should -Be done
            $background.Shell.Streams.Error | Should -BeNullOrEmpty
        }
    }

    It 'can be made by whoever reads in a pipeline what another one writes' {
        $background = Start-BackgroundScript {
            $WarningPreference = 'Ignore'
            New-Item $plugin\InitializationParameters -ParamName a -ParamValue b |
                ForEach-Object { Set-Item $_.PSPath c }
            (Get-Item $plugin\InitializationParameters\a).Value
            Remove-Item $plugin\InitializationParameters\a
            Set-Item $plugin\AutoRestart false -Verbose 4>&1 | ForEach-Object { Set-Item $plugin\AutoRestart true }
            (Get-Item $plugin\AutoRestart).Value
        } @{ plugin = $plugin }
        Wait-BackgroundScript $background | Should -BeExactly c, true
        $background.Shell.Streams.Error | Should -BeNullOrEmpty
        Set-Item $plugin\AutoRestart false -WarningAction Ignore
    }

    # WS-Management has no lock: between processes, a Put may bring back the value that the other document had when
    # it was read. What is promised is that each value is one that somebody wrote, and that nothing else changes.
    It 'leave whole documents when processes make them' {
        $before = Get-Setting $h
        $first = Start-Pwsh '-Command', ("$connect; 1..$rounds | ForEach-Object { " +
            "Set-Item $h\Client\NetworkDelayms (5000 + `$_) }; 'done'")
        $second = Start-Pwsh '-Command', ("$connect; 1..$rounds | ForEach-Object { " +
            "Set-Item $h\Client\Auth\Digest (`$_ % 2 -eq 1) }; 'done'")
        foreach ($writer in $first, $second) {
            $result = Wait-Pwsh $writer
            $result.Error | Should -BeNullOrEmpty
            $result.Lines | Should -Be done
        }
        [int] (Get-Item $h\Client\NetworkDelayms).Value | Should -BeIn (5000..(5000 + $rounds))
        (Get-Item $h\Client\Auth\Digest).Value | Should -BeIn true, false
        Set-Item $h\Client\NetworkDelayms 5000
        Set-Item $h\Client\Auth\Digest true
        Get-Setting $h | Should -BeExactly $before
    }
}
