<#
.SYNOPSIS
Connects and disconnects with the cmdlets, and prints how often a second.

.DESCRIPTION
Prints the line that the programs of this folder print. The user comes from BENCH_USER and
BENCH_PASSWORD, and is left out over http, where Basic is refused.
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [uri] $Url,
    [Parameter(Mandatory)] [int] $Count
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Enough for the compiler of the runtime to be done with what is measured.
$warmUp = 500

Import-Module $Module
$connect = @{ ConnectionURI = $Url; Authentication = 'None' }
if ($Url.Scheme -eq 'https') {
    $password = [Net.NetworkCredential]::new('', $env:BENCH_PASSWORD).SecurePassword
    $connect.Authentication = 'Basic'
    $connect.Credential = [pscredential]::new($env:BENCH_USER, $password)
}

function Invoke-Cycle([int] $times) {
    for ($i = 0; $i -lt $times; $i++) {
        Connect-WSMan @connect
        Disconnect-WSMan -ComputerName $Url.Host
    }
}

Invoke-Cycle $warmUp
$cpu = [Environment]::CpuUsage.TotalTime
$clock = [Diagnostics.Stopwatch]::StartNew()
Invoke-Cycle $Count
$seconds = $clock.Elapsed.TotalSeconds
$cpu = [Environment]::CpuUsage.TotalTime - $cpu
$kib = [Environment]::WorkingSet / 1KB
[Console]::Out.WriteLine([string]::Format([cultureinfo]::InvariantCulture,
    'rate {0:F2} cpu {1:F2} kib {2:F0}', ($Count / $seconds), ($cpu.TotalMicroseconds / $Count), $kib))
