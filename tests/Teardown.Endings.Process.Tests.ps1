# Each end of a process x each kind of thing that is open x what the server does then, as Teardown.Endings.psd1 has them:
# nothing is left on the server but what about_WSMan_Teardown says, which tells of the ways that cannot.
BeforeDiscovery { $table = Import-PowerShellDataFile "$PSScriptRoot/Teardown.Endings.psd1" }
BeforeAll { . "$PSScriptRoot/Teardown.Endings.ps1" }

Describe 'The end of a process by <How>' -ForEach $table.Processes {
    BeforeAll {
        $row = $_
        $computer = Start-Cell $row
        $ending = $row.Signal ? 'Start-Sleep 600' : "`$null = [Console]::In.ReadLine(); $($row.Ending)"
        $text = "$(Get-HoldingText $row); 'held'; $ending"
        if ($row.InJob) {
            $text = "`$job = Start-Job { $text }; while (-not (Receive-Job `$job)) { `$null = Wait-Job `$job -Timeout 0.1 }; " +
                "'held'; $ending"
        }
        $process = Start-Pwsh '-Command', $text
        Wait-Line $process 'held'
        Assert-Held $row.Way

        if ($row.Signal) { Send-Signal $process.Process $row.Signal } else { Send-Line $process }
        $result = Wait-Pwsh $process
    }
    AfterAll { Stop-Computer $computer -Now }

    It 'has the exit code <Code> and says nothing of a session' {
        $result.ExitCode | Should -Be $row.Code
        "$($result.Output)$($result.Error)" | Should -Not -BeLike "*127.$($row.Way).*"
    }

    It 'leaves what about_WSMan_Teardown says if the server <Fault>' -ForEach $table.Faults {
        Assert-Left $row.Way $_ $row.LeavesAll
    }
}
