<#
.SYNOPSIS
Enumerates the rows of the loopback service with Get-WSManInstance, and prints how many a second.

.DESCRIPTION
Prints the line that the programs of this folder print: for the enumerations after the first, or with
-First for the first one of the process.
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [uri] $Url,
    [Parameter(Mandatory)] [int] $Count,
    [switch] $First
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module $Module
$password = [Net.NetworkCredential]::new('', $env:BENCH_PASSWORD).SecurePassword
Connect-WSMan -ConnectionURI $Url -Authentication Basic -Credential (
    [pscredential]::new($env:BENCH_USER, $password))

function Get-Row {
    $rows = @(Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $Url.Host)
    $rows.Count
}

# As in cycle.ps1: the runtime compiles what reads XML until about a hundred thousand rows were read, and takes as long
# for it as for the rows.
$warmUp = $First ? 0 : 12
for ($i = 0; $i -lt $warmUp; $i++) { $null = Get-Row }
$all = 0
$cpu = [Environment]::CpuUsage.TotalTime
$clock = [Diagnostics.Stopwatch]::StartNew()
for ($i = 0; $i -lt $Count; $i++) { $all += Get-Row }
$seconds = $clock.Elapsed.TotalSeconds
$cpu = [Environment]::CpuUsage.TotalTime - $cpu
Disconnect-WSMan -ComputerName $Url.Host
$kib = [Environment]::WorkingSet / 1KB
[Console]::Out.WriteLine([string]::Format([cultureinfo]::InvariantCulture,
    'rate {0:F2} cpu {1:F2} kib {2:F0}', ($all / $seconds), ($cpu.TotalMicroseconds / $all), $kib))
