<#
.SYNOPSIS
Connects and disconnects with the cmdlets, and prints how often a second.

.DESCRIPTION
Prints the line that the programs of this folder print, and behind it the milliseconds that a Disconnect-WSMan of an idle
session takes, as median and 95th percentile. The user comes from BENCH_USER and
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

$ofDisconnect = [Collections.Generic.List[double]]::new()
function Invoke-Cycle([int] $times) {
    for ($i = 0; $i -lt $times; $i++) {
        Connect-WSMan @connect
        $begin = [Diagnostics.Stopwatch]::GetTimestamp()
        Disconnect-WSMan -ComputerName $Url.Host
        $ofDisconnect.Add([Diagnostics.Stopwatch]::GetElapsedTime($begin).TotalMilliseconds)
    }
}

Invoke-Cycle $warmUp
$ofDisconnect.Clear()
$cpu = [Environment]::CpuUsage.TotalTime
$clock = [Diagnostics.Stopwatch]::StartNew()
Invoke-Cycle $Count
$seconds = $clock.Elapsed.TotalSeconds
$cpu = [Environment]::CpuUsage.TotalTime - $cpu
$kib = [Environment]::WorkingSet / 1KB
$ofDisconnect.Sort()
[Console]::Out.WriteLine([string]::Format([cultureinfo]::InvariantCulture,
    'rate {0:F2} cpu {1:F2} kib {2:F0} disconnect {3:F2} p95 {4:F2}', ($Count / $seconds), ($cpu.TotalMicroseconds / $Count),
    $kib, $ofDisconnect[[int][math]::Floor($Count * 0.5)], $ofDisconnect[[int][math]::Floor($Count * 0.95)]))
