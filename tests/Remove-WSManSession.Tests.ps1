# Several sessions end together. How one ends is in Disconnect-WSMan.*.Tests.ps1 and Teardown.*.Tests.ps1.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two, $three = '127.20.47.1', '127.20.47.2', '127.20.47.3'
    $computer = Start-Computer $one, $two, $three, 127.0.0.1
    $login = $computer.Login
}
AfterAll { Stop-Computer $computer }

Describe 'Remove-WSManSession' {
    BeforeEach { $one, $two, $three, 'localhost' | ForEach-Object { Connect-WSMan $_ @login } }
    AfterEach {
        Set-Location /
        Get-WSManSession | ForEach-Object { Disconnect-WSMan $_ -WarningAction Ignore }
    }

    It 'ends all of <name>, and nothing else' -ForEach @(
        @{ name = '*'; left = @() }
        @{ name = 'localhost'; left = '127.20.47.1', '127.20.47.2', '127.20.47.3' }
        @{ name = '127.20.47.[12]', 'LOCALHOST'; left = '127.20.47.3' }
        @{ name = '.', '127.20.47.1', '127.20.47.1', '127.*.1'; left = '127.20.47.2', '127.20.47.3' }
        @{ name = '128.*'; left = '127.20.47.1', '127.20.47.2', '127.20.47.3', 'localhost' }
    ) {
        Remove-WSManSession $name | Should -BeNullOrEmpty
        (Get-WSManSession).Name | Should -Be $left
        Get-HeldCount $computer -Until @($left).Count | Should -Be @($left).Count
    }

    It 'compares letter for letter, whatever the culture of the user: <name>' -ForEach @(
        @{ name = '127.20.4.71' }, @{ name = '127.20.4.7*' }
    ) {
        $alike = Start-Computer 127.20.4.71
        $alikeLogin = $alike.Login
        $before = [cultureinfo]::CurrentCulture
        try {
            Connect-WSMan 127.20.4.71 @alikeLogin
            # Points have no weight there, and the two addresses are one.
            [cultureinfo]::CurrentCulture = 'th-TH'
            $one.Equals('127.20.4.71', 'CurrentCulture') | Should -BeTrue
            Remove-WSManSession $name
        } finally {
            [cultureinfo]::CurrentCulture = $before
            Stop-Computer $alike
        }
        (Get-WSManSession).Name | Should -Be $one, $two, $three, localhost
    }

    It 'ends the sessions that come by the pipeline: <what>' -ForEach @(
        @{ what = 'names'; pipe = { '127.20.47.1', '127.20.47.2' | Remove-WSManSession } }
        @{ what = 'sessions'; pipe = { Get-WSManSession 127.20.47.1, 127.20.47.2 | Remove-WSManSession } }
        @{ what = 'items of the drive'; pipe = { Get-Item WSMan:\127.20.47.[12] | Remove-WSManSession } }
        @{ what = 'objects with a name'
            pipe = { '127.20.47.1', '127.20.47.2' | ForEach-Object { [pscustomobject]@{ Name = $_ } } | Remove-WSManSession } }
        @{ what = 'as an argument'; pipe = { Remove-WSManSession (Get-WSManSession 127.20.47.1, 127.20.47.2) } }
        @{ what = 'items as an argument'; pipe = { Remove-WSManSession -Session (Get-Item WSMan:\127.20.47.[12]) } }
        @{ what = 'a list of items'; pipe = { Remove-WSManSession ([Collections.Generic.List[object]](Get-Item WSMan:\127.20.47.[12])) } }
    ) {
        & $pipe
        (Get-WSManSession).Name | Should -Be $three, localhost
        Get-HeldCount $computer -Until 2 | Should -Be 2
    }

    It 'means by a session, or an item that was kept, that one and no later one under its name' {
        $kept = (Get-WSManSession $one), (Get-Item WSMan:\$two)
        $one, $two | ForEach-Object { Connect-WSMan $_ @login }
        $kept | Remove-WSManSession -PassThru | Should -BeNullOrEmpty
        Remove-WSManSession $kept -PassThru | Should -BeNullOrEmpty
        Remove-WSManSession ([Collections.Generic.List[object]]$kept) -PassThru | Should -BeNullOrEmpty
        Remove-WSManSession (Write-Output $kept -NoEnumerate) -PassThru | Should -BeNullOrEmpty
        (Get-WSManSession).Name | Should -Be $one, $two, $three, localhost
    }

    It 'leaves no drive with a memory of a computer whose session has ended' {
        Set-Location WSMan:\$one
        Set-Location /
        Remove-WSManSession $one
        (Get-PSDrive WSMan).CurrentLocation | Should -BeNullOrEmpty
        Set-Location WSMan:
        "$PWD" | Should -BeExactly WSMan:/
    }

    It 'works where there is no drive' {
        $told = Invoke-Pwsh "Connect-WSMan $one -UseSSL -Port $($computer.Https) -Authentication Basic -Credential $credentialText -PassThru > `$null
            `$session = Get-WSManSession; Set-Location /; Get-PSDrive WSMan | Remove-PSDrive
            `$session.State; Get-WSManSession; `$session | Remove-WSManSession; 'done'"
        $told.Lines | Should -Be Closed, done
    }

    It 'does nothing where nothing comes by the pipeline' {
        @() | Remove-WSManSession
        (Get-WSManSession).Count | Should -Be 4
    }

    It 'fails for a name that is not connected, and ends the others' {
        Remove-WSManSession 127.20.47.9, $one -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        Assert-WSManError $failures[0] RemoveWSManSession 127.20.47.9 127.20.47.9, 'Check the computer name'
        (Get-WSManSession).Name | Should -Be $two, $three, localhost
    }

    It 'fails for a pattern that is none, and ends the others' {
        Remove-WSManSession $one, '[::1' -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        Assert-WSManError $failures[0] RemoveWSManSession '[::1' 'not a valid pattern'
        (Get-WSManSession).Name | Should -Be $two, $three, localhost
    }

    It 'has ended the others before an error stops the caller' {
        $failure = { Remove-WSManSession 127.20.47.9, $one -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'WsManError,*RemoveWSManSessionCommand'
        (Get-WSManSession).Name | Should -Be $two, $three, localhost
    }

    It 'refuses where somebody stands, and ends the others' {
        Set-Location WSMan:\$two
        Remove-WSManSession * -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
        Assert-WSManError $failures[0] RemoveWSManSession $two "WSMan:\$two", 'Set-Location'
        (Get-WSManSession).Name | Should -Be $two
        Set-Location WSMan:\
        Remove-WSManSession *
        Get-WSManSession | Should -BeNullOrEmpty
    }

    It 'refuses each session once, however many names mean it' {
        Set-Location WSMan:\$two
        Remove-WSManSession $two, 127.20.47.*, $two -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 1
    }

    It 'tells of a refusal also when a reader has enough' {
        Remove-WSManSession 127.20.47.9, * -PassThru -ErrorAction SilentlyContinue -ErrorVariable failures |
            Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $failures | Should -HaveCount 1
        Assert-WSManError $failures[0] RemoveWSManSession 127.20.47.9 127.20.47.9
    }

    It 'tells of a refusal also when a warning stops the caller' {
        $refusing = Start-Computer 127.20.47.4
        $how = $refusing.Login
        try {
            Connect-WSMan 127.20.47.4 @how -ApplicationName teardown/delete/status-503/wsman
            $null = New-WSManInstance shell/cmd @{} -ComputerName 127.20.47.4
            try {
                Remove-WSManSession 127.20.47.9, 127.20.47.4 -WarningAction Stop -ErrorAction SilentlyContinue -ErrorVariable failures
            } catch {
                $stop = $_
            }
            "$stop" | Should -BeLike '*WarningPreference*may be left*'
            $failures.Where{ $_ -is [Management.Automation.ErrorRecord] }.TargetObject | Should -Contain 127.20.47.9
        } finally {
            Stop-Computer $refusing
        }
    }

    It 'writes nothing without -PassThru, and the reports with it' {
        $null = New-BusyShell $two
        $reports = Remove-WSManSession $three, $two, 127.20.47.1 -PassThru -InformationVariable told
        $reports | Should -BeOfType Microsoft.WSMan.Management.TeardownReport
        $reports.ComputerName | Should -Be $three, $two, $one
        $reports.Graceful | Should -Be $true, $true, $true
        $reports.ShellsDeleted | Should -Be 0, 1, 0
        $told.MessageData | Should -Be $reports
        $told.Tags | Should -Be WSMan.Teardown, WSMan.Teardown, WSMan.Teardown
        Remove-WSManSession * | Should -BeNullOrEmpty
        Assert-NothingHeld $computer
    }

    It 'has ended and told of all when a reader has enough' {
        Remove-WSManSession * -PassThru -InformationVariable told | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $told | Should -HaveCount 4
        Get-WSManSession | Should -BeNullOrEmpty
        Assert-NothingHeld $computer
    }

    It 'says with -WhatIf what would end, and ends nothing' {
        $requests = (Get-Count $computer).requests
        $shown = Invoke-Pwsh "`$login = @{ UseSSL = `$true; Port = $($computer.Https); Authentication = 'Basic'; Credential = $credentialText }
            '$one', '$two' | ForEach-Object { Connect-WSMan `$_ @login }
            Remove-WSManSession * -WhatIf; (Get-WSManSession).Count
            `$WhatIfPreference = `$true; Get-WSManSession $one | Remove-WSManSession; `$WhatIfPreference = `$false; (Get-WSManSession).Count
            Remove-WSManSession $two, * -WhatIf"
        $what = 'What if: Performing the operation "Remove-WSManSession" on target "{0}".'
        $shown.Lines | Should -BeExactly ($what -f $one), ($what -f $two), 2, ($what -f $one), 2,
            ($what -f $two), ($what -f $one)
        (Get-Count $computer).requests | Should -Be ($requests + 2) -Because 'two were connected'
    }

    It 'asks with -Confirm about each, and ends those that were agreed to' {
        $prompt = Start-Prompt
        try {
            $connect = "'$one', '$two' | ForEach-Object { Connect-WSMan `$_ -UseSSL -Port $($computer.Https) " +
                "-Authentication Basic -Credential $credentialText }"
            $null = Read-Prompt $prompt $connect
            $shown = Read-Prompt $prompt 'Remove-WSManSession * -Confirm' n, y
            $shown | Should -BeLike "*target ""$one""*target ""$two""*"
            Read-Prompt $prompt '(Get-WSManSession).Name' | Should -BeLike "*$one*"
            Read-Prompt $prompt '(Get-WSManSession).Count' | Should -BeLike '*1'
        } finally {
            $null = Wait-Pwsh $prompt
        }
    }

    It 'ends each session once where two commands want all' {
        $start = [Threading.Barrier]::new(2)
        $reports = 1..2 | ForEach-Object -Parallel {
            Import-Module $env:WSMAN_TEST_MODULE
            ($using:start).SignalAndWait()
            Remove-WSManSession * -PassThru
        }
        $reports.ComputerName | Sort-Object | Should -Be $one, $two, $three, localhost
        Assert-NothingHeld $computer
    }
}

