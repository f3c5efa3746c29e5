<#
.SYNOPSIS
Builds, shows, tests and checks Portable.WSMan.Management.

.DESCRIPTION
The tasks are below; without one they are listed. build.sh calls this after it has seen to what a task needs. What
shows or tests the module runs in the PowerShell that .config/dotnet-tools.json names, whichever runs this script.
Everything generated is below out/.

.PARAMETER Task
One of the tasks.

.PARAMETER Command
For shell: text to run, instead of reading lines.

.PARAMETER File
For shell: a script to run, instead of reading lines. What follows is handed to the script.

.PARAMETER Arguments
For shell: the arguments of the script. For test: which Pester files, instead of every test. For fuzz: the seconds that
each target is given.

.EXAMPLE
./build.ps1 demo

.EXAMPLE
./build.ps1 shell -Command 'dir WSMan:\'

.EXAMPLE
./build.ps1 test Disconnect-WSMan Drive.*
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)] [string] $Task,
    [string] $Command,
    [string] $File,
    [Parameter(ValueFromRemainingArguments)] [string[]] $Arguments = @()
)

Set-StrictMode -Version 1.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

$tasks = [ordered]@{
    demo     = 'build, start a loopback service, and show Connect-WSMan and Disconnect-WSMan at work'
    shell    = 'open a PowerShell with the freshly built module [-Command TEXT | -File PATH ARGUMENTS]'
    test     = 'build and run every test once, or the Pester files that are named'
    sanitize = 'run the suites that are worth it under the sanitizers, and with memory that runs out'
    check    = 'check format, lint, layering and the instruction count of one request'
    bench    = 'measure against the peers, and write the table of docs/performance.md; keep the machine quiet'
    fuzz     = 'look for inputs that break what reads bytes from outside [SECONDS a target]'
    torture  = 'let every allocation and every call of the system fail, one after the other'
    package  = 'make what is published, for x64 and arm64, and test it: installed, on OpenSSL 1.1.1, emulated'
    soak     = 'open and end sessions by the ten thousand, and threads that meet for a minute'
}
$exitUsage = 64
$root = $PSScriptRoot
$out = "$root/out"
$parts = "$out/realm"

# No compiler server and no build node stays behind when a task ends.
$env:DOTNET_CLI_TELEMETRY_OPTOUT = $env:DOTNET_NOLOGO = $env:MSBUILDDISABLENODEREUSE = '1'
$env:UseSharedCompilation = 'false'

#region Building

