BeforeDiscovery {
    # Libraries with sanitizers keep freed memory, and only Linux has /proc.
    $isUnknown = -not $IsLinux -or $env:WSMAN_TEST_TIME_FACTOR -gt 1
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.3.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $at = @{ ComputerName = $one } + $login
    # 10000 instances, whose Index counts from 0.
    $rows = 'wmicimv2/Loopback_Row'

    # How often the service was asked for an operation.
    function Get-Asked([string] $Operation) { [int](Get-Count $computer).operations.$Operation }

    # Begins an enumeration in another runspace whose reader is busy with an object, its first, until it is stopped.
    function Start-BusyReader([int] $Object = 1) {
        $busy = [Threading.ManualResetEventSlim]::new()
        $background = Start-BackgroundScript {
            Get-WSManInstance $rows -Enumerate @at |
                ForEach-Object { if ([int] $_.Index -eq $object - 1) { $busy.Set(); Start-Sleep 3600 } }
        } @{ rows = $rows; at = $at; busy = $busy; object = $Object }
        $busy.Wait($waitLimit) | Should -BeTrue
        $background
    }

    # Stops a script as Ctrl+C does. The product promises two seconds; a hang lasts much longer than ten times that.
    function Assert-StopsAtOnce($Background) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Wait-BackgroundScript $Background -Stop
        $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:20')
        $Background.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $Background.Shell.Streams.Error | Should -BeNullOrEmpty
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Get-WSManInstance -Enumerate as a stream' {
    AfterEach {
        Disconnect-EveryComputer
        Assert-NothingHeld $computer
    }

    It 'has written the first object before it asks for the second page' {
        $before = Get-Asked Pull
        $atFirst = $null
        Get-WSManInstance $rows -Enumerate @at | ForEach-Object { $atFirst ??= Get-Asked Pull }
        $atFirst | Should -Be $before
        Get-Asked Pull | Should -BeGreaterThan ($before + 1)
    }

    It 'releases the enumeration when a reader has enough after <what>' -ForEach @(
        @{ what = 'the first object, without another page'; first = 1; pulls = $false }
        @{ what = 'some pages'; first = 700; pulls = $true }
    ) {
        $before = Get-Count $computer
        Get-WSManInstance $rows -Enumerate @at | Select-Object -First $first | Should -HaveCount $first
        Assert-NothingHeld $computer
        Get-Asked Release | Should -Be ($before.operations.Release + 1)
        (Get-Asked Pull) -gt $before.operations.Pull | Should -Be $pulls
    }

    It 'tells the release of an early end with -Verbose' {
        $said = $(Get-WSManInstance $rows -Enumerate @at -Verbose | Select-Object -First 1 | Out-Null) 4>&1
        "$($said[-1])" | Should -Match '^Release .*Loopback_Row: 200, '
    }

    # Behind a page that was given up the release waits for its answer; a fault is one.
    It 'tells the release behind a page that failed, however long it takes' {
        $before = Get-Asked Release
        $said = $(
            Get-WSManInstance $rows -Enumerate @at -ApplicationName work/pull/fault-5/teardown/release/late-1000/wsman `
                -Verbose -ErrorAction SilentlyContinue -ErrorVariable failure | Out-Null
        ) 4>&1
        "$failure" | Should -Match '0x00000005'
        "$said" | Should -Match 'Release .*Loopback_Row: 200, '
        Get-Asked Release | Should -Be ($before + 1)
    }

    It 'hands out nothing more of an enumeration whose session was disconnected elsewhere' {
        Connect-WSMan $one @login
        $seen = [Collections.Generic.List[string]]::new()
        $failure = Get-OneError {
            Get-WSManInstance $rows -Enumerate -ComputerName $one -ErrorAction Stop | ForEach-Object {
                $seen.Add($_.Index)
                if ($seen.Count -eq 30) { Disconnect-WSMan $one }
            }
        }
        $failure.Exception.Message | Should -Match 'closed'
        $seen | Should -HaveCount 30
    }

    It 'releases the enumeration when a reader fails' {
        $before = Get-Asked Release
        $seen = [Collections.Generic.List[string]]::new()
        $failure = Get-OneError {
            Get-WSManInstance $rows -Enumerate @at | ForEach-Object {
                if ($_.Index -eq 30) { throw 'enough' }
                $seen.Add($_.Index)
            }
        }
        "$failure" | Should -Be 'enough'
        $seen | Should -HaveCount 30
        Assert-NothingHeld $computer
        Get-Asked Release | Should -Be ($before + 1)
    }

    It 'leaves the session, and nothing else, when a reader of an enumeration over it has enough' {
        Connect-WSMan $one @login
        $before = Get-Asked Release
        Get-WSManInstance $rows -Enumerate -ComputerName $one | Select-Object -First 1 | Should -HaveCount 1
        Assert-NothingHeld $computer -Connections 1
        Get-Asked Release | Should -Be ($before + 1)
        Assert-Connected $computer $one
    }

    It 'delivers what is wanted of an enumeration that has no end' {
        Get-WSManInstance $rows -Enumerate -ApplicationName pull/endless/wsman @at |
            Select-Object -First 500 | Should -HaveCount 500
    }

    # What is kept of 90000 instances, be it no more than their bytes, has 75 MB or more.
    It 'takes no more memory for 100000 instances than for 10000' -Skip:$isUnknown {
        $many = Start-Computer 127.21.3.2 -Option '--rows', 100000
        # 16 MB of new objects between two collections, whatever the cache of the processor is.
        $env:DOTNET_GCgen0size = '1000000'
        try {
            $told = Invoke-Pwsh @"
                Import-Module Portable.WSMan.Management
                `$login = @{
                    ComputerName = '127.21.3.2'; UseSSL = `$true; Port = $($many.Https); Authentication = 'Basic'
                    Credential = $credentialText
                }
                `$count = @(0)
                Get-WSManInstance $rows -Enumerate @login | ForEach-Object {
                    if (++`$count[0] % 10000 -eq 0) { [int]((Select-String '^VmRSS' /proc/self/status).Line -replace '\D') }
                }
"@
            $told.Lines | Should -HaveCount 10
            [int] $told.Lines[-1] - [int] $told.Lines[0] | Should -BeLessThan 40960
        } finally {
            $env:DOTNET_GCgen0size = $null
            Stop-Computer $many
        }
    }

    It 'is stopped at once while it waits for a page that does not come' {
        $before = Get-Asked Pull
        $background = Start-BackgroundScript {
            Get-WSManInstance $rows -Enumerate -ApplicationName pull/stall/wsman @at
        } @{ rows = $rows; at = $at }
        $null = Wait-Count $computer { $_.operations.Pull -gt $before }
        Assert-StopsAtOnce $background
    }

    It 'is stopped at once while its reader is busy' {
        Assert-StopsAtOnce (Start-BusyReader)
    }

    It 'fetches two pages ahead of a busy reader, and none when it is stopped' {
        $before = Get-Count $computer
        $background = Start-BusyReader -Object 2
        $null = Wait-Count $computer { $_.operations.Pull -gt $before.operations.Pull + 1 }
        Assert-StopsAtOnce $background
        Assert-NothingHeld $computer
        Get-Asked Pull | Should -Be ($before.operations.Pull + 2)
        Get-Asked Release | Should -Be ($before.operations.Release + 1)
    }

    # The first page has 20 objects, the second 80, and the third is a fault.
    It 'writes the objects of every page before the error of one that was fetched ahead' {
        $before = Get-Asked Pull
        $seen = [Collections.Generic.List[string]]::new()
        $failure = Get-OneError {
            Get-WSManInstance $rows -Enumerate -ApplicationName pull/fault-after/2/wsman @at | ForEach-Object {
                # It came before the second object was handled, and is told behind the last.
                if ($_.Index -eq 1) { $null = Wait-Count $computer { $_.operations.Pull -gt $before + 1 } }
                $seen.Add($_.Index)
            }
        }
        Assert-WSManError $failure GetWSManInstance $rows '0x0000054F'
        $seen -join ' ' | Should -BeExactly (0..99 -join ' ')
    }

    It 'releases the enumeration when its runspace closes' {
        $before = Get-Asked Release
        $background = Start-BusyReader
        $background.Shell.Runspace.Dispose()
        $null = Wait-BackgroundScript $background
        Assert-NothingHeld $computer
        Get-Asked Release | Should -Be ($before + 1)
    }
}

Describe 'The progress of Get-WSManInstance -Enumerate' {
    BeforeAll {
        # Each answer takes longer than a second, and thirty objects come with two.
        $slow = {
            param($at)
            Import-Module Portable.WSMan.Management
            Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ApplicationName delay/1100/wsman @at |
                Select-Object -First 30
        }
        $quick = {
            param($at)
            Import-Module Portable.WSMan.Management
            Get-WSManInstance wmicimv2/Win32_Service -Enumerate @at
        }
    }

    It 'is shown at a terminal after two seconds and taken away at the end, but not if all is there sooner' {
        $terminal = Start-Terminal @"
            `$at = @{ ComputerName = '$one'; UseSSL = `$true; Port = $($computer.Https); Authentication = 'Basic' }
            `$at.Credential = $credentialText
            function Show-Progress(`$Script) {
                `$job = Start-ThreadJob `$Script -ArgumentList `$at -StreamingHost `$Host | Wait-Job
                "`$(`$job.State) with `$(`$job.Output.Count) objects"
                `$job.Progress | Where-Object Activity -like *WSMan* |
                    ForEach-Object { '{0}: {1}: {2}' -f `$_.RecordType, `$_.Activity, `$_.StatusDescription }
            }
            function Show-Slow { Show-Progress { $slow } }
            # On a machine that is too busy the quick one is slow as well.
            function Show-Quick {
                do {
                    `$watch = [Diagnostics.Stopwatch]::StartNew()
                    `$told = Show-Progress { $quick }
                } while (`$watch.Elapsed.TotalSeconds -ge 2)
                `$told
            }
"@
        try {
            Invoke-Line $terminal Show-Quick | Should -Be 'Completed with 12 objects'
            $lines = (Invoke-Line $terminal Show-Slow) -split '\n'
            $lines[0] | Should -Be 'Completed with 30 objects'
            $activity = 'Get-WSManInstance wmicimv2/Loopback_Row'
            $lines[1] | Should -Match "^Processing: ${activity}: [1-9]\d* instances so far, \d+ a second$"
            $lines[-1] | Should -Match "^Completed: ${activity}: "
            # This is what the terminal itself made of it meanwhile.
            Get-TerminalOutput $terminal | Should -Match "$activity \[.*[1-9]\d* instances so far"
        } finally {
            $null = Stop-Terminal $terminal
        }
    }

    # The tests are one.
    It 'is not shown in a console whose output goes elsewhere' {
        $job = Start-ThreadJob $slow -ArgumentList $at -StreamingHost $Host | Wait-Job
        $job.Output | Should -HaveCount 30
        $job.Progress | Where-Object Activity -like *WSMan* | Should -BeNullOrEmpty
        Remove-Job $job
    }

    It 'is not shown by a host without a screen' {
        $job = Start-ThreadJob $slow -ArgumentList $at | Wait-Job
        $job.Output | Should -HaveCount 30
        $job.Progress | Where-Object Activity -like *WSMan* | Should -BeNullOrEmpty
        Remove-Job $job
    }
}
