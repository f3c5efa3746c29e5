<#
.SYNOPSIS
Builds, shows, tests and checks Portable.WSMan.Management.

.DESCRIPTION
A door to the workflows of CMakePresets.json, for PowerShell on Linux and macOS. It installs
nothing: what is missing is named, with the command that installs it, and the exit code is 2.
Without a task it lists the tasks.

Only the language, native commands and .NET are used, so that it also runs in the console of
tests/console.

.PARAMETER Task
demo   build, start a loopback service, and show Connect-WSMan and Disconnect-WSMan at work
shell  open a PowerShell with the freshly built module
test   build and run every test, also under the sanitizers
check  check format, lint, layering and the instruction count of one request
bench  measure the core against libcurl and libxml2; keep the machine quiet
soak   open and end sessions by the ten thousand, and threads that meet for a minute

.PARAMETER Command
For shell: text to run, instead of reading lines.

.PARAMETER File
For shell: a script to run, instead of reading lines. What follows is handed to the script.

.PARAMETER Arguments
The arguments of the script.

.EXAMPLE
./build.ps1 demo

.EXAMPLE
./build.ps1 shell -Command 'dir WSMan:\'
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('demo', 'shell', 'test', 'check', 'bench', 'soak')]
    [string] $Task,

    [string] $Command,

    [string] $File,

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Arguments = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$exitPrerequisites = 2
$exitUsage = 64

# How each package manager is asked for a library, and how it installs one.
$managers = @(
    @{
        Program = 'apt-get'; Column = 2; Install = 'sudo apt-get install'; Installed = '^installed$'
        Ask = { dpkg-query --show --showformat='${db:Status-Status}' $args[0] 2>$null }
    }
    @{
        Program = 'dnf'; Column = 3; Install = 'sudo dnf install'; Installed = '^\S+-\d\S*$'
        Ask = { rpm --query $args[0] 2>$null }
    }
    @{
        Program = 'brew'; Column = 4; Install = 'brew install'; Installed = '.'
        Ask = { brew list --versions $args[0] 2>$null }
    }
    @{
        Program = 'vcpkg'; Column = 5; Install = 'vcpkg install'; Installed = '.'
        Ask = { vcpkg list $args[0] 2>$null }
    }
)

function Write-Task {
    @'
Usage: ./build.ps1 [-Task] TASK

  demo    build, start a loopback service, and show Connect-WSMan and Disconnect-WSMan at work
  shell   open a PowerShell with the freshly built module [-Command TEXT | -File PATH ARGUMENTS]
  test    build and run every test, also under the sanitizers
  check   check format, lint, layering and the instruction count of one request
  bench   measure the core against libcurl and libxml2; keep the machine quiet
  soak    open and end sessions by the ten thousand, and threads that meet for a minute

Nothing is installed; what is missing is named.
'@
}

function Test-Program([string] $name) {
    $null -ne (Get-Command -Name $name -CommandType Application -ErrorAction Ignore)
}

# The packages that $task needs and this machine lacks, by the names of $manager. A program counts
# wherever on PATH it comes from.
function Get-MissingPackage([string] $task, [hashtable] $manager) {
    foreach ($line in [IO.File]::ReadAllLines("$PSScriptRoot/cmake/prerequisites.txt")) {
        $fields = $line -split '\s+'
        if ($fields[0] -notin 'build', $task) { continue }
        $package = $fields[$manager.Column]
        if ($fields[1] -ne '-') {
            if (-not (Test-Program $fields[1])) { $package -eq '-' ? $fields[1] : $package }
        } elseif ("$(& $manager.Ask $package)" -notmatch $manager.Installed) {
            $package
        }
    }
}

function Assert-Prerequisite([string] $task) {
    $sdks = (Test-Program dotnet) ? @(dotnet --list-sdks) : @()
    if (-not ($sdks -match '^[1-9]\d+\.')) {
        [Console]::Error.WriteLine('The .NET SDK 10 or later is needed. ' +
            'See https://learn.microsoft.com/dotnet/core/install')
        exit $exitPrerequisites
    }
    # Where none of the managers is, CMake names what it does not find.
    $manager = $managers | Where-Object { Test-Program $_.Program } | Select-Object -First 1
    if (-not $manager) { return }
    $missing = @([Linq.Enumerable]::Distinct([string[]] @(Get-MissingPackage $task $manager)))
    if ($missing.Count -eq 0) { return }
    [Console]::Error.WriteLine("Missing packages: $missing")
    [Console]::Error.WriteLine("To install them:  $($manager.Install) $missing")
    exit $exitPrerequisites
}

# Runs the workflow, and ends with its exit code if it failed. Standard output of shell belongs to
# what runs in it, so its build is told on standard error.
function Invoke-Workflow([string] $name) {
    $tell = $name -eq 'shell' ? [Console]::Error : [Console]::Out
    $tell.WriteLine("== cmake --workflow --preset $name")
    Push-Location -LiteralPath $PSScriptRoot
    try {
        cmake --workflow --preset $name | ForEach-Object { $tell.WriteLine($_) }
    } finally {
        Pop-Location
    }
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function ConvertTo-Literal([string] $text) {
    "'" + $text.Replace("'", "''") + "'"
}

# The command line of pwsh that imports the module and then does what was asked for.
function Get-PwshArgument([string] $module) {
    $import = "Import-Module $(ConvertTo-Literal $module)"
    if ($Command) { return '-Command', "$import; $Command" }
    if (-not $File) { return '-NoExit', '-Command', $import }
    # -File cannot import first, so the script is called, and its exit code is handed on as -File does.
    # A parameter's name stays bare; everything else is a literal.
    $words = foreach ($argument in $Arguments) {
        $argument -match '^-[A-Za-z_]\w*:?$' ? $argument : (ConvertTo-Literal $argument)
    }
    $call = "& $(ConvertTo-Literal $File) $words"
    '-Command', "$import; `$global:LASTEXITCODE = 0; $call; if (-not `$?) { exit `$LASTEXITCODE }"
}

function Invoke-Shell {
    $module = "$PSScriptRoot/out/module/Portable.WSMan.Management"
    $console = "$PSScriptRoot/out/dotnet/bin/wsman-console/release/wsman-console"
    $shell = cmake -D "CONSOLE=$console" -P "$PSScriptRoot/cmake/find-shell.cmake"
    if (-not ($Command -or $File)) {
        Write-Host "The module is imported. Three lines to try, with a computer of yours:`n"
        Write-Host '  dir WSMan:\'
        Write-Host '  Connect-WSMan server01 -UseSSL -Authentication Basic -Credential admin'
        Write-Host "  Get-Help Disconnect-WSMan -Full`n"
    }
    $line = if ($shell -ne $console) { Get-PwshArgument $module }
    else {
        '-Import', $module
        if ($Command) { '-Command', $Command } elseif ($File) { '-File', $File; $Arguments }
    }
    & $shell -NoLogo -NoProfile @line
    exit $LASTEXITCODE
}

if (-not $Task) {
    Write-Task
    exit 0
}
if ($Task -ne 'shell' -and ($Command -or $File -or $Arguments)) {
    [Console]::Error.WriteLine("$Task takes no arguments.")
    exit $exitUsage
}
Assert-Prerequisite $Task
switch ($Task) {
    'shell' { Invoke-Workflow shell; Invoke-Shell }
    'soak' { Invoke-Workflow soak-dev; Invoke-Workflow soak-tsan }
    'test' { Invoke-Workflow test-dev; Invoke-Workflow test-asan; Invoke-Workflow test-tsan }
    default { Invoke-Workflow $Task }
}
exit 0
