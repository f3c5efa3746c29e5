# A service that ends when a client closes a connection before its answer, as those do that have no handler of SIGPIPE.
# Whatever stops a request, the answer that is on its way is read, and what it leaves is ended.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    # Nothing waits for so long: what the gate holds back is let go by the test.
    Set-ClientSetting @{ AllowUnencrypted = $true; TeardownTimeoutms = [int] (Get-TimeBound '00:05:00').TotalMilliseconds }
    $rows = 'wmicimv2/Loopback_Row'

    # Runs a script in another runspace until the service holds back its last request. The first object of the script
    # is how many requests there were before that; $shut gives it, and shuts the gate.
    function Start-Held([scriptblock] $Script) {
        $shut = {
            $null = Invoke-RestMethod "$control/shut" -Method Post
            (Invoke-RestMethod "$control/counts").requests
        }
        $background = Start-BackgroundScript $Script @{
            rows = $rows; at = $at; one = $one; control = $computer.Control; shut = $shut; waitLimit = $waitLimit
        }
        $null = Wait-Count $computer { $background.Output.Count -and $_.requests -gt $background.Output[0] }
        $background
    }

    # The service is alive, has seen no end of a connection before its answer, and holds nothing.
    function Assert-Alive([int] $Connections = 0) {
        $computer.Process.HasExited | Should -BeFalse
        Assert-NothingHeld $computer -Connections $Connections
        (Get-Count $computer).unheard | Should -Be 0
    }
}

Describe 'A service that ends where its answer is not read, over <scheme>,' -ForEach @(
    @{ scheme = 'http'; one = '127.21.40.1' }
    @{ scheme = 'https'; one = '127.21.40.2' }
) {
    BeforeAll {
        $computer = Start-Computer $one -Option '--dies-unheard', 'yes'
        $login = $computer.Login + @{ ApplicationName = 'gate/wsman' }
        if ($scheme -eq 'http') { $login.Port, $login.UseSSL = $computer.Http, $false }
        $at = @{ ComputerName = $one } + $login
    }
    AfterEach {
        Open-Gate $computer
        Disconnect-EveryComputer
    }
    AfterAll { Stop-Computer $computer }

    It 'lives when a reader has enough, who does not wait for the answer' {
        $before = [int] (Get-Count $computer).released
        $background = Start-BackgroundScript {
            $seen = 0
            Get-WSManInstance $rows -Enumerate @at | ForEach-Object {
                $seen++
                if ($seen -eq 1) {
                    $null = Invoke-RestMethod "$control/shut" -Method Post
                    $sent = (Invoke-RestMethod "$control/counts").requests
                } elseif ($seen -eq 2) {
                    while ((Invoke-RestMethod "$control/counts").requests -le $sent) { }
                }
                $_
            } | Select-Object -First 2
        } @{ rows = $rows; at = $at; control = $computer.Control }
        Wait-BackgroundScript $background | Should -HaveCount 2
        $background.Shell.Streams.Error | Should -BeNullOrEmpty
        (Get-Count $computer).released | Should -Be $before
        Open-Gate $computer
        Assert-Alive
        (Get-Count $computer).released | Should -Be ($before + 1)
    }

    It 'lives when the pipeline is stopped while <what>, which does not wait for the answer' -ForEach @(
        @{ what = 'a page is under way'; releases = 1
            run = {
                $shut = [scriptblock]::Create($shut)
                Get-WSManInstance $rows -Enumerate @at | ForEach-Object { if (-not $n++) { & $shut } else { Start-Sleep 3600 } }
            }
        }
        @{ what = 'a reader waits for a page'; releases = 1
            run = {
                $shut = [scriptblock]::Create($shut)
                Get-WSManInstance $rows -Enumerate @at | ForEach-Object { if (-not $n++) { & $shut } }
            }
        }
        @{ what = 'an enumeration begins'; releases = 1
            run = { & ([scriptblock]::Create($shut)); Get-WSManInstance $rows -Enumerate @at }
        }
        @{ what = 'an instance is read'; releases = 0
            run = { & ([scriptblock]::Create($shut)); Get-WSManInstance winrm/config @at }
        }
        @{ what = 'a method is called'; releases = 0
            run = {
                & ([scriptblock]::Create($shut))
                Invoke-WSManAction wmicimv2/Loopback_Echo Echo -ValueSet @{ Text = 'one' } @at
            }
        }
    ) {
        $before = [int] (Get-Count $computer).released
        $null = Wait-BackgroundScript (Start-Held $run) -Stop
        (Get-Count $computer).released | Should -Be $before
        Open-Gate $computer
        Assert-Alive
        (Get-Count $computer).released | Should -Be ($before + $releases)
    }

    It 'lives when its session is disconnected elsewhere, which releases and tells the reader at once' {
        Connect-WSMan $one @login
        $reader = Start-Held {
            $shut = [scriptblock]::Create($shut)
            Get-WSManInstance $rows -Enumerate -ComputerName $one | ForEach-Object { if (-not $n++) { & $shut } }
        }
        $ending = Start-BackgroundScript {
            Disconnect-WSMan $one -InformationVariable report
            $report.MessageData
        } @{ one = $one }
        $null = Wait-BackgroundScript $reader
        "$($reader.Shell.Streams.Error)" | Should -Match 'closed'
        Open-Gate $computer
        $report = Wait-BackgroundScript $ending
        $report.Graceful | Should -BeTrue
        $report.OperationsCancelled | Should -Be 1
        Get-EndedCount $report | Should -Be 1, 0, 0
        Assert-Alive
    }

    It 'lives when a session ends whose command says nothing to a Receive' {
        Connect-WSMan $one @login
        $id = (New-WSManInstance shell/cmd @{} -ComputerName $one).ReferenceParameters.SelectorSet.Selector.'#text'
        $in = @{ ComputerName = $one; SelectorSet = @{ ShellId = $id } }
        $command = (Invoke-WSManAction shell/cmd Command @in -ValueSet @{ Command = 'sleep' }).CommandId
        $before = [int] (Get-Count $computer).operations.Receive
        $reader = Start-BackgroundScript {
            Invoke-WSManAction shell/cmd Receive @in -ValueSet @{ CommandId = $command }
        } @{ in = $in; command = $command }
        $null = Wait-Count $computer { $_.operations.Receive -gt $before }
        Disconnect-WSMan $one -InformationVariable report
        $report.MessageData.Graceful | Should -BeTrue
        $report.MessageData.CommandsTerminated | Should -Be 1
        $null = Wait-BackgroundScript $reader
        Assert-Alive
    }
}
