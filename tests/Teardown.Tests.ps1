# The end of one session gives back all that the server holds for it, and says so. The ways to end are in
# Teardown.Endings.*; what becomes of it when the server or the user interferes is in Teardown.Faults.Tests.ps1.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one, $two
    $login = $computer.Login
    # What a command waits for an answer in addition to its own time.
    Set-ClientSetting @{ NetworkDelayms = 500 }

    # The end of enumerations whose readers wait in other runspaces.
    function Stop-Enumeration($Enumeration) {
        $Enumeration | Where-Object { $_.Shell.InvocationStateInfo.State -eq 'Running' } |
            ForEach-Object { $null = Close-Enumeration $_ -Stop }
    }
}
AfterAll { Stop-Computer $computer }

Describe 'A session with a shell and a command' {
    BeforeEach {
        $item = Connect-WSMan $one @login -PassThru
        $shell = New-BusyShell $one
        $counts = Get-Count $computer
        $counts.shells, $counts.commands | Should -Be 1, 1
        $open = @()
    }
    AfterEach {
        Stop-Enumeration $open
        Disconnect-EveryComputer
        Assert-NothingHeld $computer
    }

    It 'gives them back with two enumerations, and says so' {
        $open = (Open-Enumeration $one), (Open-Enumeration $one)
        (Get-Count $computer).contexts | Should -Be 2

        Disconnect-WSMan $one -InformationVariable told -WarningVariable warned

        Assert-NothingHeld $computer
        $told | Should -HaveCount 1
        $report = $told.MessageData
        Get-EndedCount $report | Should -Be 2, 1, 1
        Get-AbandonedCount $report | Should -Be 0, 0, 0
        $report.Graceful | Should -BeTrue
        $report.Steps.Step | Should -Be terminate, delete, release, close
        # The cleanup used more of them, beside the one that every enumeration and every command had used.
        $report.ConnectionsClosed | Should -Be 1
        "$report" | Should -Match "^$one closed: 2 enumerations, 1 shell, 1 command, \d+ ms$"
        $item.State | Should -Be 'Closed'
        $warned | Should -BeNullOrEmpty
    }

    It 'has a verbose line for each step of its end and one for all' {
        $open += Open-Enumeration $one
        $lines = Disconnect-WSMan $one -Verbose 4>&1
        $lines | Should -HaveCount 5
        $when = 'at [\d.]+ ms for [\d.]+ ms'
        $lines[0] | Should -Match "^${one}: terminate: ok, $when`$"
        $lines[1] | Should -Match "^${one}: delete: ok, $when`$"
        $lines[2] | Should -Match "^${one}: release: ok, $when`$"
        $lines[3] | Should -Match "^${one}: close: ok, $when`$"
        $lines[4] | Should -Match "^$one closed: 1 enumeration, 1 shell, 1 command, \d+ ms$"
    }

    It 'does not give back again what the user gave back' {
        Remove-WSManInstance shell/cmd @{ ShellId = $shell } -ComputerName $one
        $before = (Get-Count $computer).operations
        Disconnect-WSMan $one -InformationVariable told
        Get-EndedCount $told.MessageData | Should -Be 0, 0, 0
        $told.MessageData.Steps.Step | Should -Be close
        $after = (Get-Count $computer).operations
        $after.Delete | Should -Be $before.Delete
        $after.Signal | Should -Be $before.Signal
    }

    It 'has ended and reported everything when a reader has enough:<how>' -ForEach @(
        @{ how = { Disconnect-WSMan $one -InformationVariable told -Verbose 4>&1 | Select-Object -First 1 } }
        @{ how = { Disconnect-WSMan $one -InformationVariable told -Verbose 4>&1 | ForEach-Object { throw } } }
        @{ how = { Disconnect-WSMan $one -InformationVariable told -WarningAction Stop } }
    ) {
        $open += Open-Enumeration $one
        try { $null = . $how } catch { }
        Assert-NothingHeld $computer
        Get-EndedCount $told.MessageData | Should -Be 1, 1, 1
        $told.MessageData.Graceful | Should -BeTrue
        $item.State | Should -Be 'Closed'
    }

    It 'gives a reader of the information stream the report first' {
        $open += Open-Enumeration $one
        $told = Disconnect-WSMan $one -Verbose 4>&1 6>&1 | Select-Object -First 1
        Assert-NothingHeld $computer
        Get-EndedCount $told.MessageData | Should -Be 1, 1, 1
        $item.State | Should -Be 'Closed'
    }

    It 'shows every count and the steps in the view of the report' {
        Disconnect-WSMan $one -InformationVariable told
        $shown = $told.MessageData | Out-String -Width 200
        foreach ($line in 'State +: Closed', 'ShellsDeleted +: 1', 'CommandsTerminated +: 1',
            'EnumerationsReleased +: 0', 'Graceful +: True',
            'Steps +: \{terminate: ok, .*, delete: ok, .*, close: ok, .*\}') {
            $shown | Should -Match "(?m)^$line"
        }
    }

    It 'shows what is open with Format-List' {
        $open += Open-Enumeration $one
        $shown = Get-Item WSMan:\$one | Format-List * | Out-String
        foreach ($line in 'State +: Opened', "ConnectionUri +: https://${one}:$($computer.Https)/wsman",
            'Authentication +: Basic', "UserName +: $userName", 'Connections +: [1-4]', 'OpenEnumerations +: 1',
            'OpenShells +: 1') {
            $shown | Should -Match "(?m)^$line"
        }
    }
}

