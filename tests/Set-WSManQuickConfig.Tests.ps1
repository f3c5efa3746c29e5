BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
}

Describe 'Set-WSManQuickConfig' {
    BeforeEach { Set-ClientSetting }

    It 'fails with the commands that set a computer up, given <given>' -ForEach @(
        @{ given = 'nothing'; parameters = @{}; text = @(
                'This computer has no WinRM service', 'no session is open under the name localhost'
                'run Enable-PSRemoting or winrm quickconfig;'
                'Connect-WSMan server01; New-Item WSMan:\server01\Listener -Address * -Transport HTTP') }
        @{ given = '-Force and -SkipNetworkProfileCheck'
            parameters = @{ Force = $true; SkipNetworkProfileCheck = $true }
            text = 'Enable-PSRemoting -SkipNetworkProfileCheck or winrm quickconfig' }
        @{ given = '-UseSSL'; parameters = @{ UseSSL = $true }
            text = 'winrm quickconfig -transport:https', '-Address * -Transport HTTPS' }
    ) {
        $failure = Get-ErrorWithoutChange { Set-WSManQuickConfig @parameters }
        Assert-WSManError $failure SetWSManQuickConfig $null $text
    }

    Context 'with a session under the name localhost' {
        BeforeAll {
            # The texts of Windows.
            $receives = 'WinRM is already set up to receive requests on this computer.'
            $managed = 'WinRM is already set up for remote management on this computer.'
            $updated = 'WinRM has been updated for remote management.'
            function Get-Created([string] $Transport) {
                "Created a WinRM listener on ${Transport}://* to accept WS-Man requests to any IP on this machine."
            }
            function Get-ListenerOf([string] $Transport) {
                Get-WSManInstance winrm/config/listener -Enumerate | Where-Object Transport -eq $Transport
            }
        }
        # Each case has a service of its own, because it changes what that holds.
        BeforeEach {
            $computer = Start-Computer 127.0.0.1
            $login = $computer.Login
            Connect-WSMan @login
        }
        AfterEach {
            Disconnect-EveryComputer
            Stop-Computer $computer
        }

        It 'says that the service is set up already, and changes nothing' {
            $said = Set-WSManQuickConfig -Force
            $said | Should -BeOfType string
            $said | Should -BeExactly $receives, $managed
            (Get-Count $computer).operations.psobject.Properties.Name | Should -Not -Contain Put
            (Get-Count $computer).operations.psobject.Properties.Name | Should -Not -Contain Create
        }

        It 'makes the listener that is missing, given <given>' -ForEach @(
            @{ given = 'nothing'; how = @{}; transport = 'HTTP'; port = 5985 }
            @{ given = '-UseSSL'; how = @{ UseSSL = $true }; transport = 'HTTPS'; port = 5986 }
            @{ given = '-UseSSL -SkipNetworkProfileCheck'; how = @{ UseSSL = $true; SkipNetworkProfileCheck = $true }
                transport = 'HTTPS'; port = 5986 }
        ) {
            Remove-WSManInstance winrm/config/listener @{ Address = '*'; Transport = 'HTTP' }
            Set-WSManQuickConfig @how -Force | Should -BeExactly $receives, $updated, (Get-Created $transport)
            $listener = @(Get-WSManInstance winrm/config/listener -Enumerate)
            $listener | Should -HaveCount 1
            $listener[0].Transport, $listener[0].Address, $listener[0].Port, $listener[0].Enabled |
                Should -Be $transport, '*', $port, 'true'
            Set-WSManQuickConfig @how -Force | Should -BeExactly $receives, $managed
        }

        It 'makes one beside a listener on another address' {
            Remove-WSManInstance winrm/config/listener @{ Address = '*'; Transport = 'HTTP' }
            $null = New-WSManInstance winrm/config/listener @{ Address = 'IP:127.0.0.1'; Transport = 'HTTP' }
            Set-WSManQuickConfig -Force | Should -BeExactly $receives, $updated, (Get-Created HTTP)
            @(Get-ListenerOf HTTP) | Should -HaveCount 2
        }

        It 'turns on what is off, a listener too, and says all of it in one text' {
            Set-Item WSMan:\localhost\Service\Auth\Kerberos $false
            Set-Item WSMan:\localhost\Service\Auth\Negotiate $false
            $null = Set-WSManInstance winrm/config/listener @{ Address = '*'; Transport = 'HTTP' } `
                -ValueSet @{ Enabled = 'false' }
            Set-WSManQuickConfig -Force | Should -BeExactly $receives, $updated, (@(
                    'Enabled Kerberos authentication of the WinRM service.'
                    'Enabled Negotiate authentication of the WinRM service.'
                    'Enabled the WinRM listener on HTTP://*.') -join "`n")
            (Get-ListenerOf HTTP).Enabled | Should -Be 'true'
            (Get-ChildItem WSMan:\localhost\Service\Auth | Where-Object Name -in Kerberos, Negotiate).Value |
                Should -Be 'true', 'true'
            (Get-Item WSMan:\localhost\Service\Auth\Certificate).Value | Should -Be 'false'
        }

        It 'asks, and sends nothing after N' {
            Remove-WSManInstance winrm/config/listener @{ Address = '*'; Transport = 'HTTP' }
            $prompt = Start-Prompt
            try {
                $null = Read-Prompt $prompt ("Connect-WSMan -UseSSL -Port $($computer.Https) -Authentication Basic " +
                    "-Credential $credentialText")
                $before = (Get-Count $computer).requests
                $shown = Read-Prompt $prompt 'Set-WSManQuickConfig' 'N'
                $shown | Should -BeLike '*a listener for HTTP on every address*Do it`?*'
                $shown | Should -Not -BeLike '*WinRM is already*'
                (Get-Count $computer).requests | Should -Be $before
                Read-Prompt $prompt 'Set-WSManQuickConfig' 'Y' | Should -BeLike "*$receives $updated Created*"
            } finally {
                $null = Wait-Pwsh $prompt
            }
        }

        It 'only says with -WhatIf and $WhatIfPreference what it would do, and sends nothing' {
            $before = (Get-Count $computer).requests
            Set-WSManQuickConfig -UseSSL -WhatIf | Should -BeNullOrEmpty
            & { $WhatIfPreference = $true; Set-WSManQuickConfig -UseSSL -Force } | Should -BeNullOrEmpty
            (Get-Count $computer).requests | Should -Be $before
        }

        It 'says what the service says, if it <does>' -ForEach @(
            @{ does = 'denies access'; how = 'config/get/fault-5'; text = '0x00000005' }
            @{ does = 'has no configuration'; how = 'flavour/omi'; text = 'no WinRM configuration' }
            @{ does = 'has no certificate for the listener'; how = 'config/create/fault-2150859226'
                text = '0x803381DA' }
        ) {
            Connect-WSMan @login -ApplicationName "$how/wsman"
            $written = [Collections.Generic.List[object]]::new()
            $failure = Get-OneError { Set-WSManQuickConfig -UseSSL -Force | ForEach-Object { $written.Add($_) } }
            Assert-WSManError $failure SetWSManQuickConfig $null $text
            $written | Should -BeNullOrEmpty
        }

        It 'says what was changed before the service refused the rest' {
            Set-Item WSMan:\localhost\Service\Auth\Kerberos $false
            Connect-WSMan @login -ApplicationName config/create/fault-5/wsman
            Assert-WSManError (Get-OneError { Set-WSManQuickConfig -UseSSL -Force }) SetWSManQuickConfig $null @(
                '0x00000005', 'Before that, this was changed: Enabled Kerberos authentication of the WinRM service.')
        }

        It 'changes nothing where a policy holds against it, and does not end the script' {
            $decided = Start-Computer 127.0.0.1 -Option --policy, Service/Auth/Negotiate=false
            try {
                $policyLogin = $decided.Login
                Connect-WSMan @policyLogin
                $said = Set-WSManQuickConfig -UseSSL -Force -ErrorVariable held -ErrorAction SilentlyContinue
                $said | Should -BeExactly $receives
                $held | Should -HaveCount 1
                Assert-Error $held[0] 'NotSpecified,Microsoft.WSMan.Management.SetWSManQuickConfigCommand' NotSpecified `
                    $null 'a policy sets WSMan:\localhost\Service\Auth\Negotiate', 'Nothing was changed'
                @(Get-ListenerOf HTTPS) | Should -HaveCount 0
                Disconnect-WSMan
            } finally {
                Stop-Computer $decided
            }
        }

        It 'returns at once when it is stopped' {
            Connect-WSMan @login -ApplicationName config/create/stall/wsman
            $background = Start-BackgroundScript { Set-WSManQuickConfig -UseSSL -Force }
            $null = Wait-Count $computer { $_.operations.Create -gt 0 }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Wait-BackgroundScript $background -Stop | Should -BeNullOrEmpty
            $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:20')
            $background.Shell.InvocationStateInfo.State | Should -Be Stopped
        }
    }
}
