# What a server may have begun although nobody heard that it did, and what comes of a single refusal: the end of the
# session gives it back, or says that it may be left. Each case has a service of its own.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $name = '127.20.1.1'
    # What a command waits for an answer in addition to its own time.
    Set-ClientSetting @{ NetworkDelayms = 500 }
    $command = @{ Action = 'Command'; ResourceURI = 'shell/cmd'; ValueSet = @{ Command = 'sleep' } }

    function Get-Held {
        $counts = Get-Count $computer
        $counts.contexts, $counts.shells, $counts.commands
    }

    # Ends the session, and returns its report with the warnings that were written.
    function Disconnect-Telling {
        Disconnect-WSMan $name -InformationVariable told -WarningVariable warned -WarningAction SilentlyContinue
        $told.MessageData | Add-Member Warned @($warned.Message) -PassThru
    }
}

Describe 'A request whose answer was <what>' -ForEach @(
    @{ what = 'lost' }, @{ what = 'garbled' }, @{ what = 'large' }, @{ what = 'foreign' }
) {
    BeforeEach {
        $computer = Start-Computer $name
        $login = $computer.Login
    }
    AfterEach {
        Disconnect-EveryComputer
        Stop-Computer $computer
    }

    It 'leaves a shell to the session, which deletes it by its name' {
        Connect-WSMan $name @login -ApplicationName work/create/$what/wsman
        $null = Get-OneError { New-WSManInstance shell/cmd @{} -ComputerName $name }
        Get-Held | Should -Be 0, 1, 0
        (Get-Item WSMan:\$name).OpenShells | Should -Be 1

        $report = Disconnect-Telling

        Get-EndedCount $report | Should -Be 0, 1, 0
        $report.Graceful | Should -BeTrue
        $report.Warned | Should -BeNullOrEmpty
        Assert-NothingHeld $computer
    }

    It 'leaves no shell without a session' {
        $failed = Get-OneError {
            New-WSManInstance shell/cmd @{} -ComputerName $name @login -ApplicationName work/create/$what/wsman
        }
        Assert-NothingHeld $computer
        (Get-Count $computer).operations.Create | Should -Be 1
        "$failed" | Should -Not -BeLike '*may be left*'
    }

    It 'leaves a command in a shell to the session, which terminates it by its name' {
        Connect-WSMan $name @login -ApplicationName work/command/$what/wsman
        $shell = New-WSManInstance shell/cmd @{} -ComputerName $name
        $id = @{ ShellId = $shell.ReferenceParameters.SelectorSet.Selector.'#text' }
        $null = Get-OneError { Invoke-WSManAction @command -SelectorSet $id -ComputerName $name }
        Get-Held | Should -Be 0, 1, 1

        $report = Disconnect-Telling

        Get-EndedCount $report | Should -Be 0, 1, 1
        $report.Graceful | Should -BeTrue
        Assert-NothingHeld $computer
    }

    It 'leaves a command in a shell of somebody else to be terminated, and the shell as it is:<place>' -ForEach @(
        @{ place = 'over a session'; connected = $true }, @{ place = 'without a session'; connected = $false }
    ) {
        $shell = New-WSManInstance shell/cmd @{} -ComputerName $name @login
        $id = @{ ShellId = $shell.ReferenceParameters.SelectorSet.Selector.'#text' }
        $how = $login + @{ ApplicationName = "work/command/$what/wsman" }
        if ($connected) { Connect-WSMan $name @how; $how = @{} }

        $null = Get-OneError { Invoke-WSManAction @command -SelectorSet $id -ComputerName $name @how }
        if ($connected) { (Disconnect-Telling).CommandsTerminated | Should -Be 1 }

        Get-HeldCount $computer | Should -Be 0
        Get-Held | Should -Be 0, 1, 0
    }

    It 'leaves an enumeration that the report of the session counts and warns of' {
        Connect-WSMan $name @login -ApplicationName work/enumerate/$what/wsman
        $null = Get-OneError { Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $name }
        Get-Held | Should -Be 1, 0, 0

        $report = Disconnect-Telling

        Get-AbandonedCount $report | Should -Be 1, 0, 0
        $report.Graceful | Should -BeFalse
        "$($report.Steps[0])" | Should -BeLike 'release: 0 of 1 enumeration, *'
        $report.Warned | Should -HaveCount 1
        $report.Warned | Should -BeLike "1 enumeration on $name may be left*4 minutes*"
        Get-HeldCount $computer | Should -Be 0
    }

    It 'leaves an enumeration that the error tells of, without a session' {
        $failed = Get-OneError {
            Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $name @login `
                -ApplicationName work/enumerate/$what/wsman
        }
        "$failed" | Should -BeLike "*1 enumeration on $name may be left*4 minutes*"
        (Get-Count $computer).operations.Enumerate | Should -Be 1
        Get-HeldCount $computer | Should -Be 0
    }
}

Describe 'A request whose answer is late' {
    BeforeAll {
        # The time of the request, and that for which its answer is heard afterwards.
        $option = New-WSManSessionOption -OperationTimeout (3 * (Get-TimeBound '00:00:01').TotalMilliseconds)
    }
    BeforeEach {
        $computer = Start-Computer $name
        $how = $computer.Login + @{ ApplicationName = 'gate/wsman'; SessionOption = $option }
    }
    AfterEach {
        Open-Gate $computer
        Disconnect-EveryComputer
        Stop-Computer $computer
    }

    It 'is given back by <by> when it comes, <place>' -ForEach @(
        @{ by = 'Release'; place = 'over a session'; connected = $true
            request = { Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $name @how } }
        @{ by = 'Release'; place = 'without a session'; connected = $false
            request = { Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $name @how } }
        @{ by = 'Delete'; place = 'over a session'; connected = $true
            request = { New-WSManInstance shell/cmd @{} -ComputerName $name @how } }
        @{ by = 'Delete'; place = 'without a session'; connected = $false
            request = { New-WSManInstance shell/cmd @{} -ComputerName $name @how } }
    ) {
        if ($connected) { Connect-WSMan $name @how; $how = @{} }
        Close-Gate $computer

        $failed = Get-OneError $request
        Open-Gate $computer

        "$failed $($failed.ErrorDetails.RecommendedAction)" | Should -BeLike '*timed out after*is not known*'
        $null = Wait-Count $computer { $_.operations.$by -gt 0 }
        Get-HeldCount $computer contexts | Should -Be 0
        Get-HeldCount $computer shells | Should -Be 0
        if ($connected) {
            $report = Disconnect-Telling
            $report.Graceful | Should -BeTrue
            $report.Warned | Should -BeNullOrEmpty
        }
        Get-HeldCount $computer | Should -Be 0
    }
}

Describe 'A server that refuses a good credential once' {
    BeforeEach {
        $computer = Start-Computer $name
        $login = $computer.Login
    }
    AfterEach {
        Disconnect-EveryComputer
        Stop-Computer $computer
    }

    It 'is asked once more in the middle of a session' {
        $item = Connect-WSMan $name @login -ApplicationName work/get/once-401/wsman -PassThru
        (Get-WSManInstance winrm/config -ComputerName $name).MaxTimeoutms | Should -Not -BeNullOrEmpty
        $item.State | Should -Be 'Opened'
        (Get-Count $computer).operations.Get | Should -Be 2
    }

    It 'is asked once more at the end of a session' {
        Connect-WSMan $name @login -ApplicationName teardown/delete/once-401/wsman
        $null = New-WSManInstance shell/cmd @{} -ComputerName $name

        $report = Disconnect-Telling

        $report.ShellsDeleted | Should -Be 1
        $report.Graceful | Should -BeTrue
        $report.Warned | Should -BeNullOrEmpty
        Assert-NothingHeld $computer
        (Get-Count $computer).operations.Delete | Should -Be 2
    }
}
