<#
.SYNOPSIS
Shows Connect-WSMan and Disconnect-WSMan at work against a service on loopback addresses.

.DESCRIPTION
Starts the loopback service as two computers, types the lines of demo-steps.ps1 into a PowerShell
as a person would, prints what is seen, and compares each step with what is expected. The exit
code is 0 only if every step came out as expected and the service ends with no connection.

Only the language, .NET and a few cmdlets are used, so that it also runs in the console of
tests/console.

.PARAMETER Module
The module folder.

.PARAMETER Endpoint
The program of the loopback service.

.PARAMETER Shell
The PowerShell to type into: pwsh, or the console.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Endpoint,
    [Parameter(Mandatory)] [string] $Shell
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$patience = [timespan]::FromSeconds(60)
$computers = '127.0.0.2', '127.0.0.3'
$user = 'demo'
$password = [guid]::NewGuid().ToString('N')

# Starts a program with standard input and output as pipes.
function Start-Piped([string] $program, [string[]] $arguments, [hashtable] $environment, [string] $folder) {
    $start = [Diagnostics.ProcessStartInfo]::new($program)
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.WorkingDirectory = $folder
    foreach ($argument in $arguments) { $start.ArgumentList.Add($argument) }
    foreach ($name in $environment.Keys) { $start.Environment[$name] = $environment[$name] }
    [Diagnostics.Process]::Start($start)
}

# Ends a program by closing its standard input, and by force if that is not enough.
function Stop-Piped([Diagnostics.Process] $process) {
    if (-not $process) { return }
    $process.StandardInput.Close()
    if (-not $process.WaitForExit(10000)) { $process.Kill($true) }
    $process.Dispose()
}

function ConvertFrom-Document([string] $json) {
    [Text.Json.JsonDocument]::Parse($json).RootElement
}

# Starts the service; it says in one line which ports the system gave it.
function Start-Service([string] $folder) {
    $arguments = @('--user', $user, '--password', $password, '--ca-directory', $folder)
    foreach ($computer in $computers) { $arguments += '--address', $computer }
    $process = Start-Piped $Endpoint $arguments @{} $folder
    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait($patience) -or -not $line.Result) { throw "$Endpoint did not start." }
    $ready = ConvertFrom-Document $line.Result
    @{
        Process = $process
        Http = $ready.GetProperty('http').GetInt32()
        Https = $ready.GetProperty('https').GetInt32()
        Control = $ready.GetProperty('control').GetInt32()
        Authority = $ready.GetProperty('caFile').GetString()
    }
}

# The client settings: whom to trust, and the service's ports as the default ones.
function Write-Settings([string] $folder, [hashtable] $service) {
    $null = [IO.Directory]::CreateDirectory("$folder/wsman")
    $authority = [Text.Json.JsonEncodedText]::Encode($service.Authority)
    $settings = '{{"TrustedCAPath":"{0}","DefaultPorts":{{"HTTP":{1},"HTTPS":{2}}}}}' -f
        $authority, $service.Http, $service.Https
    [IO.File]::WriteAllText("$folder/wsman/client.json", $settings)
}

# How many connections, contexts, shells or commands clients hold open, once it is the expected number
# or after a few seconds.
function Get-OpenCount([hashtable] $service, [string] $what, [int] $expected) {
    $client = [Net.Http.HttpClient]::new()
    try {
        $uri = "http://127.0.0.1:$($service.Control)/counts?$what=$expected&wait=5000"
        (ConvertFrom-Document $client.GetStringAsync($uri).GetAwaiter().GetResult()).
            GetProperty($what).GetInt32()
    } finally {
        $client.Dispose()
    }
}

# Starts the shell. What it writes to standard error belongs to what a person sees, at its place.
function Start-Shell([string] $folder, [string] $configuration) {
    $modules = [IO.Path]::GetDirectoryName([IO.Path]::GetFullPath($Module))
    $environment = @{
        XDG_CONFIG_HOME = $configuration
        PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath
        POWERSHELL_TELEMETRY_OPTOUT = '1'
        DEMO_PASSWORD = $password
    }
    $arguments = '-c', 'exec "$0" "$@" 2>&1', $Shell, '-NoLogo', '-NoProfile'
    Start-Piped /bin/sh $arguments $environment $folder
}