Describe 'Remove-WSManSession with servers that no longer take part' {
    BeforeAll {
        $names = 1..45 | ForEach-Object { "127.20.47.$($_ + 100)" }
        $frozenNames = '127.20.47.201', '127.20.47.202'
    }
    BeforeEach {
        $fleet = Start-Computer $names
        $frozen = Start-Computer $frozenNames
        $fleetLogin, $frozenLogin = $fleet.Login, $frozen.Login
        $names | ForEach-Object { Connect-WSMan $_ @fleetLogin }
        $frozenNames | ForEach-Object { Connect-WSMan $_ @frozenLogin }
        # The end of a frozen server's session takes all of its time only if there is something to end.
        @($names[0]) + $frozenNames | ForEach-Object { $null = New-BusyShell $_ }
        Suspend-Computer $frozen
    }
    AfterEach {
        Resume-Computer $frozen
        Get-WSManSession | ForEach-Object { Disconnect-WSMan $_ -WarningAction Ignore }
        Stop-Computer $fleet
        Stop-Computer $frozen -Now
    }

    It 'ends 47 sessions within the time that one may take, and names what is left' {
        $took = Measure-Command {
            $reports = Remove-WSManSession * -PassThru -WarningVariable warned -WarningAction SilentlyContinue
        }
        # Five seconds are promised; ten times as much is a hang.
        $took | Should -BeLessThan (Get-TimeBound '00:00:50')
        $reports | Should -HaveCount 47
        $reports.Where{ -not $_.Graceful }.ComputerName | Should -Be $frozenNames
        ($reports.ElapsedMs | Measure-Object -Maximum).Maximum | Should -BeLessThan (Get-TimeBound '00:00:10').TotalMilliseconds
        foreach ($name in $frozenNames) { $warned -like "1 shell on $name may be left*" | Should -HaveCount 1 }
        Get-WSManSession | Should -BeNullOrEmpty
        Assert-NothingHeld $fleet
    }

    It 'skips what is left at Ctrl+C' {
        $background = Start-BackgroundScript { Remove-WSManSession * }
        $null = Get-HeldCount $fleet
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $background.Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne($waitLimit) | Should -BeTrue
        $background.Running.AsyncWaitHandle.WaitOne($waitLimit) | Should -BeTrue
        $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:02.5')
        $null = Wait-BackgroundScript $background
        Get-WSManSession | Should -BeNullOrEmpty
    }
}
