<#
.SYNOPSIS
Runs the Pester files, each in a PowerShell of its own, several at once.

.DESCRIPTION
Every file has a scratch folder that goes with it, and client settings of its own in there. What a file printed is
shown when it has ended, and its results are in RESULTS/<file>.json: passed, failed, skipped with the reasons.
The exit code is the number of files that failed.

.PARAMETER Module
The module folder under test.

.PARAMETER Service
The program of the loopback service.

.PARAMETER Results
The folder of the results.

.PARAMETER Name
Which files, as wildcards of their names without ".Tests.ps1".

.PARAMETER Jobs
How many at once.

.PARAMETER File
Run this one file here instead; what the other processes are called with.
#>
[CmdletBinding(DefaultParameterSetName = 'All')]
param(
    [Parameter(Mandatory, ParameterSetName = 'All')] [string] $Module,
    [Parameter(Mandatory, ParameterSetName = 'All')] [string] $Service,
    [Parameter(ParameterSetName = 'All')] [string[]] $Name = '*',
    [Parameter(ParameterSetName = 'All')] [int] $Jobs = 4,
    [Parameter(ParameterSetName = 'All')] [hashtable] $Environment = @{},
    [Parameter(Mandatory)] [string] $Results,
    [Parameter(Mandatory, ParameterSetName = 'One')] [string] $File
)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$fileBound = [timespan]::FromMinutes(6)

# Where `dotnet restore` of the unit tests, which name the version, has put a package.
function Get-Package([string] $id) {
    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : "$HOME/.nuget/packages"
    $versions = [xml](Get-Content "$PSScriptRoot/units/Microsoft.WSMan.Management.Units.csproj" -Raw)
    $version = $versions.SelectSingleNode("//PackageDownload[@Include='$id']").Version.Trim('[', ']')
    "$packages/$id/$version".ToLowerInvariant().Replace($packages.ToLowerInvariant(), $packages)
}

if ($PSCmdlet.ParameterSetName -eq 'One') {
    $PSStyle.OutputRendering = 'PlainText'
    Import-Module "$(Get-Package Pester)/tools/Pester.psd1"
    $env:WSMAN_TEST_ORIGINAL = 'Microsoft.WSMan.Management', 'Microsoft.WSMan.Runtime' |
        ForEach-Object { "$(Get-Package $_)/runtimes/win/lib/net10.0" } | Join-String -Separator ([IO.Path]::PathSeparator)
    $ErrorActionPreference = 'Continue'
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $File
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $configuration.Output.RenderMode = 'Plaintext'
    $run = Invoke-Pester -Configuration $configuration
    @{
        Passed = $run.PassedCount
        Failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
        Skipped = @($run.Skipped | ForEach-Object { "$($_.ExpandedPath): $($_.ErrorRecord)" })
        Failures = @($run.Failed | ForEach-Object ExpandedPath)
    } | ConvertTo-Json | Set-Content $Results
    exit ($run.Result -eq 'Passed' ? 0 : 1)
}

Set-StrictMode -Version Latest

# Begins a file in a PowerShell of its own.
function Start-File([IO.FileInfo] $test) {
    $name = $test.Name -replace '\.Tests\.ps1$'
    $folder = [IO.Directory]::CreateTempSubdirectory('wsman-tests-').FullName
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $result = "$Results/$name.json"
    if (Test-Path $result) { Remove-Item $result }
    '{0}/pwsh.dll -NoLogo -NoProfile -NonInteractive -File {1} -File {2} -Results {3}' -f
        $PSHOME, $PSCommandPath, $test.FullName, $result -split ' ' | ForEach-Object { $start.ArgumentList.Add($_) }
    $variables = @{
        WSMAN_TEST_MODULE = $Module; WSMAN_TEST_SERVICE = $Service; WSMAN_TEST_FOLDER = $folder
        XDG_CONFIG_HOME = "$folder/configuration"; XDG_CACHE_HOME = "$folder/cache"
        PSModulePath = "$(Split-Path $Module)$([IO.Path]::PathSeparator)$env:PSModulePath"
        PSModuleAnalysisCachePath = "$folder/module-cache"
        POWERSHELL_TELEMETRY_OPTOUT = '1'; POWERSHELL_UPDATECHECK = 'Off'; NO_COLOR = '1'
    } + $Environment
    foreach ($variable in $variables.Keys) { $start.Environment[$variable] = $variables[$variable] }
    $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    [pscustomobject]@{
        Name = $name; Result = $result; Folder = $folder; Process = $process; Watch = [Diagnostics.Stopwatch]::StartNew()
        Output = $process.StandardOutput.ReadToEndAsync(); Error = $process.StandardError.ReadToEndAsync()
        End = $process.WaitForExitAsync()
    }
}

# Shows what a file printed and returns whether it passed.
function Complete-File($running) {
    $hangs = -not $running.Process.HasExited
    if ($hangs) { $running.Process.Kill($true) }
    Write-Host ("== {0} ({1:n1} s)" -f $running.Name, $running.Watch.Elapsed.TotalSeconds)
    Write-Host $running.Output.GetAwaiter().GetResult().Trim()
    $complaint = $running.Error.GetAwaiter().GetResult().Trim()
    if ($complaint) { Write-Host $complaint }
    if (-not (Test-Path $running.Result)) {
        $why = $hangs ? "did not end within $fileBound" : "ended with $($running.Process.ExitCode) before its results"
        Write-Host "$($running.Name) $why."
        @{ Passed = 0; Failed = 1; Skipped = @(); Failures = @("$($running.Name): it $why") } |
            ConvertTo-Json | Set-Content $running.Result
    }
    [IO.Directory]::Delete($running.Folder, $true)
    -not $hangs -and $running.Process.ExitCode -eq 0
}

$Module, $Service = $Module, $Service | ForEach-Object { (Resolve-Path $_).Path }
$Results = (New-Item -ItemType Directory -Force $Results).FullName
# The longest begin first, as far as their size tells.
$waiting = [Collections.Generic.Queue[object]]@(
    Get-ChildItem "$PSScriptRoot/*.Tests.ps1" | Sort-Object Length -Descending |
        Where-Object { $test = $_; $Name.Where{ $test.Name -like "$_.Tests.ps1" } })
if ($waiting.Count -eq 0) { throw "There is no test file '$Name'." }
$failed = 0
$running = @()
while ($waiting.Count -or $running) {
    while ($waiting.Count -and @($running).Count -lt $Jobs) { $running += Start-File $waiting.Dequeue() }
    $null = [Threading.Tasks.Task]::WaitAny($running.End, 1000)
    $ended = @($running | Where-Object { $_.End.IsCompleted -or $_.Watch.Elapsed -gt $fileBound })
    $running = @($running | Where-Object { $_ -notin $ended })
    foreach ($one in $ended) { if (-not (Complete-File $one)) { $failed++ } }
}
exit $failed
