# What a user sees of an ending that waits for a slow server: progress from the first second on, and never the loss of
# what is ended.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.1.1'
    $computer = Start-Computer $one
    Set-ClientSetting @{ TeardownTimeoutms = 2500; ExitTimeoutms = 2500 }
    $login = $computer.Login

    # Runs an ending in a runspace of its own and returns its records; the session has a shell.
    function Get-Ending([string] $Ending, [string] $Application = 'wsman') {
        Connect-WSMan $one @login -ApplicationName $Application
        $null = New-WSManInstance shell/cmd @{} -ComputerName $one
        $background = Start-BackgroundScript ([scriptblock]::Create($Ending)) @{ one = $one }
        $null = Wait-BackgroundScript $background
        Get-ConnectedComputer | Should -BeNullOrEmpty
        $streams = $background.Shell.Streams
        $streams.Error | Should -BeNullOrEmpty
        [pscustomobject]@{
            Report = $streams.Information.MessageData; Warnings = $streams.Warning
            Progress = @($streams.Progress | Where-Object Activity -like Ending*)
        }
    }
}
AfterAll { Stop-Computer $computer }

Describe 'An ending that waits for the server' {
    AfterEach { Disconnect-EveryComputer }

    It 'shows that it does, and takes that away again: <ending>' -ForEach @(
        @{ ending = 'Disconnect-WSMan $one'; activity = 'Ending the session with 127.20.1.1' }
        @{ ending = 'Remove-Item WSMan:\$one'; activity = 'Ending the session with 127.20.1.1' }
        @{ ending = 'Remove-WSManSession *'; activity = 'Ending sessions (1)' }
        @{ ending = 'Remove-PSDrive WSMan'; activity = 'Ending all sessions' }
    ) {
        $seen = Get-Ending $ending teardown/delete/stall/wsman

        $seen.Progress.Activity | Select-Object -Unique | Should -Be $activity
        $seen.Progress[0].StatusDescription | Should -Match '^\d+ s so far$'
        $seen.Progress.RecordType | Should -Be @(@('Processing') * ($seen.Progress.Count - 1) + 'Completed')
        $seen.Report.ComputerName | Should -Be $one
        $seen.Report.ShellsAbandoned | Should -Be 1
        $seen.Warnings | Should -HaveCount 1
    }

    It 'shows that it does where a new session has taken its place: <command>' -ForEach @(
        @{ command = 'Connect-WSMan $one @login' }, @{ command = 'New-Item WSMan:\ -Name $one @login' }
    ) {
        Connect-WSMan $one @login -ApplicationName teardown/delete/stall/wsman
        $null = New-WSManInstance shell/cmd @{} -ComputerName $one
        $background = Start-BackgroundScript ([scriptblock]::Create("`$null = $command")) @{ one = $one; login = $login }
        $null = Wait-BackgroundScript $background

        $streams = $background.Shell.Streams
        $streams.Error | Should -BeNullOrEmpty
        $progress = @($streams.Progress | Where-Object Activity -like Replacing*)
        $progress.Activity | Select-Object -Unique | Should -Be "Replacing the session with $one"
        $progress[-1].RecordType | Should -Be Completed
        $streams.Information.MessageData.ShellsAbandoned | Should -Be 1
        $streams.Warning | Should -HaveCount 1
        (Get-Item WSMan:\$one).State | Should -Be Opened
    }

    It 'shows nothing where it is quick: <ending>' -ForEach @(
        @{ ending = 'Disconnect-WSMan $one' }, @{ ending = 'Remove-Item WSMan:\$one' }, @{ ending = 'Remove-PSDrive WSMan' }
    ) {
        $seen = Get-Ending $ending
        # A machine that is too busy takes longer than the second.
        if ($seen.Report.ElapsedMs -lt 500) { $seen.Progress | Should -BeNullOrEmpty }
        $seen.Report.ShellsDeleted | Should -Be 1
    }

    It 'comes to its end where progress is refused' {
        $seen = Get-Ending 'try { Disconnect-WSMan $one -ProgressAction Stop } catch { }' teardown/delete/stall/wsman
        # It is not written a second time.
        $seen.Progress | Should -HaveCount 1
        Get-HeldCount $computer | Should -Be 0
    }

    It 'writes no progress into a file' {
        $how = "-UseSSL -Port $($computer.Https) -Authentication Basic -Credential $credentialText"
        $ran = Invoke-Pwsh "Connect-WSMan $one $how -ApplicationName teardown/delete/stall/wsman
            `$null = New-WSManInstance shell/cmd @{} -ComputerName $one
            Disconnect-WSMan $one -WarningAction Ignore; 'done'" -Setting @{ TeardownTimeoutms = 2500 }
        $ran.Lines | Should -Be done
    }
}
