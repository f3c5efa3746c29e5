<#
.SYNOPSIS
Says what the commands of the WSMan: drive cost: requests and milliseconds.

.DESCRIPTION
The service is wsman-service; -Control is the address of its counts. The user comes from BENCH_USER and
BENCH_PASSWORD. For the figures of a computer with ten plugins start it with --plugins 3.
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [uri] $Url,
    [Parameter(Mandatory)] [uri] $Control,
    [int] $Count = 20
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$WarningPreference = 'Ignore'

Import-Module $Module
$http = [Net.Http.HttpClient]::new()

function Get-RequestCount {
    $null = $http.GetStringAsync([uri]::new($Control, 'counts')).Result -match '"requests":(\d+)'
    [int]$Matches[1]
}

# The first run is not counted: the runtime compiles then.
function Measure-Cost([string] $name, [int] $times, [scriptblock] $command) {
    $null = & $command
    $before = Get-RequestCount
    $clock = [Diagnostics.Stopwatch]::StartNew()
    for ($i = 0; $i -lt $times; $i++) {
        $null = & $command
    }

    $ms = $clock.Elapsed.TotalMilliseconds / $times
    $requests = ((Get-RequestCount) - $before) / $times
    '{0,-44} {1,6:0.##} requests {2,9:0.00} ms' -f $name, $requests, $ms
}

function Connect-Here([string] $path) {
    $password = [Net.NetworkCredential]::new('', $env:BENCH_PASSWORD).SecurePassword
    $credential = [pscredential]::new($env:BENCH_USER, $password)
    Connect-WSMan -ConnectionURI ([uri]::new($Url, $path)) -Authentication Basic -Credential $credential
}

Connect-Here '/wsman'
$h = "WSMan:\$($Url.Host)"
$plugin = "$h\Plugin\microsoft.powershell"
foreach ($path in '', '\Client', '\Client\Auth', '\Service', '\Shell', '\Listener', '\Plugin', '\ClientCertificate') {
    Measure-Cost "Get-ChildItem $path" $Count { Get-ChildItem "$h$path" }
}

foreach ($path in '', '\InitializationParameters', '\Resources', '\Quotas') {
    Measure-Cost "Get-ChildItem \Plugin\p$path" $Count { Get-ChildItem "$plugin$path" }
}

Measure-Cost 'Get-ChildItem -Recurse' $Count { Get-ChildItem $h -Recurse }
Measure-Cost 'Set-Item \Client\NetworkDelayms' 100 { Set-Item $h\Client\NetworkDelayms 5000 }
Measure-Cost 'Set-Item \Plugin\p\Quotas\MaxShells' 100 { Set-Item $plugin\Quotas\MaxShells 25 }
Measure-Cost 'Test-Path \Plugin\p\Quotas\MaxShells' 100 { Test-Path $plugin\Quotas\MaxShells }
Measure-Cost 'Test-Path \Service' 100 { Test-Path $h\Service }

Connect-Here '/delay/50/wsman'
Measure-Cost 'Get-ChildItem -Recurse, 50 ms away' 10 { Get-ChildItem $h -Recurse }
Measure-Cost 'Set-Item \Client\NetworkDelayms, 50 ms away' 10 { Set-Item $h\Client\NetworkDelayms 5000 }
Disconnect-WSMan -ComputerName $Url.Host