Describe 'The item of a computer' {
    AfterEach { Disconnect-EveryComputer }

    It 'tells at any time what is open' {
        $item = Connect-WSMan $one @login -PassThru
        $item.State, $item.OpenEnumerations, $item.OpenShells | Should -Be Opened, 0, 0
        $shell = New-BusyShell $one
        $item.State, $item.OpenEnumerations, $item.OpenShells | Should -Be Opened, 0, 1
        $open = Open-Enumeration $one
        try {
            $item.State, $item.OpenEnumerations, $item.OpenShells | Should -Be Opened, 1, 1
        } finally {
            $null = Close-Enumeration $open -Stop
        }
        $item.State, $item.OpenEnumerations, $item.OpenShells | Should -Be Opened, 0, 1
        Remove-WSManInstance shell/cmd @{ ShellId = $shell } -ComputerName $one
        $item.State, $item.OpenEnumerations, $item.OpenShells | Should -Be Opened, 0, 0
        Disconnect-WSMan $one
        $item.State, $item.OpenEnumerations, $item.OpenShells | Should -Be Closed, 0, 0
    }
}

Describe 'Disconnect-WSMan while another runspace uses the session' {
    AfterEach {
        Disconnect-EveryComputer
        Assert-NothingHeld $computer
    }

    It 'ends its enumeration with an error that says so' {
        Connect-WSMan $one @login
        $open = Open-Enumeration $one
        Disconnect-WSMan $one
        $failure = Close-Enumeration $open
        $failure | Should -HaveCount 1
        Assert-WSManError $failure[0] GetWSManInstance wmicimv2/Loopback_Row $one, 'closed', 'Connect-WSMan'
    }

    It 'gives up at once a page that it waits for' {
        Connect-WSMan $one @login -ApplicationName pull/stall/wsman
        $before = [int] (Get-Count $computer).operations.Pull
        $background = Start-BackgroundScript { Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $one } @{ one = $one }
        $null = Wait-Count $computer { $_.operations.Pull -gt $before }

        Disconnect-WSMan $one -InformationVariable told

        $null = Wait-BackgroundScript $background
        $failure = $background.Shell.Streams.Error
        $failure | Should -HaveCount 1
        Assert-WSManError $failure[0] GetWSManInstance wmicimv2/Loopback_Row $one, 'closed'
        $told.MessageData.OperationsCancelled | Should -Be 1
        $told.MessageData.Steps[0].Step | Should -Be cancel
        $told.MessageData.Graceful | Should -BeTrue
    }
}

Describe 'What a session does not know' {
    AfterEach { Disconnect-EveryComputer }

    It 'is left, like the shell of another tool, and can be listed and removed' {
        Connect-WSMan $one @login
        $null = New-WSManInstance shell/cmd @{} -ComputerName $one @login
        Disconnect-WSMan $one
        (Get-Count $computer).shells | Should -Be 1

        Connect-WSMan $one @login
        Get-WSManInstance shell -Enumerate -ComputerName $one | ForEach-Object {
            Remove-WSManInstance shell -SelectorSet @{ ShellId = $_.ShellId } -ComputerName $one
        }
        Disconnect-WSMan $one
        Assert-NothingHeld $computer
    }
}

