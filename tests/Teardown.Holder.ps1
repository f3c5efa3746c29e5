# Connects the computers of one row of Teardown.Endings.psd1 and opens there what they are to hold. To be dot-sourced, in
# the PowerShell that ends: it leaves $addresses, $login, $listen, and in $reader what reads the enumerations.
param([int] $Way, [int] $Https, [int] $Budget, [string] $ReadBy = 'Runspace')

Import-Module Portable.WSMan.Management
$table = Import-PowerShellDataFile "$PSScriptRoot/Teardown.Endings.psd1"
$password = [Net.NetworkCredential]::new('', $env:WSMAN_TEST_PASSWORD).SecurePassword
$login = @{ UseSSL = $true; Port = $Https; Authentication = 'Basic'; Credential = [pscredential]::new('tester', $password) }
$listen = @{ InformationVariable = '+told'; WarningVariable = '+warned'; WarningAction = 'SilentlyContinue' }
$told, $warned = @(), @()

# One enumeration within the other, as a pipeline holds them.
function Read-Each([string[]] $Address, $Reached) {
    if (-not $Address) { $Reached.Set(); Start-Sleep 600 }
    $first, $rest = $Address
    Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $first | ForEach-Object { Read-Each $rest $Reached }
}

# What was told, one line of JSON for each session.
function Write-Told {
    foreach ($report in $told.MessageData) {
        @{
            Address = $report.ComputerName; Graceful = $report.Graceful
            Ended = $report.EnumerationsReleased, $report.ShellsDeleted, $report.CommandsTerminated
            Abandoned = $report.EnumerationsAbandoned, $report.ShellsAbandoned, $report.CommandsAbandoned
            Warnings = @($warned -like "*$($report.ComputerName) *").Count
        } | ConvertTo-Json -Compress
    }
}

$addresses, $read = @(), @()
for ($fault = 0; $fault -lt $table.Faults.Count; $fault++) {
    for ($thing = 0; $thing -lt $table.Things.Count; $thing++) {
        $address = "127.$Way.$fault.$($thing + 1)"
        $path = $table.Faults[$fault].Path
        $contexts, $shells, $commands = $table.Things[$thing].Open
        # Only the server that answers nothing gets little time, so that a busy machine cannot make another one late.
        $how = $path -like '*stall*' ? @{ SessionOption = New-WSManSessionOption -OperationTimeout $Budget } : @{}
        Connect-WSMan $address @login @how -ApplicationName $path
        for ($i = 0; $i -lt $shells; $i++) {
            $made = New-WSManInstance shell/cmd @{} -ComputerName $address
            if ($i -ge $commands) { continue }
            $id = @{ ShellId = $made.ReferenceParameters.SelectorSet.Selector.'#text' }
            $null = Invoke-WSManAction shell/cmd Command $id -ComputerName $address -ValueSet @{ Command = 'sleep' }
        }
        $addresses += $address
        $read += @($address) * $contexts
    }
}

$reached = [Threading.ManualResetEventSlim]::new()
$script = "function Read-Each { ${function:Read-Each} }; Read-Each `$args[0] `$args[1]"
switch ($ReadBy) {
    Runspace {
        $reader = [powershell]::Create().AddScript($script).AddArgument($read).AddArgument($reached)
        $null = $reader.BeginInvoke()
    }
    ThreadJob { $reader = Start-ThreadJob ([scriptblock]::Create($script)) -ArgumentList $read, $reached }
    Parallel {
        1 | ForEach-Object -Parallel {
            . ([scriptblock]::Create($using:script)) $using:read $using:reached
        } -TimeoutSeconds 10 2>$null
    }
}
if (-not $reached.Wait(60000)) { throw 'The enumerations are not open.' }
