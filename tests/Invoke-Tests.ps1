<#
.SYNOPSIS
Runs the Pester files in a few PowerShells at once.

.DESCRIPTION
Each PowerShell takes one file after another, each in a runspace of its own, with the environment, a scratch folder and
client settings that are new for the file. What costs most is paid once a process and not once a file: the start, the
translation of Pester and of the module, the native library. What a file printed is shown when it has ended, and its
results are in RESULTS/<file>.json: passed, failed, skipped with the reasons. A file that does not end takes its
PowerShell with it, and the next one begins in a new one. A PowerShell that ends badly is a failure of its last file,
whatever that had passed. The exit code is the number of files that failed.

.PARAMETER Module
The module folder under test.

.PARAMETER Service
The program of the loopback service.

.PARAMETER Results
The folder of the results.

.PARAMETER Name
Which files, as wildcards of their names without ".Tests.ps1".

.PARAMETER Jobs
How many PowerShells at once: more than two cores have, because many cases wait for a server.

.PARAMETER Environment
Further environment variables of theirs.

.PARAMETER Worker
Run the files that standard input names, a JSON object a line; what the other processes are called with.
#>
[CmdletBinding(DefaultParameterSetName = 'All')]
param(
    [Parameter(Mandatory, ParameterSetName = 'All')] [string] $Module,
    [Parameter(Mandatory, ParameterSetName = 'All')] [string] $Service,
    [Parameter(Mandatory, ParameterSetName = 'All')] [string] $Results,
    [Parameter(ParameterSetName = 'All')] [string[]] $Name = '*',
    [Parameter(ParameterSetName = 'All')] [int] $Jobs = 8,
    [Parameter(ParameterSetName = 'All')] [hashtable] $Environment = @{},
    [Parameter(Mandatory, ParameterSetName = 'Worker')] [switch] $Worker
)
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$fileBound = [timespan]::FromMinutes(15)

#region One of the PowerShells

# Where `dotnet restore` of the unit tests, which name the version, has put a package.
function Get-Package([string] $id) {
    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : "$HOME/.nuget/packages"
    $versions = [xml](Get-Content "$PSScriptRoot/units/Microsoft.WSMan.Management.Units.csproj" -Raw)
    $version = $versions.SelectSingleNode("//PackageDownload[@Include='$id']").Version.Trim('[', ']')
    "$packages/$id/$version".ToLowerInvariant().Replace($packages.ToLowerInvariant(), $packages)
}

# Runs in the runspace of a file.
$runFile = {
    param([string] $Pester, [string] $File, [string] $Result)
    Import-Module $Pester
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
    } | ConvertTo-Json | Set-Content $Result
    # Ends the sessions that are still open: they belong to the process.
    Set-Location /
    Remove-Module Portable.WSMan.Management -Force -ErrorAction Ignore
}

# Sets the variables of the process to these, and no others.
function Reset-Environment([Collections.IDictionary] $variables) {
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys) {
        if (-not $variables.Contains($name)) { [Environment]::SetEnvironmentVariable($name, $null) }
    }
    foreach ($name in $variables.Keys) { [Environment]::SetEnvironmentVariable($name, $variables[$name]) }
}

