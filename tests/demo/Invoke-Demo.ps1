<#
.SYNOPSIS
Shows Connect-WSMan and Disconnect-WSMan at work against a service on loopback addresses.

.DESCRIPTION
Starts the loopback service as two computers, types the lines of demo-steps.ps1 into a PowerShell as a person would,
prints what is seen, and compares each step with what is expected. The exit code is 0 only if every step came out as
expected and the service ends with no connection.

.PARAMETER Module
The module folder.

.PARAMETER Service
The program of the loopback service.

.PARAMETER Steps
The script that has the steps.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Service,
    [string] $Steps = "$PSScriptRoot/demo-steps.ps1"
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Reads until the shell shows its prompt and waits, or ends. Returns what it wrote, without what a terminal takes as
# commands.
function Read-UntilPrompt($shell) {
    $text = ''
    $buffer = [char[]]::new(4096)
    do {
        $read = $shell.Process.StandardOutput.ReadAsync($buffer, 0, $buffer.Length)
        if (-not $read.Wait($waitLimit)) { throw "The shell has been silent for $waitLimit." }
        $text += [string]::new($buffer, 0, $read.Result)
        [Console]::Out.Write($buffer, 0, $read.Result)
        $shown = $text -replace '\e(?:\[[0-9;?]*[A-Za-z]|[=>])'
    } until ($read.Result -eq 0 -or $shown -match $prompt)
    $shown
}

# The ways in which a step came out otherwise than its row says, as sentences. The first line that was shown is the
# echo of what was typed, and the last one the next prompt.
function Get-Surprise([hashtable] $step, [string] $shown, $computer) {
    $lines = @($shown -split '\r?\n' | Select-Object -Skip 1 | Select-Object -SkipLast 1 | ForEach-Object Trim)
    $text = @($lines -ne '') -join "`n"
    if ($step.ContainsKey('Prints') -and $text -cne ($step.Prints -join "`n")) {
        "it printed`n$text`ninstead of`n$($step.Prints -join "`n")"
    }
    foreach ($pattern in $step['Shows']) { if ($text -notmatch $pattern) { "it does not show $pattern" } }
    foreach ($pattern in $step['Hides']) { if ($text -match $pattern) { "it shows $pattern" } }
    foreach ($what in 'connections', 'contexts', 'shells', 'commands') {
        if (-not $step.ContainsKey($what)) { continue }
        $count = Get-HeldCount $computer $what -Until $step[$what]
        if ($count -ne $step[$what]) { "$count $what are open instead of $($step[$what])" }
    }
    if ($text.Contains($password)) { 'it shows the password' }
}

# Types every step, and returns the sentences about what went otherwise than expected.
function Invoke-Step([hashtable[]] $rows, $shell, $computer) {
    $null = Read-UntilPrompt $shell
    foreach ($row in $rows) {
        Send-Line $shell $row.Type
        $shown = Read-UntilPrompt $shell
        foreach ($surprise in Get-Surprise $row $shown $computer) { "$($row.Type): $surprise" }
        if ($shown -notmatch $prompt) { return "$($row.Type): it ends the shell" }
    }
    Send-Line $shell 'exit'
    $null = Read-UntilPrompt $shell
    $ended = Wait-Pwsh $shell
    if ($ended.ExitCode -ne 0) { "exit: the shell ends with $($ended.ExitCode)" }
}

$folder = [IO.Directory]::CreateTempSubdirectory('demo-').FullName
$env:WSMAN_TEST_MODULE, $env:WSMAN_TEST_SERVICE = $Module, $Service | ForEach-Object { (Resolve-Path $_).Path }
$env:WSMAN_TEST_FOLDER = $folder
$env:XDG_CONFIG_HOME = "$folder/configuration"
$env:PSModulePath = "$(Split-Path $env:WSMAN_TEST_MODULE)$([IO.Path]::PathSeparator)$env:PSModulePath"
Import-Module "$PSScriptRoot/../Support.psm1"

# Help is broken between words in the languages that PowerShell knows.
$environment = @{ DEMO_PASSWORD = $password; POWERSHELL_TELEMETRY_OPTOUT = '1'; LANG = 'en_US.UTF-8' }
# What the shell writes to standard error belongs to what a person sees, at its place.
$launch = 'exec "$0" "$@" 2>&1'
if (-not [Console]::IsOutputRedirected -and -not $env:NO_COLOR) {
    $environment.TERM = $env:TERM
    $launch = "unset NO_COLOR; $launch"
}

$computers = '127.0.0.2', '127.0.0.3'
$computer = $shell = $null
try {
    $computer = Start-Computer $computers
    Set-ClientSetting @{ DefaultPorts = @{ HTTP = $computer.Http; HTTPS = $computer.Https } }
    $rows = @(& $Steps $computers $userName)
    # Without the line editor, which is for keyboards.
    $shell = Start-Pwsh '-NonInteractive', '-WorkingDirectory', '/' $environment -Launcher /bin/sh, '-c', $launch
    $surprises = @(Invoke-Step $rows $shell $computer)
    $left = Get-HeldCount $computer
} finally {
    if ($shell) { Stop-PipedProcess $shell.Process }
    Stop-Computer $computer
    [IO.Directory]::Delete($folder, $true)
}

[Console]::Out.WriteLine()
if ($surprises -or $left) {
    foreach ($surprise in $surprises) { [Console]::Error.WriteLine("Not as expected: $surprise") }
    [Console]::Error.WriteLine("The demo failed: $($surprises.Count) surprises, $left connections left open.")
    exit 1
}
"Done: two computers connected, listed and disconnected; $($rows.Count) steps came out as expected, and the service " +
    'counts no open connection.'
exit 0
