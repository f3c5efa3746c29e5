# Each command that ends sessions x each kind of thing that is open x what the server does then, as Teardown.Endings.psd1
# has them: what is left is told, and the reports are true.
BeforeDiscovery { $table = Import-PowerShellDataFile "$PSScriptRoot/Teardown.Endings.psd1" }
BeforeAll { . "$PSScriptRoot/Teardown.Endings.ps1" }

Describe 'A command that ends sessions' {
    # One process for all of them: it goes on.
    BeforeAll {
        $computer = Start-Cell $table.Commands
        $process = Start-Pwsh '-Command', '-'

        # What is not true of the reports for a fault: ended and abandoned are all that was open, and what is left was
        # told as abandoned and warned of.
        function Get-Untruth([hashtable] $Row, [hashtable] $Fault, $Told) {
            $counts = Get-Count $computer
            for ($i = 1; $i -le $table.Things.Count; $i++) {
                $thing, $address = $table.Things[$i - 1], "127.$($Row.Way).$($table.Faults.Fault.IndexOf($Fault.Fault)).$i"
                $reports = @($Told).Where{ $_.Address -eq $address }
                if ($reports.Count -ne 1) { "$address has $($reports.Count) reports"; continue }
                $report = $reports[0]
                $left = 'contexts', 'shells', 'commands' | ForEach-Object { $counts.byAddress.$address.$_ }
                $isTrue = foreach ($kind in 0..2) {
                    # What a reader had open may have been released with it.
                    ($kind -eq 0 -and $Row.Before) -or $report.Ended[$kind] + $report.Abandoned[$kind] -eq $thing.Open[$kind]
                    $left[$kind] -le $report.Abandoned[$kind]
                }
                $abandoned = @($report.Abandoned).Where{ $_ -gt 0 }.Count
                $isTrue += ($report.Graceful -eq ($abandoned -eq 0)), ($report.Warnings -eq $abandoned)
                if ($isTrue -contains $false) {
                    "$address, where $($thing.Thing) was open, has $left left: $($report | ConvertTo-Json -Compress)"
                }
            }
        }
    }
    AfterAll {
        $null = Wait-Pwsh $process
        Stop-Computer $computer
    }

    Context '<How>' -ForEach $table.Commands {
        BeforeAll {
            $row = $_
            # It is imported again after it was removed.
            $said = (Invoke-Script $process (Get-HoldingText $row)).Lines
            $said | Should -BeNullOrEmpty
            if ($row.Before) {
                (Invoke-Script $process $row.Before).Lines | Should -BeNullOrEmpty
                $well = $table.Faults[0]
                Assert-Open $row.Way $well { param($thing) $null, 0, $thing.Open[1], $thing.Open[2] }
            } else { Assert-Held $row.Way }

            $said = (Invoke-Script $process "$($row.Ending); Write-Told").Lines
            $told = $row.Silent ? @() : ($said | ConvertFrom-Json)
        }
        AfterAll {
            $null = Invoke-Script $process {
                if ($reader -is [powershell]) { $reader.Dispose() }
                Get-Job | Remove-Job -Force
                (Get-ChildItem WSMan:\).Where{ $_.Name -ne 'localhost' }.ForEach{ Disconnect-WSMan $_.Name 3>$null }
            }
        }

        It 'leaves nothing untold if the server <Fault>' -ForEach $table.Faults {
            if ($row.Silent) { return Assert-Left $row.Way $_ $false }
            $stays, $connections = $_.Leaves, [int] $row.Connections
            Assert-Open $row.Way $_ { @($connections) + ($stays ? $args[0].Open : (0, 0, 0)) }
            Get-Untruth $row $_ $told | Should -BeNullOrEmpty
        }
    }
}