# Answers each line of standard input with the line that it names, when the file has ended.
function Invoke-Worker {
    $PSStyle.OutputRendering = 'PlainText'
    $pester = "$(Get-Package Pester)/tools/Pester.psd1"
    $env:WSMAN_TEST_ORIGINAL = 'Microsoft.WSMan.Management', 'Microsoft.WSMan.Runtime' |
        ForEach-Object { "$(Get-Package $_)/runtimes/win/lib/net10.0" } | Join-String -Separator ([IO.Path]::PathSeparator)
    # .NET keeps to the store of certificates that it finds below HOME when it is first used: one for this process alone,
    # whichever file comes first.
    $usual = $env:HOME
    $env:HOME = $env:WSMAN_TEST_HOME
    $store = [Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser')
    $store.Open('ReadOnly')
    $store.Dispose()
    $env:HOME = $usual
    $variables = [Environment]::GetEnvironmentVariables()
    $before = [Environment]::CurrentDirectory
    while ($line = [Console]::In.ReadLine()) {
        $task = $line | ConvertFrom-Json
        $folder = (New-Item -ItemType Directory $env:WSMAN_TEST_FOLDER).FullName
        $runspace = [runspacefactory]::CreateRunspace($Host)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        $null = $shell.AddScript($runFile).AddArgument($pester).AddArgument($task.File).AddArgument($task.Result)
        try { $null = $shell.Invoke() } catch { Write-Host "$_" }
        $shell.Streams.Error | Out-String | Write-Host -NoNewline
        $runspace.Dispose()
        [Environment]::CurrentDirectory = $before
        Reset-Environment $variables
        Remove-Item $folder, $env:XDG_CONFIG_HOME, $env:XDG_CACHE_HOME -Recurse -Force -ErrorAction Ignore
        [Console]::Out.WriteLine($task.End)
    }
}

#endregion
#region All files

# Begins a PowerShell that takes files. The native library reads the client settings at one place as long as the
# process lives, so the folders are those of the process; each file finds them new.
function Start-Worker {
    $folder = [IO.Directory]::CreateTempSubdirectory('wsman-tests-').FullName
    $start = [Diagnostics.ProcessStartInfo]::new('python3')
    # A shell that starts a program behind itself lets it ignore SIGINT, and all that the program starts.
    $begin = 'import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])'
    '-c', $begin, 'dotnet', "$PSHOME/pwsh.dll", '-NoLogo', '-NoProfile', '-NonInteractive', '-File', $PSCommandPath, '-Worker' |
        ForEach-Object { $start.ArgumentList.Add($_) }
    $variables = @{
        WSMAN_TEST_MODULE = $Module; WSMAN_TEST_SERVICE = $Service; WSMAN_TEST_FOLDER = "$folder/file"
        WSMAN_TEST_HOME = (New-Item -ItemType Directory "$folder/home").FullName
        XDG_CONFIG_HOME = "$folder/configuration"; XDG_CACHE_HOME = "$folder/cache"
        PSModulePath = "$(Split-Path $Module)$([IO.Path]::PathSeparator)$env:PSModulePath"
        PSModuleAnalysisCachePath = "$folder/module-cache"
        # A tenth less to do for processes that live for seconds: they do not profile themselves.
        DOTNET_TieredPGO = '0'
        POWERSHELL_TELEMETRY_OPTOUT = '1'; POWERSHELL_UPDATECHECK = 'Off'; NO_COLOR = '1'
    } + $Environment
    foreach ($variable in $variables.Keys) { $start.Environment[$variable] = $variables[$variable] }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    [pscustomobject]@{
        Process = $process; Folder = $folder; Error = $process.StandardError.ReadToEndAsync()
        File = $null; Output = $null; Line = $null; Watch = $null; End = $null; Result = $null
    }
}

# Gives a PowerShell its next file.
function Start-File($one, [IO.FileInfo] $test) {
    $one.File = $test.Name -replace '\.Tests\.ps1$'
    $one.Result = "$Results/$($one.File).json"
    if (Test-Path $one.Result) { Remove-Item $one.Result }
    $one.End = "-- $([guid]::NewGuid())"
    $one.Output = [Text.StringBuilder]::new()
    $one.Watch = [Diagnostics.Stopwatch]::StartNew()
    $one.Process.StandardInput.WriteLine((@{ File = $test.FullName; Result = $one.Result; End = $one.End } | ConvertTo-Json -Compress))
    $one.Process.StandardInput.Flush()
    $one.Line = $one.Process.StandardOutput.ReadLineAsync()
}

# Takes the line that has come. Returns whether the file has ended, or the process with it.
function Receive-Line($one) {
    $text = $one.Line.GetAwaiter().GetResult()
    if ($null -eq $text -or $text -eq $one.End) { return $true }
    $null = $one.Output.AppendLine($text)
    $one.Line = $one.Process.StandardOutput.ReadLineAsync()
    $false
}

# The results of a file.
function Get-Result([string] $path) { Get-Content $path -Raw | ConvertFrom-Json -AsHashtable }

# Adds a failure to the results of the last file of a PowerShell.
function Add-Failure($one, [string] $why) {
    Write-Host "$($one.File) $why."
    $none = @{ Passed = 0; Failed = 0; Skipped = @(); Failures = @() }
    $result = (Test-Path $one.Result) ? (Get-Result $one.Result) : $none
    $result.Failed++
    $result.Failures += "$($one.File): it $why"
    $result | ConvertTo-Json | Set-Content $one.Result
}

# Shows what a file printed, and counts why it did not end well.
function Complete-File($one, [string] $why) {
    Write-Host ("== {0} ({1:n1} s)" -f $one.File, $one.Watch.Elapsed.TotalSeconds)
    Write-Host "$($one.Output)".Trim()
    if (-not $why -and -not (Test-Path $one.Result)) { $why = 'did not write its results' }
    if ($why) { Add-Failure $one $why }
}

# Ends a PowerShell, at once if it has not ended its file. Of one that has, the end is a test of its own: of what the
# module does then.
function Stop-Worker($one, [switch] $Now) {
    if ($Now) { $one.Process.Kill($true) }
    $one.Process.StandardInput.Close()
    if (-not $one.Process.WaitForExit($fileBound)) {
        $one.Process.Kill($true)
        Add-Failure $one "did not end its PowerShell within $fileBound"
    } elseif (-not $Now -and $one.Process.ExitCode -ne 0) {
        Add-Failure $one "ended its PowerShell with $($one.Process.ExitCode)"
    }
    # What a file has left behind may hold the other end open.
    $complaint = $one.Error.Wait($fileBound) ? $one.Error.Result.Trim() : 'Something that a file began still runs.'
    if ($complaint) { Write-Host $complaint }
    [IO.Directory]::Delete($one.Folder, $true)
}

# Runs all files that wait.
function Invoke-All([Collections.Generic.Queue[object]] $waiting) {
    $idle = [Collections.Generic.Stack[object]]::new()
    $busy = [Collections.Generic.List[object]]::new()
    while ($waiting.Count -or $busy.Count) {
        while ($waiting.Count -and $busy.Count -lt $Jobs) {
            $one = $idle.Count ? $idle.Pop() : (Start-Worker)
            Start-File $one $waiting.Dequeue()
            $busy.Add($one)
        }
        $null = [Threading.Tasks.Task]::WaitAny([Threading.Tasks.Task[]] @($busy.Line), 1000)
        foreach ($one in @($busy)) {
            $hangs = $one.Watch.Elapsed -gt $fileBound
            if (-not $hangs -and -not ($one.Line.IsCompleted -and (Receive-Line $one))) { continue }
            $null = $busy.Remove($one)
            $isAlive = -not $hangs -and "$($one.Line.Result)" -eq $one.End
            if (-not $isAlive -and -not $hangs) { $null = $one.Process.WaitForExit($fileBound) }
            $why = if ($hangs) { "did not end within $fileBound" } elseif (-not $isAlive) { "ended its PowerShell with $($one.Process.ExitCode)" }
            Complete-File $one $why
            if ($isAlive -and $waiting.Count) { $idle.Push($one) } else { Stop-Worker $one -Now:(-not $isAlive) }
        }
    }
    foreach ($one in $idle) { Stop-Worker $one }
}

#endregion

if ($Worker) { Invoke-Worker; exit 0 }

Set-StrictMode -Version Latest
$Module, $Service = $Module, $Service | ForEach-Object { (Resolve-Path $_).Path }
$Results = (New-Item -ItemType Directory -Force $Results).FullName
$all = Get-ChildItem "$PSScriptRoot/*.Tests.ps1"
$unknown = $Name.Where{ -not ($all.Name -like "$_.Tests.ps1") }
if ($unknown) { throw "There is no test file '$($unknown -join "', '")'." }
# The longest begin first: those that wait for processes to end, and then as far as their size tells.
$files = @($all |
        Sort-Object { $_.Name -match '^(Teardown\.Endings|Teardown\.(Memory|Process)|Build|Drive\.End)\.' }, Length -Descending |
        Where-Object { $test = $_; $Name.Where{ $test.Name -like "$_.Tests.ps1" } })
Invoke-All $files
exit $files.Where{ (Get-Result "$Results/$($_.Name -replace '\.Tests\.ps1$').json").Failed }.Count
