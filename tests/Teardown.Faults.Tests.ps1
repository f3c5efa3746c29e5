# The end of a session, and of a command, when the server does not take part or the user has no patience: it takes
# the time that it may, and what the server keeps is named. Each case has a service of its own, because things stay
# open there.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $name = '127.20.1.1'
    # The end of a session may take its budget and a quarter of a second, and a stop a quarter of a second. The cases
    # allow ten times as much, so that it is a hang that breaks them, and not a busy machine.
    $budget = [int] (Get-TimeBound '00:00:01').TotalMilliseconds
    $short = New-WSManSessionOption -OperationTimeout $budget
    $late = Get-TimeBound '00:00:12.5'
    $stopLate = Get-TimeBound '00:00:02.5'
    # The session option bounds the end then, and nothing else does within the time of a case.
    Set-ClientSetting @{ TeardownTimeoutms = 60000 }

    function Assert-Counts([int] $Contexts, [int] $Shells, [int] $Commands) {
        Get-HeldCount $computer | Should -Be 0
        $counts = Get-Count $computer
        $counts.contexts, $counts.shells, $counts.commands | Should -Be $Contexts, $Shells, $Commands
    }

    # Stops what runs beside, as Ctrl+C does, and returns how long that took.
    function Stop-Beside($Background) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $Background.Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne($waitLimit) | Should -BeTrue
        $Background.Running.AsyncWaitHandle.WaitOne($waitLimit) | Should -BeTrue
        $Background.Shell.InvocationStateInfo.State | Should -Be Stopped
        $watch.Elapsed
    }
}