# A text without what a terminal takes as commands.
function Remove-Escape([string] $text) {
    $text -replace '\e(?:\[[0-9;?]*[A-Za-z]|[=>])'
}

# Reads until the shell shows its prompt and waits, or ends. Returns what it wrote.
function Read-UntilPrompt([Diagnostics.Process] $process) {
    $text = [Text.StringBuilder]::new()
    $buffer = [char[]]::new(4096)
    do {
        $read = $process.StandardOutput.ReadAsync($buffer, 0, $buffer.Length)
        if (-not $read.Wait($patience)) { throw "The shell has been silent for $patience." }
        $null = $text.Append($buffer, 0, $read.Result)
        [Console]::Out.Write($buffer, 0, $read.Result)
    } until ($read.Result -eq 0 -or (Remove-Escape $text.ToString()) -match '(?:^|\n)PS [^\n]*> $')
    $text.ToString()
}

# What a step printed: without its echo and the next prompt, and without blank lines.
function Get-Printed([string] $text) {
    $lines = (Remove-Escape $text) -split '\r?\n'
    @(foreach ($line in $lines[1..($lines.Count - 1)]) {
        if ($line.Trim() -and $line -notmatch '^PS [^\n]*> $') { $line.Trim() }
    })
}

# The ways in which a step came out otherwise than its row says, as sentences.
function Get-Surprise([hashtable] $step, [string[]] $printed, [hashtable] $service) {
    $text = $printed -join "`n"
    if ($step.ContainsKey('Prints')) {
        $expected = $step.Prints -join "`n"
        if ($text -cne $expected) { "it printed`n$text`ninstead of`n$expected" }
    }
    if ($step.ContainsKey('Shows')) {
        foreach ($pattern in $step.Shows) { if ($text -notmatch $pattern) { "it does not show $pattern" } }
    }
    if ($step.ContainsKey('Hides')) {
        foreach ($pattern in $step.Hides) { if ($text -match $pattern) { "it shows $pattern" } }
    }
    foreach ($what in 'connections', 'contexts', 'shells', 'commands') {
        if ($step.ContainsKey($what)) {
            $count = Get-OpenCount $service $what $step[$what]
            if ($count -ne $step[$what]) { "$count $what are open instead of $($step[$what])" }
        }
    }
    if ($text.Contains($password)) { 'it shows the password' }
}

# Types every step and returns the sentences about what went otherwise than expected.
function Invoke-Step([hashtable[]] $steps, [Diagnostics.Process] $process, [hashtable] $service) {
    $null = Read-UntilPrompt $process
    foreach ($step in $steps) {
        $process.StandardInput.WriteLine($step.Type)
        $process.StandardInput.Flush()
        $printed = Get-Printed (Read-UntilPrompt $process)
        foreach ($surprise in Get-Surprise $step $printed $service) { "$($step.Type): $surprise" }
    }
    $process.StandardInput.WriteLine('exit')
    $null = Read-UntilPrompt $process
    if (-not $process.WaitForExit($patience)) { 'exit: the shell does not end' }
    elseif ($process.ExitCode -ne 0) { "exit: the shell ends with $($process.ExitCode)" }
}

$folder = [IO.Directory]::CreateTempSubdirectory('demo-').FullName
$service = $null
$typed = $null
try {
    $here = [IO.Directory]::CreateDirectory("$folder/here").FullName
    $null = [IO.Directory]::CreateDirectory("$folder/authority")
    $service = Start-Service "$folder/authority"
    Write-Settings "$folder/configuration" $service
    $typed = Start-Shell $here "$folder/configuration"
    $steps = & "$PSScriptRoot/demo-steps.ps1" $computers $user
    $surprises = @(Invoke-Step $steps $typed $service)
    $left = Get-OpenCount $service connections 0
} finally {
    Stop-Piped $typed
    if ($service) { Stop-Piped $service.Process }
    [IO.Directory]::Delete($folder, $true)
}

[Console]::Out.WriteLine()
if ($surprises -or $left) {
    foreach ($surprise in $surprises) { [Console]::Error.WriteLine("Not as expected: $surprise") }
    [Console]::Error.WriteLine("The demo failed: $(@($surprises).Count) surprises, $left connections left open.")
    exit 1
}
"Done: two computers connected, listed and disconnected; $(@($steps).Count) steps came out as expected, and the service counts no open connection."
exit 0
