<#
.SYNOPSIS
Imports the module and an empty binary module, and prints the milliseconds of each.
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Empty,
    [switch] $EmptyFirst
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Measure-Import([string] $path) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    Import-Module $path
    $clock.Elapsed.TotalMilliseconds
}

# The first import of a process pays for Import-Module itself, so it is neither of the two.
Import-Module Microsoft.PowerShell.Utility
if ($EmptyFirst) {
    $ofEmpty = Measure-Import $Empty
    $ofModule = Measure-Import $Module
} else {
    $ofModule = Measure-Import $Module
    $ofEmpty = Measure-Import $Empty
}
[Console]::Out.WriteLine([string]::Format([cultureinfo]::InvariantCulture,
    'module {0:F2} empty {1:F2}', $ofModule, $ofEmpty))
