<#
.SYNOPSIS
Imports the module and an empty binary module, and prints the milliseconds of each; and those of CPU time that the
first Connect-WSMan of the process takes.

.DESCRIPTION
The user comes from BENCH_USER and BENCH_PASSWORD.
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Empty,
    [Parameter(Mandatory)] [uri] $Url,
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
$password = [Net.NetworkCredential]::new('', $env:BENCH_PASSWORD).SecurePassword
$connect = @{
    ConnectionURI = $Url; Authentication = 'Basic'; Credential = [pscredential]::new($env:BENCH_USER, $password)
}
$cpu = [Environment]::CpuUsage.TotalTime
Connect-WSMan @connect
$ofConnect = ([Environment]::CpuUsage.TotalTime - $cpu).TotalMilliseconds
[Console]::Out.WriteLine([string]::Format([cultureinfo]::InvariantCulture,
    'module {0:F2} empty {1:F2} connect {2:F2}', $ofModule, $ofEmpty, $ofConnect))