Describe 'A connect that failed half way' {
    BeforeAll {
        $wrong = New-Credential -Password 'not the password'
        $short = New-WSManSessionOption -OperationTimeout 300
    }

    It 'leaves nothing:<command>' -ForEach @(
        @{ command = { Connect-WSMan $two @login -ApplicationName html }; says = '0x80338173' }
        @{ command = { Connect-WSMan $two @login -ApplicationName close }; says = '0x80338012' }
        @{ command = { Connect-WSMan $two @login -ApplicationName status/500 }; says = '0x80338170' }
        @{
            command = { Connect-WSMan $two -UseSSL -Port $computer.Https -Authentication Basic -Credential $wrong }
            says = '0x00000005'
        }
        @{
            command = { Connect-WSMan $two @login -ApplicationName stall -SessionOption $short }
            says = '0x80338126'
        }
    ) {
        Assert-WSManError (Get-OneError $command) ConnectWSMan $two $two, $says
        Assert-Disconnected $computer $two
        Assert-NothingHeld $computer
    }

    It 'leaves nothing when New-Item made it' {
        $failure = Get-OneError { New-Item WSMan:\ -Name $two @login -ApplicationName malformed }
        Assert-DriveError $failure NewItem $two, '0x80338043'
        Assert-Disconnected $computer $two
        Assert-NothingHeld $computer
    }
}

Describe 'A command with a connection of its own' {
    BeforeEach { $before = [int] (Get-Count $computer).byAddress.$two.accepted }
    AfterEach {
        (Get-Count $computer).byAddress.$two.accepted | Should -BeGreaterThan $before
        Assert-NothingHeld $computer
    }

    It 'leaves nothing:<command>' -ForEach @(
        @{ command = { Get-WSManInstance wmicimv2/Win32_Service?Name=winrm -ComputerName $two @login } }
        @{ command = { Test-WSMan -ComputerName $two @login } }
    ) {
        @(& $command) | Should -HaveCount 1
    }

    It 'leaves nothing when a command that reads it has enough' {
        Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $two @login | Select-Object -First 1 |
            Should -HaveCount 1
    }

    It 'leaves nothing when a command that reads it fails' {
        $failure = Get-OneError {
            Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $two @login |
                ForEach-Object { throw 'enough' }
        }
        Assert-Error $failure enough OperationStopped enough enough
    }

    It 'leaves nothing when the server refuses' {
        $failure = Get-OneError {
            Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -Filter nonsense -ComputerName $two @login
        }
        Assert-WSManError $failure GetWSManInstance wmicimv2/Loopback_Row $two, '0x803380FB'
    }
}

Describe 'An example of about_WSMan_Teardown' {
    # The port is not in the examples, so that they run where the service has the default ports.
    It 'leaves nothing: <first>' -ForEach @(
        @{ first = '$how = @{'; last = 'if (-not'; outputs = 5 }
        @{ first = '$names | ForEach-Object -Parallel'; last = '} -ThrottleLimit'; outputs = 2 }
    ) {
        $lines = Get-Content "$module/en-US/about_WSMan_Teardown.help.txt"
        $begin = [array]::FindIndex($lines, [Predicate[string]] { $args[0].Trim().StartsWith($first) })
        $end = [array]::FindIndex($lines, $begin, [Predicate[string]] { $args[0].Trim().StartsWith($last) })
        $example = $lines[$begin..$end] -join "`n" -replace 'server01', $one
        $ports = @{ DefaultPorts = @{ HTTP = $computer.Http; HTTPS = $computer.Https } }

        $result = Invoke-Pwsh -Setting $ports (
            "`$c = $credentialText",
            "`$names = '$one', '$two'",
            '$how = @{ UseSSL = $true; Authentication = "Basic"; Credential = $c }',
            "Connect-WSMan $one @how",
            "`$output = @($example)",
            '"$($output.Count) objects"',
            '(dir WSMan:\).Name' -join "`n")

        $result.Lines | Should -HaveCount 2
        [int] ($result.Lines[0] -replace ' objects') | Should -BeGreaterOrEqual $outputs
        $result.Lines[1] | Should -Be 'localhost'
        Assert-NothingHeld $computer
    }
}
