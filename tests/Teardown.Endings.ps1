# What the files Teardown.Endings.* share, to be dot-sourced before all: the table, and what is open on the computers of
# its rows.
Import-Module "$PSScriptRoot/Support.psm1"
$table = Import-PowerShellDataFile "$PSScriptRoot/Teardown.Endings.psd1"
$budget = [int] (Get-TimeBound '00:00:02').TotalMilliseconds
Set-ClientSetting @{ ExitTimeoutms = 2 * $budget; TeardownTimeoutms = 10 * $budget }
# Jobs are children of this process.
$env:WSMAN_TEST_PASSWORD = $password

# A computer for each thing and fault of these rows.
function Start-Cell([hashtable[]] $Row) {
    $addresses = foreach ($one in $Row) {
        foreach ($fault in 0..($table.Faults.Count - 1)) {
            foreach ($thing in 1..$table.Things.Count) { "127.$($one.Way).$fault.$thing" }
        }
    }
    Start-Computer $addresses -Option '--max-shells', 10000, '--max-operations', 10000, '--seconds', 1200
}

# The text that holds what a row is about.
function Get-HoldingText([hashtable] $Row) {
    $reader = $Row.ReadBy ? "-ReadBy $($Row.ReadBy)" : ''
    ". '$PSScriptRoot/Teardown.Holder.ps1' -Way $($Row.Way) -Https $($computer.Https) -Budget $budget $reader"
}

# Checks what is open on the computers of a way, for one fault. Expected gets the thing and returns connections, contexts,
# shells and commands, or $null for what does not matter; what is not so yet is waited for. One comparison for all.
function Assert-Open([int] $Way, [hashtable] $Fault, [scriptblock] $Expected) {
    $kinds = 'connections', 'contexts', 'shells', 'commands'
    $counts = Get-Count $computer
    $wrong = for ($i = 1; $i -le $table.Things.Count; $i++) {
        $thing, $address = $table.Things[$i - 1], "127.$Way.$($table.Faults.Fault.IndexOf($Fault.Fault)).$i"
        $wanted = & $Expected $thing
        foreach ($kind in 0..3) {
            $open = $counts.byAddress.$address.($kinds[$kind])
            if ($null -eq $wanted[$kind] -or $open -eq $wanted[$kind]) { continue }
            $open = Get-HeldCount $computer $kinds[$kind] $wanted[$kind] $address
            if ($open -eq $wanted[$kind]) { continue }
            "$address, where $($thing.Thing) was open, has $open $($kinds[$kind]) and not $($wanted[$kind])"
        }
    }
    $wrong | Should -BeNullOrEmpty
}

function Assert-Held([int] $Way) { foreach ($fault in $table.Faults) { Assert-Open $Way $fault { @($null) + $args[0].Open } } }

# Of an end without words.
function Assert-Left([int] $Way, [hashtable] $Fault, $All) {
    $stays = $All -or $Fault.Leaves
    Assert-Open $Way $Fault { @(0) + ($stays ? $args[0].Open : (0, 0, 0)) }
}
