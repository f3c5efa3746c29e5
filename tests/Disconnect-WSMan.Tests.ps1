# The command itself. Locations inside the drive and the local computer are in Disconnect-WSMan.*.Tests.ps1, and what
# becomes of the things that a session holds open on the server in Teardown.*.Tests.ps1.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two, $three = '127.20.1.1', '127.20.1.2', '127.20.1.3'
    $computer = Start-Computer $one, $two, $three
    $login = $computer.Login
    $notConnected = 'Check the computer name'

    # The command was given something by the pipeline, and says that it does not take that.
    function Assert-NotBound($ErrorRecord, [string] $Piped) {
        Assert-Error $ErrorRecord 'InputObjectNotBound,Microsoft.WSMan.Management.DisconnectWSManCommand' `
            InvalidArgument $Piped 'pipeline'
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Disconnect-WSMan' {
    AfterEach { Disconnect-EveryComputer }

    It 'closes the connection and says nothing' {
        Connect-WSMan $one @login
        Assert-Connected $computer $one
        Disconnect-WSMan $one *>&1 | Where-Object { $_ -isnot [Management.Automation.InformationRecord] } |
            Should -BeNullOrEmpty
        Assert-Disconnected $computer $one
    }

    It 'fails the second time, and leaves others alone' {
        $one, $two | ForEach-Object { Connect-WSMan $_ @login }
        Disconnect-WSMan $one
        Assert-WSManError (Get-OneError { Disconnect-WSMan $one }) DisconnectWSMan $one $one, $notConnected
        Assert-Connected $computer $two
    }

    It 'takes the computer off the list of the drive, and no other, step by step' {
        $steps = { Connect-WSMan $one @login }, { Connect-WSMan $two @login }, { Connect-WSMan $one @login },
            { Disconnect-WSMan $three -ErrorAction SilentlyContinue }, { Disconnect-WSMan $one },
            { Connect-WSMan $three @login }, { Disconnect-WSMan $two }, { Disconnect-WSMan $three }
        $lists = foreach ($step in $steps) {
            & $step
            (Get-ChildItem WSMan:\).Name -join ' '
        }
        $lists | Should -Be "localhost $one", "localhost $one $two", "localhost $one $two", "localhost $one $two",
            "localhost $two", "localhost $two $three", "localhost $three", localhost
    }

    It 'does not mind letter case' {
        Connect-WSMan ::ffff:127.20.1.1 -Port $computer.Http -Authentication None
        Get-ConnectedComputer | Should -Be ::ffff:127.20.1.1
        Disconnect-WSMan ::FFFF:127.20.1.1
        Get-ConnectedComputer | Should -BeNullOrEmpty
        Get-HeldCount $computer -At $one | Should -Be 0
    }

    It 'causes no traffic for a name that was never connected' {
        Connect-WSMan $one @login
        $before = (Get-Count $computer).accepted
        Assert-WSManError (Get-OneError { Disconnect-WSMan $three }) DisconnectWSMan $three $three, $notConnected
        (Get-Count $computer).accepted | Should -Be $before
        Assert-Connected $computer $one
    }

    It 'takes <pattern> for another computer' -ForEach @(
        @{ pattern = '*' }, @{ pattern = '{0}*' }, @{ pattern = '{0}.example.org' }, @{ pattern = '{0}.' },
        @{ pattern = ' {0}' }, @{ pattern = '[{0}]' }
    ) {
        Connect-WSMan $one @login
        $name = $pattern -f $one
        Assert-WSManError (Get-OneError { Disconnect-WSMan $name }) DisconnectWSMan $name $notConnected
        Assert-Connected $computer $one
    }

    It 'does not bind an array' {
        $one, $two | ForEach-Object { Connect-WSMan $_ @login }
        Assert-Error (Get-OneError { Disconnect-WSMan $one, $two }) `
            'CannotConvertArgument,Microsoft.WSMan.Management.DisconnectWSManCommand' InvalidArgument $null ComputerName
        Get-ConnectedComputer | Should -Be $one, $two
    }

    It 'takes the item of a computer for its name' {
        Connect-WSMan $one @login
        $item = Get-Item WSMan:\$one
        Disconnect-WSMan $item
        $item.State | Should -Be 'Closed'
        Assert-Disconnected $computer $one
    }

    It 'works under strict mode' {
        Set-StrictMode -Version Latest
        Connect-WSMan $one @login
        (Get-ChildItem WSMan:\).Name | Should -Contain $one
        Get-Item WSMan:\$one | ForEach-Object State | Should -Be 'Opened'
        Disconnect-WSMan $one
        Test-Path WSMan:\$one | Should -BeFalse
    }

    It 'does not take what is before a NUL for the name' {
        Connect-WSMan $one @login
        $name = "$one`0x"
        Assert-WSManError (Get-OneError { Disconnect-WSMan $name }) DisconnectWSMan $name $notConnected
        Assert-Connected $computer $one
    }

    Context 'with the name of this machine, which is not localhost' {
        BeforeAll { $machine = [Environment]::MachineName }

        It 'fails as for any name that is not connected' {
            Assert-WSManError (Get-OneError { Disconnect-WSMan $machine }) DisconnectWSMan $machine $notConnected
        }

        It 'disconnects the session of that name' {
            $addresses = try { [Net.Dns]::GetHostAddresses($machine).IPAddressToString } catch { }
            $own = $addresses | Where-Object { $_ -like '127.*' } | Select-Object -First 1
            if (-not $own) {
                Set-ItResult -Skipped -Because 'the name of this machine leads to no address where a service can listen'
            }
            $here = Start-Computer $own
            try {
                Connect-WSMan $machine -Port $here.Http -Authentication None
                Get-ConnectedComputer | Should -Be $machine.ToLowerInvariant()
                Disconnect-WSMan $machine
                Get-HeldCount $here | Should -Be 0
                (Get-Count $here).accepted | Should -Be 1
            } finally {
                Stop-Computer $here
            }
        }
    }

    Context 'with something in the pipeline' {
        It 'does not take a piped name' {
            Connect-WSMan $one @login
            Assert-NotBound (Get-OneError { $one | Disconnect-WSMan }) $one
            Assert-Connected $computer $one
        }

        It 'disconnects the bound name whatever is piped' {
            $one, $two | ForEach-Object { Connect-WSMan $_ @login }
            Assert-NotBound (Get-OneError { $one | Disconnect-WSMan $two }) $one
            Assert-Connected $computer $one
            Assert-Disconnected $computer $two
        }

        It 'disconnects the bound name when nothing is piped' {
            Connect-WSMan $one @login
            @() | Disconnect-WSMan $one
            Assert-Disconnected $computer $one
        }

        It 'does nothing without a name' {
            Connect-WSMan $one @login
            @() | Disconnect-WSMan
            Assert-Connected $computer $one
        }

        It 'disconnects what is piped to ForEach-Object' {
            $one, $two | ForEach-Object { Connect-WSMan $_ @login }
            $one, $two | ForEach-Object { Disconnect-WSMan $_ }
            Assert-Disconnected $computer $one
            Assert-Disconnected $computer $two
        }
    }

    Context 'with an item that was kept in a variable' {
        It 'gives it a state that is a number of RunspaceState, and true while the session is open' {
            $item = Connect-WSMan $one @login -PassThru
            [bool] $item.State | Should -BeTrue
            ($item | ConvertTo-Json -Depth 1 -WarningAction Ignore | ConvertFrom-Json).State |
                Should -Be ([int][Management.Automation.Runspaces.RunspaceState]::Opened)
            Disconnect-WSMan $one
            $item.State | Should -Be 'Closed'
            [int] $item.State | Should -Be ([int][Management.Automation.Runspaces.RunspaceState]::Closed)
        }

        It 'leaves the item readable in the state Closed' {
            $item = Connect-WSMan $one @login -PassThru
            $item.State | Should -Be 'Opened'
            Disconnect-WSMan $one
            $item.State | Should -Be 'Closed'
            $item.Name | Should -Be $one
            "$item" | Should -Be $one
        }

        It 'leaves it closed when the name is connected again' {
            $item = Connect-WSMan $one @login -PassThru
            Disconnect-WSMan $one
            Connect-WSMan $one @login
            $item.State | Should -Be 'Closed'
            (Get-Item WSMan:\$one).State | Should -Be 'Opened'
            Assert-Connected $computer $one
        }

        It 'closes an item of the listing, too' {
            Connect-WSMan $one @login
            $item = Get-ChildItem WSMan:\ | Where-Object Name -eq $one
            $item.State | Should -Be 'Opened'
            Disconnect-WSMan $one
            $item.State | Should -Be 'Closed'
        }

        It 'leaves its other properties readable under strict mode' {
            Set-StrictMode -Version Latest
            $item = Connect-WSMan $one @login -PassThru
            $item.ConnectionUri | Should -Be "https://${one}:$($computer.Https)/wsman"
            $item.Authentication | Should -Be 'Basic'
            $item.UserName | Should -Be $userName
            $item.Connections | Should -Be 1
            Disconnect-WSMan $one
            { $item.ConnectionUri, $item.Authentication, $item.UserName } | Should -Not -Throw
            $item.Connections, $item.OpenEnumerations, $item.OpenShells | Should -Be 0, 0, 0
        }
    }

    Context 'among several runspaces' {
        It 'disconnects here what another one connected, and that one outlived its end' {
            $null = Wait-BackgroundScript (Start-BackgroundScript { Connect-WSMan $name @login } @{ name = $one; login = $login })
            Assert-Connected $computer $one
            (Get-Item WSMan:\$one).State | Should -Be 'Opened'
            Disconnect-WSMan $one
            Assert-Disconnected $computer $one
        }

        It 'fails here when another one has disconnected' {
            Connect-WSMan $one @login
            $listed = Wait-BackgroundScript (Start-BackgroundScript {
                (Get-ChildItem WSMan:\).Name
                Disconnect-WSMan $name
            } @{ name = $one })
            $listed | Should -Contain $one
            Assert-WSManError (Get-OneError { Disconnect-WSMan $one }) DisconnectWSMan $one $notConnected
            Assert-Disconnected $computer $one
        }

        It 'disconnects what ForEach-Object -Parallel connected' {
            $one, $two | ForEach-Object -Parallel {
                $login = $using:login
                Connect-WSMan $_ @login
            } -ThrottleLimit 2
            Get-ConnectedComputer | Should -Be $one, $two
            $one, $two | ForEach-Object { Disconnect-WSMan $_ }
            Assert-Disconnected $computer $one
            Assert-Disconnected $computer $two
        }

        It 'succeeds for exactly one of eight at once' {
            Connect-WSMan $one @login
            $start = [Threading.Barrier]::new(8)
            $name = $one
            $ends = 1..8 | ForEach-Object -Parallel {
                Import-Module $env:WSMAN_TEST_MODULE
                ($using:start).SignalAndWait()
                try { Disconnect-WSMan $using:name; 'done' } catch { $_.FullyQualifiedErrorId }
            } -ThrottleLimit 8
            $ends | Sort-Object |
                Should -Be (@('done') + @('WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand') * 7)
            Assert-Disconnected $computer $one
        }
    }

    Context 'with a server that no longer takes part' {
        BeforeEach {
            $gone = Start-Computer 127.20.1.4
            $goneLogin = $gone.Login
            $item = Connect-WSMan 127.20.1.4 @goneLogin -PassThru
        }
        AfterEach { Stop-Computer $gone -Now }

        It 'succeeds when the server has ended' {
            Stop-Computer $gone -Now
            $took = Measure-Command { Disconnect-WSMan 127.20.1.4 }
            $item.State | Should -Be 'Closed'
            $took | Should -BeLessThan (Get-TimeBound '00:00:50')
        }

        It 'succeeds when the server hangs' {
            Suspend-Computer $gone
            $took = Measure-Command { Disconnect-WSMan 127.20.1.4 }
            $item.State | Should -Be 'Closed'
            $took | Should -BeLessThan (Get-TimeBound '00:00:50')
        }
    }

    Context 'in its other streams' {
        BeforeEach { $item = Connect-WSMan $one @login -PassThru }

        It 'has a report in the information stream' {
            Disconnect-WSMan $one -InformationVariable told
            $told | Should -HaveCount 1
            $told.Tags | Should -Be 'WSMan.Teardown'
            $report = $told.MessageData
            $report | Should -BeOfType Microsoft.WSMan.Management.TeardownReport
            $report.ComputerName | Should -Be $one
            $report.State | Should -BeExactly 'Closed'
            $report.State | Should -BeOfType string -Because 'a file of reports has the text'
            $report.Graceful | Should -BeTrue
            $report.SecretsWiped | Should -BeTrue
            $report.ConnectionsClosed | Should -Be 1
            "$report" | Should -Match "^$one closed: \d+ ms$"
        }

        It 'has a verbose line for each step' {
            $lines = Disconnect-WSMan $one -Verbose 4>&1
            $lines | Should -BeOfType Management.Automation.VerboseRecord
            $lines | Should -Match "^$one(: close: ok, at [\d.]+ ms for [\d.]+ ms| closed: \d+ ms)$"
            $lines | Should -HaveCount 2
        }

        It 'has the verbose lines that the README shows' {
            $shown = (Get-Content "$PSScriptRoot/../README.md") -match '^ +VERBOSE: ' -replace '^ +VERBOSE: '
            $lines = Disconnect-WSMan $one -Verbose 4>&1
            $lines -replace '[\d.]+', '#' | Should -BeExactly ($shown -replace '[\d.]+', '#')
        }

        It 'has ended and reported when a reader has enough:<how>' -ForEach @(
            @{ how = { Disconnect-WSMan $one -InformationVariable told -Verbose 4>&1 | Select-Object -First 1 } }
            @{ how = { Disconnect-WSMan $one -InformationVariable told -Verbose 4>&1 | ForEach-Object { throw } } }
            @{ how = { Disconnect-WSMan $one -InformationVariable told -InformationAction Stop -WarningAction Stop } }
            @{ how = { $VerbosePreference = 'Stop'; Disconnect-WSMan $one -InformationVariable told 4>$null } }
        ) {
            try { $null = . $how } catch { }
            $told.MessageData.Graceful | Should -BeTrue
            $item.State | Should -Be 'Closed'
            Assert-Disconnected $computer $one
        }

        It 'has ended when a reader of the information stream has enough' {
            $told = Disconnect-WSMan $one -InformationAction Continue 6>&1 | Select-Object -First 1
            $told.MessageData.Graceful | Should -BeTrue
            $item.State | Should -Be 'Closed'
            Assert-Disconnected $computer $one
        }
    }

    Context 'when it fails' {
        It 'ends the command, not the script, with one error' {
            $background = Start-BackgroundScript {
                Disconnect-WSMan server01
                'after'
                $Error[0].FullyQualifiedErrorId
            }
            Wait-BackgroundScript $background | Should -Be 'after', 'WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand'
            $shown = $background.Shell.Streams.Error
            $shown | Should -HaveCount 1
            Assert-WSManError $shown[0] DisconnectWSMan server01 $notConnected
        }

        It 'throws what a catch by type catches' {
            $caught = $false
            try {
                Disconnect-WSMan $three
            } catch [InvalidOperationException] {
                $caught = $true
                Assert-WSManError $_ DisconnectWSMan $three $notConnected
            }
            $caught | Should -BeTrue
        }

        It 'ends the script if ErrorActionPreference is Stop' {
            $background = Start-BackgroundScript {
                $ErrorActionPreference = 'Stop'
                Disconnect-WSMan server01
                'not here'
            }
            { Wait-BackgroundScript $background } | Should -Throw '*server01*'
            $background.Output | Should -BeNullOrEmpty
            $background.Shell.InvocationStateInfo.State | Should -Be 'Failed'
            $reason = $background.Shell.InvocationStateInfo.Reason.ErrorRecord
            Assert-WSManError $reason DisconnectWSMan server01 $notConnected
        }
    }
}

Describe 'Connect-WSMan for a name that is connected' {
    BeforeEach { $old = Connect-WSMan $one @login -PassThru }
    AfterEach { Disconnect-EveryComputer }

    It 'replaces the session and reports the end of the old one' {
        Connect-WSMan $one @login -InformationVariable told -WarningVariable warned
        $old.State | Should -Be 'Closed'
        $told.MessageData.ComputerName | Should -Be $one
        $told.Tags | Should -Be 'WSMan.Teardown'
        $warned | Should -BeNullOrEmpty
        Assert-Connected $computer $one
    }

    It 'leaves the old session if it fails' {
        $wrong = New-Credential -Password 'not the password'
        $failure = Get-OneError {
            Connect-WSMan $one -UseSSL -Port $computer.Https -Authentication Basic -Credential $wrong
        }
        Assert-WSManError $failure ConnectWSMan $one $one, 'denied'
        $old.State | Should -Be 'Opened'
        Assert-Connected $computer $one
    }
}