Describe 'The end of a session with things open on the server' {
    BeforeEach {
        $computer = Start-Computer $name
        $login = $computer.Login
        $open = $null
    }
    AfterEach {
        if ($open) { $null = Close-Enumeration $open -Stop }
        Disconnect-EveryComputer
        Stop-Computer $computer -Now
    }

    Context 'that the server does not end' {
        BeforeAll {
            # Warnings say what it is, where, and how long the server keeps it.
            function Assert-Abandoned($Report, $Warned) {
                Get-AbandonedCount $Report | Should -Be 1, 1, 1
                Get-EndedCount $Report | Should -Be 0, 0, 0
                $Report.Graceful | Should -BeFalse
                $texts = $Warned.Message
                $texts -like "1 command on $name may be left*" | Should -HaveCount 1
                $texts -like "1 shell on $name may be left*2 hours*" | Should -HaveCount 1
                $texts -like "1 enumeration on $name may be left*4 minutes*" | Should -HaveCount 1
                Assert-NoSecret "$texts"
            }
        }

        It 'names what is left if the server answers with <what>' -ForEach @(
            @{ what = 'stall' }, @{ what = 'reset' }, @{ what = 'close' }, @{ what = 'status-401' },
            @{ what = 'status-503' }, @{ what = 'fault-5' }
        ) {
            $path = "teardown/any/$what/wsman"
            $item = Connect-WSMan $name @login -ApplicationName $path -SessionOption $short -PassThru
            $null = New-BusyShell $name
            $open = Open-Enumeration $name

            $took = Measure-Command {
                Disconnect-WSMan $name -InformationVariable told -WarningVariable warned -WarningAction SilentlyContinue
            }

            $took | Should -BeLessThan $late
            $item.State | Should -Be 'Closed'
            Assert-Abandoned $told.MessageData $warned
            Assert-Counts -Contexts 1 -Shells 1 -Commands 1
        }

        It 'names what may be left if the server <what>' -ForEach @(
            @{ what = 'hangs'; happens = { Suspend-Computer $computer } }
            @{ what = 'is gone'; happens = { Stop-Computer $computer -Now } }
        ) {
            $item = Connect-WSMan $name @login -SessionOption $short -PassThru
            $null = New-BusyShell $name
            $open = Open-Enumeration $name
            & $happens

            $took = Measure-Command {
                Disconnect-WSMan $name -InformationVariable told -WarningVariable warned -WarningAction SilentlyContinue
            }

            $took | Should -BeLessThan $late
            $item.State | Should -Be 'Closed'
            Assert-Abandoned $told.MessageData $warned
        }

        It 'reports everything before a warning stops the command' {
            $item = Connect-WSMan $name @login -ApplicationName teardown/delete/status-503/wsman -PassThru
            $shell = New-BusyShell $name

            $failure = $null
            try {
                Disconnect-WSMan $name -InformationVariable told -WarningAction Stop 3>$null
            } catch {
                $failure = $_
            }

            $id = 'ActionPreferenceStop,Microsoft.WSMan.Management.DisconnectWSManCommand'
            Assert-Error $failure $id OperationStopped $null "1 shell on $name may be left"
            Get-EndedCount $told.MessageData | Should -Be 0, 0, 1
            Get-AbandonedCount $told.MessageData | Should -Be 0, 1, 0
            $item.State | Should -Be 'Closed'
            Assert-Counts -Contexts 0 -Shells 1 -Commands 0
            Connect-WSMan $name @login
            Remove-WSManInstance shell @{ ShellId = $shell } -ComputerName $name
            Disconnect-WSMan $name
            Assert-NothingHeld $computer
        }
    }

    It 'takes for given back what is gone already: <what>' -ForEach @(
        @{ what = 'signal/gone-2150858843' }
        @{ what = 'delete/gone-2150858843' }
        @{ what = 'release/gone-2150858779' }
    ) {
        $item = Connect-WSMan $name @login -ApplicationName teardown/$what/wsman -PassThru
        $null = New-BusyShell $name
        $open = Open-Enumeration $name
        Disconnect-WSMan $name -InformationVariable told -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        Get-EndedCount $told.MessageData | Should -Be 1, 1, 1
        $told.MessageData.Graceful | Should -BeTrue
        $item.State | Should -Be 'Closed'
        Assert-NothingHeld $computer
    }

    It 'skips what is left at Ctrl+C' {
        $item = Connect-WSMan $name @login -ApplicationName teardown/any/stall/wsman -PassThru
        $null = New-BusyShell $name
        $background = Start-BackgroundScript { Disconnect-WSMan $name } @{ name = $name }
        $null = Wait-Count $computer { $_.operations.Signal -gt 0 }
        $item.State | Should -Be 'Closing'

        Stop-Beside $background | Should -BeLessThan $stopLate

        $null = Wait-BackgroundScript $background
        $item.State | Should -Be 'Closed'
        Assert-Counts -Contexts 0 -Shells 1 -Commands 1
    }

    It 'is bound by its time in a finally block that Ctrl+C started, with /<path>' -ForEach @(
        @{ path = 'wsman'; left = 0 }, @{ path = 'teardown/any/stall/wsman'; left = 1 }
    ) {
        $option = $left ? $short : (New-WSManSessionOption)
        $item = Connect-WSMan $name @login -ApplicationName $path -SessionOption $option -PassThru
        $null = New-BusyShell $name
        $inside = [Threading.ManualResetEventSlim]::new()
        $background = Start-BackgroundScript {
            try { $inside.Set(); Start-Sleep 600 } finally { Disconnect-WSMan $name }
        } @{ name = $name; inside = $inside }
        $inside.Wait($waitLimit) | Should -BeTrue

        Stop-Beside $background | Should -BeLessThan $late

        $null = Wait-BackgroundScript $background
        $item.State | Should -Be 'Closed'
        Assert-Counts -Contexts 0 -Shells $left -Commands $left
    }
}

