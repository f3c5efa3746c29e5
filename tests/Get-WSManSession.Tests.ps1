BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two, $three = '127.20.46.1', '127.20.46.2', '127.20.46.3'
    $computer = Start-Computer $one, $two, 127.0.0.1
    $login = $computer.Login
}
AfterAll { Stop-Computer $computer }

Describe 'Get-WSManSession' {
    AfterEach { Disconnect-EveryComputer }

    It 'lists nothing and needs no native library where nothing is connected' {
        Invoke-Pwsh "Get-WSManSession; Get-WSManSession *; (Get-Module Portable.WSMan.Management).Name
            (Get-Process -Id `$PID).Modules.ModuleName -like 'libwsman_native*'" | ForEach-Object Lines |
            Should -Be Portable.WSMan.Management
    }

    It 'lists every session by name, that of localhost included, and asks no server' {
        $two, $one, 'localhost' | ForEach-Object { Connect-WSMan $_ @login }
        $requests = (Get-Count $computer).requests
        $sessions = Get-WSManSession
        $sessions.Name | Should -Be $one, $two, localhost
        $sessions | Should -BeOfType Microsoft.WSMan.Management.WSManSession
        $sessions.State | Should -Be Opened, Opened, Opened
        (Get-Count $computer).requests | Should -Be $requests
    }

    It 'tells how a computer is connected, and what is open there at each look' {
        Connect-WSMan $one @login
        $session = Get-WSManSession $one
        $session.ConnectionUri | Should -BeExactly "https://${one}:$($computer.Https)/wsman"
        $session.Authentication, $session.UserName | Should -BeExactly Basic, $userName
        $session.Connections, $session.OpenEnumerations, $session.OpenShells | Should -Be 1, 0, 0
        $null = New-BusyShell $one
        $open = Open-Enumeration $one
        $session.OpenEnumerations, $session.OpenShells | Should -Be 1, 1
        "$session" | Should -BeExactly $one
        Disconnect-WSMan $one
        $null = Close-Enumeration $open
        $session.State | Should -Be Closed
        $session.Connections, $session.OpenEnumerations, $session.OpenShells | Should -Be 0, 0, 0
        $session.Name, $session.UserName | Should -BeExactly $one, $userName
    }

    It 'keeps a session apart from a later one under its name' {
        Connect-WSMan $one @login
        $before = Get-WSManSession $one
        Connect-WSMan $one @login
        $after = Get-WSManSession $one
        $before.State, $after.State | Should -Be Closed, Opened
        $after.Id | Should -BeGreaterThan $before.Id
    }

    It 'finds what <name> means' -ForEach @(
        @{ name = '127.20.46.2'; found = '127.20.46.2' }
        @{ name = '*'; found = '127.20.46.1', '127.20.46.2' }
        @{ name = '127.20.46.[13]'; found = '127.20.46.1' }
        @{ name = '127.20.46.2', '127.20.46.?'; found = '127.20.46.2', '127.20.46.1', '127.20.46.2' }
        @{ name = '128.*'; found = @() }
    ) {
        $one, $two | ForEach-Object { Connect-WSMan $_ @login }
        Get-WSManSession $name | ForEach-Object Name | Should -Be $found
    }

    It 'does not mind letter case' {
        Connect-WSMan ::ffff:127.20.46.1 -Port $computer.Http -Authentication None
        (Get-WSManSession ::FFFF:127.20.46.1).Name | Should -Be ::ffff:127.20.46.1
        (Get-WSManSession ::FFFF*).Name | Should -Be ::ffff:127.20.46.1
    }

    It 'takes an IPv6 literal in brackets for the name, and not for a pattern' {
        $six = Start-Computer ::1
        $sixLogin = $six.Login
        try {
            Connect-WSMan ::1 @sixLogin
            (Get-WSManSession '[::1]').Name | Should -BeExactly ::1
            (Get-WSManSession ::1).Name | Should -BeExactly ::1
            Disconnect-WSMan ::1
        } finally {
            Stop-Computer $six
        }
    }

    It 'fails for a name that is not connected, and goes on with the others' {
        Connect-WSMan $two @login
        $found = Get-WSManSession $three, $two, localhost -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.Name | Should -Be $two
        $failures | Should -HaveCount 2
        Assert-WSManError $failures[0] GetWSManSession $three $three, 'Check the computer name'
        Assert-WSManError $failures[1] GetWSManSession localhost localhost
    }

    It 'fails for a pattern that is none, also where nothing is connected' {
        $null = Get-WSManSession '[::1', '[z-a]' -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -HaveCount 2
        Assert-WSManError $failures[0] GetWSManSession '[::1' 'not a valid pattern'
        Assert-WSManError $failures[1] GetWSManSession '[z-a]' 'not a valid pattern'
    }

    It 'takes names from the pipeline, and the names of objects' {
        $one, $two | ForEach-Object { Connect-WSMan $_ @login }
        ($two, $one | Get-WSManSession).Name | Should -Be $two, $one
        (Get-Item WSMan:\$two | Get-WSManSession).Name | Should -Be $two
        (Get-WSManSession $one | Get-WSManSession).Name | Should -Be $one
        @() | Get-WSManSession | Should -BeNullOrEmpty
    }

    It 'stands for a computer name in other cmdlets' {
        Connect-WSMan $one @login
        $session = Get-WSManSession $one
        (Get-WSManInstance winrm/config -ComputerName $session).MaxTimeoutms | Should -Not -BeNullOrEmpty
        Disconnect-WSMan $session
        Assert-Disconnected $computer $one
    }

    It 'says what it writes, so that its properties are completed' {
        (Get-Command Get-WSManSession).OutputType.Type | Should -Be ([Microsoft.WSMan.Management.WSManSession])
        $line = 'Get-WSManSession | Where-Object OpenSh'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be OpenShells
    }

    It 'completes names, with how each is connected beside it' -ForEach @(
        @{ command = 'Get-WSManSession' }, @{ command = 'Remove-WSManSession' }, @{ command = 'Disconnect-WSMan' }
    ) {
        $one, $two | ForEach-Object { Connect-WSMan $_ @login }
        $line = "$command 127.20.46."
        $matched = (TabExpansion2 $line $line.Length).CompletionMatches
        $matched.CompletionText | Should -Be $one, $two
        $matched[0].ToolTip |
            Should -BeExactly "Opened, Basic as $userName, https://${one}:$($computer.Https)/wsman"
    }

    It 'has a view of its own, which a terminal of 80 columns shows whole' {
        Connect-WSMan $one @login
        $null = New-BusyShell $one
        $shown = Get-WSManSession | Out-String -Width 80 | ForEach-Object { $_ -split '\r?\n' } | Where-Object { $_.Trim() }
        $shown[0] -split ' +' | Where-Object { $_ } | Should -Be Name, State, Authentication, UserName, Conn, Enum, Shells
        $shown[2] -split ' +' | Where-Object { $_ } | Should -BeExactly $one, Opened, Basic, $userName, 1, 0, 1
    }
}