# Runs a program and ends with its exit code if it fails. Standard output of shell belongs to what runs in it, so
# there the build is told on standard error.
function Invoke-Step([string] $program) {
    $tell = $Task -eq 'shell' ? [Console]::Error : [Console]::Out
    $tell.WriteLine("== $([IO.Path]::GetFileName($program)) $args")
    & $program @args | ForEach-Object { $tell.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

# Builds targets of a preset, all without names.
function Build-Native([string] $preset, [string[]] $target = @()) {
    Push-Location -LiteralPath $root
    try {
        Invoke-Step cmake --preset $preset --log-level=WARNING
        $words = @($target.ForEach{ '--target', $_ })
        Invoke-Step cmake --build --preset $preset @words
    } finally {
        Pop-Location
    }
}

# Makes the help file of the cmdlets from their pages, where it is older than these, and returns it.
function Build-Help {
    $converter, $pages, $provider = "$root/docs/ConvertTo-Maml.ps1", "$root/docs/en-US", "$root/manifests/en-US/WSMan.Provider.xml"
    $help = "$out/help/Microsoft.WSMan.Management.dll-Help.xml"
    # The folder itself changes when a page goes.
    $made = (Get-Item $help -ErrorAction Ignore)?.LastWriteTime
    if ((Get-Item $converter, $pages, $pages/*, $provider).Where{ $_.LastWriteTime -gt $made }) { & $converter $pages $provider $help }
    $help
}

# Fills a list of a manifest that is empty in its template, adds entries beside its LicenseUri, and returns the file that
# is made.
function Build-Manifest([string] $template, [string] $list, [string[]] $items, [hashtable] $entries = @{}) {
    $made = "$out/manifest/$(Split-Path $template -Leaf)"
    $null = New-Item -ItemType Directory -Force (Split-Path $made)
    $filled = $items.ForEach{ "`n        $(ConvertTo-Literal $_)" } -join ''
    $text = (Get-Content $template -Raw) -replace "(?m)^( *$list += @\()\)", "`$1$($filled.Replace('$', '$$')))"
    foreach ($name in $entries.Keys | Sort-Object) {
        $entry = "$name = $(ConvertTo-Literal $entries[$name])".Replace('$', '$$')
        $text = $text -replace '(?m)^( *)(?=LicenseUri )', "`$1$entry`n`$1"
    }
    Set-Content $made $text -NoNewline
    $made
}

# The native libraries of a preset of this machine, by their places in the module folder.
function Get-Native([string] $preset) {
    $extension = $IsMacOS ? 'dylib' : 'so'
    $runtime = "$($IsMacOS ? 'osx' : 'linux')-$("$([Runtime.InteropServices.RuntimeInformation]::OSArchitecture)".ToLowerInvariant())"
    @{ "$runtime/libwsman_native.$extension" = "$out/$preset/native/libwsman_native.$extension" }
}

# Lays out the module folder of a preset from shim, manifests, help and native libraries, and returns it. A file that is
# the same stays as it is, and one that changed is replaced under its name rather than written over, because a running
# PowerShell may have it mapped. A file of an earlier build that no longer belongs is removed.
function Build-Module([string] $preset, [hashtable] $native = (Get-Native $preset), [hashtable] $entries = @{}) {
    $shim = "$out/dotnet/shim"
    Invoke-Step dotnet publish "$root/module/Microsoft.WSMan.Management.csproj" --configuration Release --output $shim --verbosity quiet
    $files = $native + @{
        'Microsoft.WSMan.Management.dll' = "$shim/Microsoft.WSMan.Management.dll"
        'en-US/Microsoft.WSMan.Management.dll-Help.xml' = Build-Help
        LICENSE = "$root/LICENSE"
    }
    foreach ($manifest in Get-ChildItem "$root/manifests" -Recurse -File) {
        $files[[IO.Path]::GetRelativePath("$root/manifests", $manifest)] = $manifest.FullName
    }
    $own, $dropIn = 'Portable.WSMan.Management.psd1', 'drop-in/Microsoft.WSMan.Management/Microsoft.WSMan.Management.psd1'
    $files[$dropIn] = Build-Manifest $files[$dropIn] CmdletsToExport (Import-PowerShellDataFile $files[$own]).CmdletsToExport
    $files[$own] = Build-Manifest $files[$own] FileList ($files.Keys | Sort-Object) $entries
    $module = "$out/$($preset -eq 'dev' ? '' : "$preset/")module/Portable.WSMan.Management"
    foreach ($name in $files.Keys) {
        $final = "$module/$name"
        if ((Test-Path $final) -and (Get-FileHash $final).Hash -eq (Get-FileHash $files[$name]).Hash) { continue }
        $null = New-Item -ItemType Directory -Force (Split-Path $final)
        Copy-Item $files[$name] "$final.new"
        [IO.File]::Move("$final.new", $final, $true)
    }
    Get-ChildItem $module -Recurse -File |
        Where-Object { [IO.Path]::GetRelativePath($module, $_) -notin $files.Keys } | Remove-Item
    $module
}

# Runs the PowerShell of .config/dotnet-tools.json.
function Invoke-Pwsh {
    Push-Location -LiteralPath $root
    try { $where = dotnet tool run pwsh '--' -NoLogo -NoProfile -Command '$PSHOME' } finally { Pop-Location }
    & dotnet "$where/pwsh.dll" -NoLogo -NoProfile @args
}

#endregion
#region Showing

function Invoke-Demo {
    Build-Native dev wsman_native, wsman_service
    $module = Build-Module dev
    Invoke-Pwsh -File "$root/tests/demo/Invoke-Demo.ps1" -Module $module -Service "$out/dev/tests/service/wsman-service"
    exit $LASTEXITCODE
}

function ConvertTo-Literal([string] $text) {
    "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($text) + "'"
}

function Invoke-Shell {
    Build-Native dev wsman_native
    $import = "Import-Module $(ConvertTo-Literal (Build-Module dev))"
    if ($Command) {
        Invoke-Pwsh -Command "$import; $Command"
    } elseif ($File) {
        # -File cannot import first, so the script is called, and its exit code is handed on as -File does. A
        # parameter's name stays bare; everything else is a literal.
        $words = $Arguments | ForEach-Object { $_ -match '^-[A-Za-z_]\w*:?$' ? $_ : (ConvertTo-Literal $_) }
        $call = "& $(ConvertTo-Literal $File) $words"
        Invoke-Pwsh -Command "$import; `$global:LASTEXITCODE = 0; $call; if (-not `$?) { exit `$LASTEXITCODE }"
    } else {
        @'
The module is imported. Three lines to try, with a computer of yours:

  dir WSMan:\
  Connect-WSMan server01 -UseSSL -Authentication Basic -Credential admin
  Get-Help Disconnect-WSMan -Full

'@
        Invoke-Pwsh -NoExit -Command $import
    }
    exit $LASTEXITCODE
}

#endregion
#region Publishing

# Takes the symbols out of a library, into a file beside the package, and returns the library.
function Split-Symbol([string] $processor) {
    $objcopy = "$($processor -eq 'x64' ? 'x86_64' : 'aarch64')-linux-gnu-objcopy"
    $whole = "$out/package-$processor/native/libwsman_native.so"
    $symbols, $stripped = "$out/package/libwsman_native.$processor.debug", "$out/package/libwsman_native.$processor.so"
    Invoke-Step $objcopy --only-keep-debug $whole $symbols
    Invoke-Step $objcopy --strip-all "--add-gnu-debuglink=$symbols" $whole $stripped
    $stripped
}

# The licences of what is inside the native libraries, in their own words.
function Build-Notices {
    $sources = [ordered]@{
        'C++ REST SDK' = "$out/package/cpprest/license.txt"
        libxml2 = "$out/package/libxml2/Copyright"
        Boost = '/usr/share/doc/libboost*-dev/copyright'
        'JSON for Modern C++' = '/usr/share/doc/nlohmann-json3-dev/copyright'
        'the C++ standard library of GCC' = '/usr/share/doc/libstdc++-*-dev/copyright'
    }
    $made = "$out/package/THIRD-PARTY-NOTICES"
    $sources.GetEnumerator().ForEach{
        $licence = Get-Item $_.Value | Select-Object -First 1
        "The native libraries of this module contain code of $($_.Key):`n"
        Get-Content $licence
        "`n$('-' * 78)`n"
    } | Set-Content $made
    $made
}

# The addresses that whoever publishes the package gives in the environment, by the entries of its manifest.
function Get-Address {
    $given = @{ ProjectUri = $env:PROJECT_URI; IconUri = $env:ICON_URI }
    $given.Keys.Where{ -not $given[$_] }.ForEach{ $given.Remove($_) }
    $given
}

# Repositories show them as links, or fetch them.
function Test-Address([string] $address) {
    $uri = $null
    [uri]::TryCreate($address, 'Absolute', [ref] $uri) -and $uri.Scheme -eq 'https' -and $uri.IsWellFormedOriginalString()
}

# The package has everything but OpenSSL, which is the system's. What it promises is looked at with the file that is made.
function Invoke-Package {
    # A quoted word is no parameter of Invoke-Step.
    Invoke-Step cmake -D "INTO=$out/package" '-P' "$root/native/package/fetch.cmake"
    $native = @{}
    foreach ($processor in 'x64', 'arm64') {
        Build-Native "package-$processor" wsman_native
        $native["linux-$processor/libwsman_native.so"] = Split-Symbol $processor
    }
    $module = Build-Module package ($native + @{ 'THIRD-PARTY-NOTICES' = Build-Notices }) (Get-Address)
    Remove-Item "$out/package/*.nupkg"
    $package = Compress-PSResource $module "$out/package" -PassThru
    Build-Native dev wsman_service, wsman_hostile
    $service, $oldOpenSsl = "$out/dev/tests/service/wsman-service", "$out/package/sysroot-x64/usr/lib/x86_64-linux-gnu"
    Invoke-Pwsh -File "$root/tests/package/Test-Package.ps1" -Package $package.FullName -Module $module -Service $service -OldOpenSsl $oldOpenSsl
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

    # What the library is published as: the suites that meet OpenSSL, on the oldest one, and the other processor.
    Build-Native package-x64 wsman_published
    Invoke-NativeTest package-x64
    $emulator = 'qemu-aarch64-static'
    if (Get-Command $emulator -ErrorAction Ignore) {
        Build-Native package-arm64 test_capi
        Invoke-NativeTest package-arm64
    } else { $skips.Add("native (package-arm64): there is no $emulator on this computer") }
    Invoke-Step dotnet restore "$root/tests/units" --verbosity quiet
    Invoke-ModuleTest package Connect-WSMan*, Disconnect-WSMan, Test-WSMan, Teardown.Faults @{
        CLR_OPENSSL_VERSION_OVERRIDE = '1.1'
        LD_LIBRARY_PATH = $oldOpenSsl
    } $module $service
    Complete-Test
}

#endregion
#region Testing

# What the suites of this run did: one row a suite, and what was skipped, and why.
$suites = [Collections.Generic.List[object]]::new()
$skips = [Collections.Generic.List[string]]::new()
$failures = [Collections.Generic.List[string]]::new()

function Add-Suite([string] $name, [int] $passed, [int] $failed, [int] $skipped, [Diagnostics.Stopwatch] $watch) {
    $suites.Add([pscustomobject]@{
        Suite = $name; Passed = $passed; Failed = $failed; Skipped = $skipped; Seconds = [int] $watch.Elapsed.TotalSeconds
    })
}

# Counts a failure of its own for a program that ended otherwise than well and has told of none: then it has not run all
# that it should. Returns how many failed.
function Measure-Failed([string] $program, [int] $told, [bool] $isWell, [int] $exit) {
    if ($told -or $isWell) { return $told }
    $failures.Add("${program} ended with $exit, and told of nothing that failed")
    1
}

# What depends on chance, or tries a part, does something else with each commit, and the same again with the same one.
# In a container the folder may belong to somebody else, and git then reads it only where it is called safe.
function Get-CommitNumber {
    $commit = (Get-Command git -ErrorAction Ignore) ? (git -c 'safe.directory=*' -C $root rev-parse --short=7 HEAD 2>$null) : ''
    if ($commit) { return [Convert]::ToInt32($commit.Substring(0, 7), 16) }
    $why = 'what differs between commits: git names none here, so it is as with commit 0'
    if (-not $skips.Contains($why)) { $skips.Add($why) }
    0
}

# The native programs. One that checks with doctest counts its cases, another counts as one.
function Invoke-NativeTest([string] $preset) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $report = "$out/$preset/ctest.xml"
    Remove-Item $report -ErrorAction Ignore
    $env:WSMAN_TEST_SEED = Get-CommitNumber
    Push-Location -LiteralPath $root
    try { ctest --preset $preset --output-junit $report | Out-Host } finally { Pop-Location }
    $exit = $LASTEXITCODE
    $isReported = Test-Path $report
    $passed = $failed = $skipped = 0
    foreach ($case in $isReported ? ([xml](Get-Content $report -Raw)).testsuite.testcase : @()) {
        $said = "$($case.'system-out')"
        if ($case.status -eq 'notrun') {
            $skipped++
            $skips.Add("$preset $($case.name): $(($said.Trim() -split '\n')[-1])")
        } elseif ($said -match 'test cases: +\d+ \| +(\d+) passed \| +(\d+) failed \| (\d+) skipped') {
            $passed += $Matches[1]
            $failed += [Math]::Max([int] $Matches[2], $case.status -eq 'fail' ? 1 : 0)
        } elseif ($case.status -eq 'run') { $passed++ } else { $failed++ }
        if ($case.status -eq 'fail') { $failures.Add("$preset $($case.name)") }
    }
    $failed = Measure-Failed "native ($preset): ctest" $failed ($exit -eq 0 -and $isReported) $exit
    Add-Suite "native ($preset)" $passed $failed $skipped $watch
}

# What of the shim is pure C#. The restore brings Pester and the original module, too.
function Invoke-UnitTest {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $report = "$out/units.trx"
    Remove-Item $report -ErrorAction Ignore
    dotnet test "$root/tests/units" --configuration Release --logger "trx;LogFileName=$report" --blame-hang-timeout 2m |
        Out-Host
    $exit = $LASTEXITCODE
    if (-not (Test-Path $report)) { $failures.Add('units: they do not build'); return Add-Suite units 0 1 0 $watch }
    $run = ([xml](Get-Content $report -Raw)).TestRun
    $counts = $run.ResultSummary.Counters
    $isWell = $exit -eq 0 -and $run.ResultSummary.outcome -eq 'Completed'
    $run.Results.UnitTestResult | Where-Object outcome -eq NotExecuted |
        ForEach-Object { $skips.Add("units $($_.testName): $($_.Output.ErrorInfo.Message)") }
    $run.Results.UnitTestResult | Where-Object outcome -eq Failed | ForEach-Object { $failures.Add("units $($_.testName)") }
    $failed = Measure-Failed 'units: dotnet test' $counts.failed $isWell $exit
    Add-Suite units $counts.passed $failed ($counts.total - $counts.executed) $watch
}

# The cmdlets and the drive, in PowerShell.
function Invoke-ModuleTest(
    [string] $preset, [string[]] $name = '*', [hashtable] $environment = @{},
    [string] $module = (Build-Module $preset), [string] $service = "$out/dev/tests/service/wsman-service"
) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $results = "$out/$preset/pester"
    Remove-Item $results -Recurse -ErrorAction Ignore
    $words = @(
        "& $(ConvertTo-Literal "$root/tests/Invoke-Tests.ps1") -Module $(ConvertTo-Literal $module)"
        "-Service $(ConvertTo-Literal $service) -Results $(ConvertTo-Literal $results)"
        "-Name $($name.ForEach{ ConvertTo-Literal $_ } -join ',')"
        "-Environment @{ $($environment.Keys.ForEach{ "$_ = $(ConvertTo-Literal $environment[$_])" } -join '; ') }"
    )
    Invoke-Pwsh -Command "$words; exit `$LASTEXITCODE" | Out-Host
    $exit = $LASTEXITCODE
    $all = @(Get-ChildItem "$results/*.json" -ErrorAction Ignore | ForEach-Object { Get-Content $_ -Raw | ConvertFrom-Json })
    if (-not $all) { $failures.Add('Pester: no file ran'); return Add-Suite "Pester ($preset)" 0 1 0 $watch }
    $skipped, $failed = @($all | ForEach-Object Skipped), @($all | ForEach-Object Failures)
    $skipped | ForEach-Object { $skips.Add("Pester ($preset) $_") }
    $failed | ForEach-Object { $failures.Add("Pester ($preset) $_") }
    $count = Measure-Failed "Pester ($preset): Invoke-Tests.ps1" ($all.Failed | Measure-Object -Sum).Sum ($exit -eq 0) $exit
    Add-Suite "Pester ($preset)" ($all.Passed | Measure-Object -Sum).Sum $count $skipped.Count $watch
}

# Ends with the summary: a line a suite, what was skipped and why, what failed, and the sums alone on a line.
function Complete-Test {
    $suites | Format-Table | Out-String | ForEach-Object TrimEnd
    if ($skips) { "`nSkipped:"; $skips | ForEach-Object { "  $_" } }
    if ($failures) { "`nFailed:"; $failures | ForEach-Object { "  $_" } }
    $sums = $suites | Measure-Object -Sum Passed, Failed, Skipped
    "`n{0} passed, {1} failed, {2} skipped" -f $sums.Sum
    exit ($sums[1].Sum -eq 0 -and -not $failures ? 0 : 1)
}

function Invoke-Test {
    if ($Arguments) {
        Build-Native dev wsman_native, wsman_service
        Invoke-Step dotnet restore "$root/tests/units" --verbosity quiet
        Invoke-ModuleTest dev $Arguments
    } else {
        Build-Native dev
        Invoke-UnitTest
        Invoke-NativeTest dev
        Invoke-ModuleTest dev
    }
    Complete-Test
}

# The words that begin torture: within a realm where there are parts for one, else without Negotiate and CredSSP.
function Get-TortureCommand {
    Build-Native dev wsman_torture | Out-Host
    & "$root/tests/service/realm/fetch.sh" $parts | Out-Host
    if ($LASTEXITCODE -eq 0) { "$root/tests/service/realm/within_realm.py"; $parts }
    elseif ($LASTEXITCODE -ne 77) { $failures.Add("torture: fetch.sh ended with $LASTEXITCODE, so there is no realm") }
    "$out/dev/tests/torture/wsman_torture"
}

# The ways to connect that torture tries with a commit, and the turn of each: which allocations these are.
function Get-TortureTurn([int] $number) {
    $turns = [ordered]@{}
    foreach ($way in 'basic', 'digest', 'negotiate', 'credssp', 'tls', 'certificate') { $turns[$way] = $number }
    # Both versions of TLS in turn: one of them takes a minute, as all certificates that are to be refused are tried.
    # The bit that chooses is no part of the turn, or each version would have half of the turns.
    $turns[$number % 2 ? 'refused' : 'refused-1.2'] = $number -shr 1
    $turns
}

# Memory and calls of the system that fail, of one way to connect: all calls, and every 20th allocation.
function Invoke-TortureTest([string[]] $command, [string] $way, [int] $turn) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $program, $words = $command
    & $program @words --way $way --every 20 --turn $turn | Out-Host
    $failed, $skipped = ($LASTEXITCODE -notin 0, 77), ($LASTEXITCODE -eq 77)
    if ($failed) { $failures.Add("torture $way") }
    if ($skipped) { $skips.Add("torture ${way}: there are no parts for a realm") }
    Add-Suite "torture ($way)" ([int] -not ($failed -or $skipped)) ([int] $failed) ([int] $skipped) $watch
}

function Invoke-Sanitize {
    Build-Native asan
    Invoke-Step dotnet restore "$root/tests/units" --verbosity quiet
    # Compiles what comes later while tests wait for their servers. What fails here fails again, and aloud, there.
    $ahead = Start-ThreadJob {
        Set-Location -LiteralPath $using:root
        $null = cmake --preset tsan --log-level=WARNING && cmake --build --preset tsan --target wsman_threads
        $null = cmake --preset dev --log-level=WARNING && cmake --build --preset dev --target wsman_torture
    }
    Invoke-NativeTest asan
    # What of the module passes most through the library. dotnet is built without the sanitizer, leaks by design, and
    # uses SIGSEGV for null references.
    $asan = c++ '-print-file-name=libasan.so'
    Invoke-ModuleTest asan Disconnect-WSMan*, Get-WSManInstance*, Teardown, Teardown.Faults @{
        LD_PRELOAD = [IO.File]::ResolveLinkTarget($asan, $true)?.FullName ?? $asan
        ASAN_OPTIONS = 'detect_leaks=0:handle_segv=0'
        UBSAN_OPTIONS = 'print_stacktrace=1'
        WSMAN_TEST_TIME_FACTOR = '4'
    }
    $null = $ahead | Wait-Job
    Build-Native tsan wsman_threads
    Invoke-NativeTest tsan
    # Each sanitizer takes the place of malloc(), so what happens when memory runs out is seen without them.
    $torture = Get-TortureCommand
    $turns = Get-TortureTurn (Get-CommitNumber)
    foreach ($way in $turns.Keys) { Invoke-TortureTest $torture $way $turns[$way] }
    Complete-Test
}

#endregion
#region Checking and measuring

# Reads the files of a build with clang-tidy, and says something only where there is something to say: it repeats its
# own command lines, and counts the findings that it suppressed, thousands a file. `checks` changes those of .clang-tidy.
# `folder` is native or tests; the batches of a build stand below its own folder of that name.
function Invoke-Tidy([string] $preset, [string] $folder, [string] $checks) {
    # run-clang-tidy takes a regular expression, and is content where no file matches it.
    $files = "^($([regex]::Escape($root))|$([regex]::Escape("$out/$preset")))/$folder/"
    if (-not ((Get-Content -LiteralPath "$out/$preset/compile_commands.json" -Raw | ConvertFrom-Json).file -cmatch $files)) {
        "$preset compiles no file that matches $files"
        $global:LASTEXITCODE = 1
        return
    }
    # The compiler's flags are GCC's. The analyzer follows calls through our code and not into the standard library,
    # where it spent three quarters of its time: what lives too short there, the address sanitizer sees. A function of
    # 40 lines has its paths within a third of the states that it takes otherwise.
    $flags = '-Wno-ignored-optimization-argument', '-Wno-unknown-warning-option',
        '-Xclang', '-analyzer-config', '-Xclang', 'c++-stdlib-inlining=false,max-nodes=75000'
    run-clang-tidy -quiet -p "$out/$preset" -checks="$checks" @($flags.ForEach{ "-extra-arg=$_" }) $files 2>&1 |
        Where-Object { $_ -notmatch '^(\e\[\S*)?clang-tidy|warnings? generated|^\s*$' }
}

# Everything that is wrong is told before it ends.
function Invoke-Check {
    $wrong = [Collections.Generic.List[string]]::new()
    function Test-Step([string] $what) {
        Write-Host "== $what"
        & $args[0] | Out-Host
        if ($LASTEXITCODE -ne 0) { $wrong.Add($what) }
    }
    Push-Location -LiteralPath $root
    # Compiled file by file, so that a file that does not include what it needs is found, too.
    Invoke-Step cmake --preset release --log-level=WARNING
    $native = Get-ChildItem native, tests -Recurse -Include *.h, *.c, *.cpp
    Test-Step 'format' { clang-format --dry-run -Werror $native }
    Test-Step 'layering' { & "$root/tests/Test-Layering.ps1" }
    foreach ($project in Get-ChildItem module, tests -Recurse -Filter *.csproj) {
        Test-Step "format of $($project.BaseName)" { dotnet format $project --verify-no-changes }
    }
    Build-Native dev wsman_bench_count, wsman_bench_abi, wsman_service
    Test-Step 'instruction counts' { Measure-Instruction compare "$root/tests/bench/callgrind.txt" }
    # The core is read twice: one by one, as release compiles it, for what looks through the file itself only (paths of
    # the analyzer, includes, using-declarations), and by the batches of dev for all else, because most of what is to be
    # read are headers. The tests are read by batches.
    $single = 'clang-analyzer-*', 'misc-unused-using-decls', 'readability-duplicate-include', 'bugprone-suspicious-include'
    Test-Step 'lint of the core, file by file' {
        Invoke-Tidy release native "-*,$($single -join ','),-clang-analyzer-optin.cplusplus.VirtualCall"
    }
    Test-Step 'lint of the core' { Invoke-Tidy dev native ($single.ForEach{ "-$_" } -join ',') }
    Test-Step 'lint of the tests' { Invoke-Tidy dev tests }
    Pop-Location
    if ($wrong) { "Wrong: $($wrong -join ', ')"; exit 1 }
    'All checks passed.'
    exit 0
}

# Counts the instructions of what users do most; Verb is compare or write, with the file of the baseline, or nothing.
function Measure-Instruction([string[]] $Verb = @()) {
    $valgrind = (Get-Command valgrind -CommandType Application -ErrorAction Ignore | Select-Object -First 1)?.Source
    if (-not $valgrind) {
        if (-not $IsMacOS) { throw 'valgrind is needed for this.' }
        'There is no valgrind here: instructions are not counted.'
        $global:LASTEXITCODE = 0
        return
    }
    $bench = "$out/dev/tests/bench"
    & "$bench/wsman-bench-count" $valgrind "$out/dev/tests/service/wsman-service" "$bench/wsman-bench-abi" "$out/dev/callgrind" @Verb @args
}

# Builds the peer in Go, and returns its path: an empty text where there is no Go.
function Build-GoPeer {
    if (-not (Get-Command go -CommandType Application -ErrorAction Ignore)) { return '' }
    $peer = "$out/bench/wsman-bench-go"
    $env:GOCACHE = "$out/bench/cache"
    Invoke-Step go build -o $peer "$root/tests/bench/go_loop.go"
    $peer
}

# Writes a table into docs/performance.md, below the line that says so, with when and where it was measured.
function Write-Performance([string[]] $table) {
    $file = "$root/docs/performance.md"
    $mark = '<!-- What follows is written by ./build.sh bench. -->'
    $head, $after = (Get-Content $file -Raw).Split($mark)
    if ($null -eq $after) { throw "$file has no line `"$mark`"." }
    $processor = (Get-Content /proc/cpuinfo -ErrorAction Ignore | Select-String '^model name\s*: (.*)' | Select-Object -First 1)?.Matches.Groups[1].Value
    $about = "Measured on $([datetime]::UtcNow.ToString('yyyy-MM-dd')): $([Environment]::ProcessorCount) x $processor, " +
        "$([Runtime.InteropServices.RuntimeInformation]::OSDescription), PowerShell $($PSVersionTable.PSVersion)."
    Set-Content $file "$head$mark`n`n$about`n`n$($table -join "`n")"
}

# What is measured, side by side with others (tests/bench/README.md). `bench count` writes a new baseline of the
# instruction counts instead.
function Invoke-Bench {
    if ($Arguments -contains 'count') {
        Build-Native dev wsman_bench_count, wsman_bench_abi, wsman_service
        Measure-Instruction write "$root/tests/bench/callgrind.txt"
        exit $LASTEXITCODE
    }
    Build-Native dev wsman_bench_count, wsman_bench_abi, wsman_service
    Build-Native release wsman_native, wsman_service, wsman_bench, wsman_bench_abi, wsman_bench_curl, wsman_bench_auth, wsman_bench_teardown
    $module, $go = (Build-Module release), (Build-GoPeer)
    $scripts = "$root/tests/bench"
    $empty = "$out/dotnet/bin/wsman-bench-empty/release/wsman-bench-empty.psd1"
    Invoke-Step dotnet build "$scripts/empty/wsman-bench-empty.csproj" --configuration Release --verbosity quiet
    $bench = "$out/release/tests/bench"
    $service = "$out/release/tests/service/wsman-service"
    $dll = Invoke-Pwsh -Command '"$PSHOME/pwsh.dll"'
    & "$bench/wsman-bench" $service "$bench/wsman-bench-abi" "$bench/wsman-bench-curl" $go $dll "$module/Portable.WSMan.Management.psd1" $empty $scripts |
        Tee-Object -Variable table | ForEach-Object { [Console]::Out.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    & "$bench/wsman-bench-teardown" | Tee-Object -Variable endings | ForEach-Object { [Console]::Out.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    Invoke-Step "$scripts/authentication.py" $parts $service "$bench/wsman-bench-auth"
    Write-Performance ($table + $endings)
    Measure-Instruction
    exit $LASTEXITCODE
}

# Has each target of tests/fuzz look for inputs that break it, two at a time, and tells a line of each. What they learn
# stays in out/fuzz/learnt, and what broke them in out/fuzz/found, beside the logs.
function Invoke-Fuzz {
    Build-Native fuzz wsman_fuzz
    $seconds = $Arguments ? $Arguments[0] : 60
    $runs = Get-ChildItem "$root/tests/fuzz/targets" -Filter *.cpp | ForEach-Object -ThrottleLimit 2 -Parallel {
        $name, $folder, $sources = $_.BaseName, "$using:out/fuzz", "$using:root/tests/fuzz"
        $learnt, $found, $log = "$folder/learnt/$name", "$folder/found", "$folder/found/$name.log"
        $null = New-Item -ItemType Directory -Force $learnt, $found
        # A whole session passes so many places that to count how often would take most of the time.
        $coarse = @($name -eq 'session' ? '-use_counters=0' : @())
        # Ten times what a busy machine needs: the target `cost` counts the time of the processor.
        & "$folder/tests/fuzz/wsman_fuzz_$name" @coarse -max_total_time="$using:seconds" -timeout=100 -print_final_stats=1 `
            -dict="$sources/words.dict" -artifact_prefix="$found/$name-" $learnt "$sources/corpus/$name" *> $log
        $exit, $said = $LASTEXITCODE, (Get-Content $log -Raw)
        $figure = { param($of) $said -match "stat::${of}:\s+(\d+)" ? [int] $Matches[1] : 0 }
        Write-Host ('{0,-12} {1,11:N0} executions, {2,5:N0} new inputs, {3,5:N0} MB at most' -f $name,
            (& $figure number_of_executed_units), (& $figure new_units_added), (& $figure peak_rss_mb))
        if ($exit -ne 0) { $said -match 'Test unit written to (\S+)' ? $Matches[1] : $log }
    }
    if ($runs) { "`nBroken by:"; $runs | ForEach-Object { "  $_" }; exit 1 }
    exit 0
}

# Memory and calls of the system that fail, each by itself; within a realm where there are parts for one.
function Invoke-Torture {
    $program, $words = Get-TortureCommand
    if ($failures) { $failures; exit 1 }
    if (-not $words) { 'There is no realm here: Negotiate and CredSSP are left out.' }
    Invoke-Step $program @words
    exit 0
}

# What takes too long for every change.
function Invoke-Soak {
    Build-Native dev wsman_teardown_cycles
    Invoke-Step "$out/dev/tests/e2e/wsman_teardown_cycles" 10000
    Build-Native tsan wsman_teardown_race
    $env:WSMAN_TEST_SECONDS, $env:WSMAN_TEST_TIME_FACTOR = '60', '4'
    $env:TSAN_OPTIONS = "suppressions=$root/tests/e2e/tsan.supp"
    Invoke-Step "$out/tsan/tests/e2e/wsman_teardown_race"
    exit 0
}

#endregion

function Write-Usage {
    'Usage: ./build.sh TASK', ''
    $tasks.GetEnumerator() | ForEach-Object { '  {0,-9} {1}' -f $_.Key, $_.Value }
    '', 'build.sh installs what is missing with apt; BUILD_NO_INSTALL=1 only names it.'
}

if (-not $Task) { Write-Usage; exit 0 }
$wrong = if (-not $tasks.Contains($Task)) { "There is no task `"$Task`"." }
elseif (($Task -ne 'shell' -and ($Command -or $File)) -or ($Task -notin 'shell', 'test', 'bench', 'fuzz' -and $Arguments)) {
    "$Task takes no arguments."
} elseif ($Task -eq 'shell' -and $Arguments -and -not $File) { 'shell takes -Command TEXT, or -File PATH and its arguments.' }
elseif ($Task -eq 'package' -and ($address = (Get-Address).GetEnumerator().Where{ -not (Test-Address $_.Value) })) {
    "`"$($address[0].Value)`" is no https address for $($address[0].Key): PROJECT_URI and ICON_URI give them."
} elseif ($Task -eq 'fuzz' -and "$Arguments" -notmatch '^(|[1-9]\d*)$') { 'fuzz takes a number of seconds.' }
if ($wrong) {
    [Console]::Error.WriteLine($wrong)
    Write-Usage | ForEach-Object { [Console]::Error.WriteLine($_) }
    exit $exitUsage
}
& "Invoke-$((Get-Culture).TextInfo.ToTitleCase($Task))"