Describe 'A command that is stopped while the server begins something for it' {
    BeforeAll {
        # Stops the command when the service has its request, which it keeps until the gate is opened. The user is
        # back at once.
        function Stop-Waiting([scriptblock] $Command, [hashtable] $How = @{}) {
            $before = (Get-Count $computer).requests
            Close-Gate $computer
            $background = Start-BackgroundScript $Command @{ name = $name; how = $How }
            $null = Wait-Count $computer { $_.requests -gt $before }
            Stop-Beside $background | Should -BeLessThan $stopLate
            $background
        }

        function Assert-GivenBack([string] $By) {
            Open-Gate $computer
            $null = Wait-Count $computer { $_.operations.$By -gt 0 }
            Get-HeldCount $computer contexts | Should -Be 0
            Get-HeldCount $computer shells | Should -Be 0
        }
    }
    BeforeEach {
        $computer = Start-Computer $name
        $login = $computer.Login
        $background = $null
    }
    AfterEach {
        Open-Gate $computer
        if ($background) { $null = Wait-BackgroundScript $background }
        Disconnect-EveryComputer
        Stop-Computer $computer
    }

    Context 'by <by>:<command>' -ForEach @(
        @{ by = 'Release'; command = { Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $name @how } }
        @{ by = 'Delete'; command = { New-WSManInstance shell/cmd @{} -ComputerName $name @how } }
    ) {
        It 'gives it back over a connection of its own' {
            $background = Stop-Waiting $command ($login + @{ ApplicationName = 'gate/wsman' })
            Assert-GivenBack $by
            Get-HeldCount $computer | Should -Be 0
        }

        It 'gives it back over a session' {
            Connect-WSMan $name @login -ApplicationName gate/wsman
            $background = Stop-Waiting $command
            Assert-GivenBack $by
            Disconnect-WSMan $name -InformationVariable told
            $told.MessageData.Graceful | Should -BeTrue
            Get-HeldCount $computer | Should -Be 0
        }
    }

    It 'gives it back when the session is disconnected right after the stop, too' {
        Connect-WSMan $name @login -ApplicationName gate/wsman
        $background = Stop-Waiting { New-WSManInstance shell/cmd @{} -ComputerName $name }
        $opening = [Net.Http.HttpClient]::new().PostAsync("$($computer.Control)/open", $null)
        Disconnect-WSMan $name -InformationVariable told
        $opening.Wait($waitLimit) | Should -BeTrue
        $told.MessageData.Graceful | Should -BeTrue
        Assert-Counts -Contexts 0 -Shells 0 -Commands 0
    }
}

Describe 'A session whose credential the server no longer accepts' {
    BeforeAll {
        # The service goes and comes again at the same port.
        function Start-Again([string] $Password) {
            Stop-Computer $computer -Now
            Start-Computer $name -Option '--https-port', $computer.Https -Password $Password
        }
    }
    BeforeEach {
        $computer = Start-Computer $name
        $login = $computer.Login
        $item = Connect-WSMan $name @login -PassThru
        $null = New-WSManInstance shell/cmd @{} -ComputerName $name
        $computer = Start-Again "other-$(New-Guid)"
    }
    AfterEach {
        Disconnect-EveryComputer
        Stop-Computer $computer
    }

    It 'is broken when the server has refused it twice, and asks the server no more' {
        $item.State | Should -Be 'Opened'
        $denied = Get-OneError { Get-WSManInstance winrm/config -ComputerName $name }
        Assert-WSManError $denied GetWSManInstance winrm/config $name, 'Access is denied'
        $item.State | Should -Be 'Broken'
        (Get-Item WSMan:\$name).State | Should -Be 'Broken'
        (Get-Count $computer).refused | Should -Be 2

        $requests = (Get-Count $computer).requests
        $refused = Get-OneError { Get-WSManInstance winrm/config -ComputerName $name }
        Assert-WSManError $refused GetWSManInstance winrm/config $name, 'Access is denied', 'broken', 'Connect-WSMan', '0x00000005'
        (Get-Count $computer).requests | Should -Be $requests
    }

    It 'is disconnected without a word to the server, and says what it left' {
        $null = Get-OneError { Get-WSManInstance winrm/config -ComputerName $name }
        $requests = (Get-Count $computer).requests
        Disconnect-WSMan $name -InformationVariable told -WarningVariable warned -WarningAction SilentlyContinue
        $told.MessageData.Graceful | Should -BeFalse
        $told.MessageData.ShellsAbandoned | Should -Be 1
        $item.State | Should -Be 'Closed'
        $warned | Should -HaveCount 1
        $warned | Should -BeLike '*credential*'
        (Get-Count $computer).requests | Should -Be $requests
    }

    It 'is replaced by connecting again' {
        $null = Get-OneError { Get-WSManInstance winrm/config -ComputerName $name }
        $computer = Start-Again $password
        Connect-WSMan $name @login -WarningAction SilentlyContinue
        (Get-WSManInstance winrm/config -ComputerName $name).MaxTimeoutms | Should -Not -BeNullOrEmpty
        (Get-Item WSMan:\$name).State | Should -Be 'Opened'
    }
}
