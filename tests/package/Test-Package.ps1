<#
.SYNOPSIS
Looks at a package as those do who get it: its size, what its libraries need of a computer, and whether it installs
without root into a home where nothing is, and works, also where that is made hard for it.

.DESCRIPTION
Prints a line for each thing that is so; the first one that is not ends it.

.PARAMETER Package
The .nupkg file.

.PARAMETER Module
The folder of which it was made.

.PARAMETER Service
The program of the loopback service, which what is installed connects to.

.PARAMETER OldOpenSsl
The folder of the libraries of OpenSSL 1.1.1.
#>
param(
    [Parameter(Mandatory)] [string] $Package,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Service,
    [Parameter(Mandatory)] [string] $OldOpenSsl
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Import-Module "$PSScriptRoot/../Library.psm1"

# What there is wherever .NET is. OpenSSL is looked for at run time, and everything else is inside.
$needed = 'libc.so.6', 'libm.so.6', 'libdl.so.2', 'libpthread.so.0', 'libgcc_s.so.1', 'ld-linux-x86-64.so.2', 'ld-linux-aarch64.so.1'
$oldestGlibc = [version] '2.27'
$mostBytes = 4MB
$functions = Select-String -Path "$PSScriptRoot/../../native/include/wsman/wsman.h" -Pattern '^\s*WSMAN_API.*?\b(wsman_\w+)\(' |
    ForEach-Object { $_.Matches.Groups[1].Value } | Sort-Object -Unique

function Assert([string] $what, [bool] $isSo, [string] $but = '') {
    if (-not $isSo) { throw "It is not so that $what. $but" }
    "ok: $what"
}

$size = (Get-Item $Package).Length
Assert "the package has at most $($mostBytes / 1MB) MB" ($size -le $mostBytes) "It has $size bytes."
"    $([IO.Path]::GetFileName($Package)): $size bytes"

foreach ($library in Get-ChildItem $Module -Recurse -Filter libwsman_native.so) {
    $name = [IO.Path]::GetRelativePath($Module, $library.FullName)
    $processor = (Split-Path $name) -replace '^linux-'
    $dynamic, $segments, $symbols, $notes, $sections = '--dynamic', '--segments', '--dyn-syms', '--notes', '--section-headers' |
        ForEach-Object { Read-Library $library $_ }
    $used = [regex]::Matches($dynamic, '\(NEEDED\).*\[(.+)\]').ForEach{ $_.Groups[1].Value }
    $others = $used.Where{ $_ -notin $needed }
    Assert "$name needs nothing but the C library and the unwinder of the compiler" (-not $others) "It needs $others."
    $versions = [regex]::Matches($symbols, '@GLIBC_([\d.]+)').ForEach{ [version] $_.Groups[1].Value } | Sort-Object
    Assert "$name runs with glibc $oldestGlibc" ($versions[-1] -le $oldestGlibc) "It needs $($versions[-1])."
    $exported = [regex]::Matches($symbols, '(?m)\b(?:GLOBAL|WEAK)\s+DEFAULT\s+\d+\s+([\w.]+)').ForEach{ $_.Groups[1].Value } | Sort-Object
    Assert "$name exports what wsman.h declares, and nothing else" ("$exported" -ceq "$functions") "It exports $exported."
    # As Module.Hardening.Tests.ps1 looks at the library of the build.
    $isHard = $dynamic -match '\(FLAGS\).*BIND_NOW' -and $segments -match '\bGNU_RELRO\b' -and $segments -match 'GNU_STACK\s.*\sRW\s' -and
        $segments -notmatch '\sRWE\s' -and $dynamic -notmatch 'TEXTREL|R(UN)?PATH' -and $symbols -match '\b__stack_chk_fail\b' -and
        $symbols -match '\b__\w+_chk\b'
    Assert "$name is hardened as the library of a build is" $isHard "$dynamic $segments"
    $unmarked = Get-UnmarkedFunction $library $processor
    Assert "$name has a mark at each function that others call" (-not $unmarked) "$unmarked have none."
    # Processors of the other kind have no shadow stack.
    if ($processor -eq 'x64') { Assert "$name is marked for a shadow stack" ($notes -match 'x86 feature:.*SHSTK') $notes }
    $bytes = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($library))
    # The C++ library is inside, without the names of its functions.
    Assert "$name checks the bounds of the containers of C++" $bytes.Contains("Assertion '%s' failed")
    Assert "$name has no path of this machine in it" (-not $bytes.Contains((Resolve-Path "$PSScriptRoot/../..").Path))
    Assert "$name has no symbols for debuggers" ($sections -notmatch '\.(symtab|debug_info)\b')
    "    ${name}: $($library.Length) bytes, glibc $($versions[-1])"
}

# Runs a script in a PowerShell of the new home, and returns what it says, a line each.
function Invoke-There([string] $script, [hashtable] $environment = @{}) {
    $begin = @'
    $ErrorActionPreference = 'Stop'
    $repository, $port, $authority, $password, $folder, $version = $args
    function Connect-It {
        # The chain is verified, by the OpenSSL of this computer.
        Set-Item WSMan:\localhost\Client\TrustedCAPath $authority -Force
        $login = [pscredential]::new('user', (ConvertTo-SecureString $password -AsPlainText -Force))
        Connect-WSMan 127.0.0.1 -Port $port -UseSSL -Authentication Basic -Credential $login
    }
    function Measure-Row { @(Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName 127.0.0.1).Count }

'@
    Set-Content "$folder/script.ps1" ($begin + $script)
    $there = @{ HOME = $homeFolder; XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; XDG_CACHE_HOME = $null; PSModulePath = $null }
    $start = @{
        FilePath = [Environment]::ProcessPath
        ArgumentList = "`"$PSHOME/pwsh.dll`"", '-NoLogo', '-NoProfile', '-NonInteractive', '-File', "$folder/script.ps1",
            "$folder/repository", $ready.https, $ready.caFile, $password, $folder, $version
        Environment = $there + $environment; Wait = $true; PassThru = $true
        RedirectStandardOutput = "$folder/out"; RedirectStandardError = "$folder/err"
    }
    $process = Start-Process @start
    $said = @(Get-Content "$folder/out")
    if ($process.ExitCode -ne 0) { throw "$said $(Get-Content "$folder/err")" }
    $said
}

# What is in a folder, and since when.
function Get-State([string] $of) { (Get-ChildItem $of -Recurse -Force).ForEach{ "$_ $($_.LastWriteTimeUtc.Ticks)" } -join "`n" }

$folder = [IO.Directory]::CreateTempSubdirectory('wsman-package-').FullName
# What careless quoting breaks.
$homeFolder = "$folder/hö me `$(1)"
try {
    $later = "$folder/later/Portable.WSMan.Management"
    $null = New-Item -ItemType Directory $homeFolder, "$folder/repository", "$folder/ca", "$folder/links", "$folder/later"
    Copy-Item $Package "$folder/repository"
    Expand-Archive $Package "$folder/whole"
    $nuspec = Get-Content "$folder/whole/*.nuspec" -Raw
    Assert 'it needs no other package, so that a repository with nothing else is enough' ($nuspec -notmatch '<dependency ') $nuspec
    $version = (Import-PowerShellDataFile "$Module/Portable.WSMan.Management.psd1").ModuleVersion
    Copy-Item $Module $later -Recurse
    $manifest = "$later/Portable.WSMan.Management.psd1"
    Set-Content $manifest ((Get-Content $manifest -Raw) -replace "(ModuleVersion\s*=) '.*'", "`$1 '999.0.0'")

    $password = [guid]::NewGuid()
    $start = [Diagnostics.ProcessStartInfo]::new($Service)
    '--address', '127.0.0.1', '--user', 'user', '--password', $password, '--ca-directory', "$folder/ca", '--rows', '20', '--seconds', '600' |
        ForEach-Object { $start.ArgumentList.Add($_) }
    # It ends with its input.
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $serving = [Diagnostics.Process]::Start($start)
    $ready = $serving.StandardOutput.ReadLine() | ConvertFrom-Json

    $said = Invoke-There @'
    Register-PSResourceRepository -Name Here -Uri $repository -Trusted
    (Find-PSResource -CommandName Disconnect-WSMan -Repository Here).ParentResource.Name
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Install-PSResource Portable.WSMan.Management -Repository Here
    "installed in $($watch.ElapsedMilliseconds) ms"
    $watch.Restart()
    Import-Module Portable.WSMan.Management
    "imported in $($watch.ElapsedMilliseconds) ms"
    (Get-Module Portable.WSMan.Management).ExportedCmdlets.Count
    (Get-Module Portable.WSMan.Management).ModuleBase
    (Get-Help Disconnect-WSMan).Synopsis
    (Get-Help about_WSMan_Teardown) -split '\n' | Select-Object -First 1
    Connect-It
    Measure-Row
    Install-PSResource Portable.WSMan.Management -Repository Here -Reinstall
    Measure-Row
    Uninstall-PSResource Portable.WSMan.Management
    @(Get-Module Portable.WSMan.Management -ListAvailable).Count
    Measure-Row
    Disconnect-WSMan 127.0.0.1
    (Get-ChildItem WSMan:\).Name
'@
    $found, $installed, $imported, $count, $base, $synopsis, $topic, $rows, $reinstalled, $left, $uninstalled, $computers = $said
    Assert 'it is found by the name of a command' ($found -ceq 'Portable.WSMan.Management') "$said"
    Assert 'it installs into an empty home, and is imported from there' ($base.StartsWith("$homeFolder/")) $base
    Assert 'it has 15 cmdlets' ($count -eq 15) $count
    Assert 'it has its help' ($synopsis -like 'Ends the session*' -and $topic -ceq 'TOPIC') "$synopsis $topic"
    Assert 'it connects by TLS, enumerates and disconnects' ($rows -eq 20 -and $computers -ceq 'localhost') "$rows $computers"
    Assert 'a session goes on while the module is installed again' ($reinstalled -eq 20) $reinstalled
    Assert 'it can be uninstalled while it is loaded, and a session goes on' ($left -eq 0 -and $uninstalled -eq 20) "$left $uninstalled"
    "    $installed, $imported"

    $said = Invoke-There @'
    Compress-PSResource $folder/later/Portable.WSMan.Management $repository
    Install-PSResource Portable.WSMan.Management -Repository Here -Version 999.0.0
    Install-PSResource Portable.WSMan.Management -Repository Here -Version $version
    # As an installation leaves it that was broken off.
    $base = (Get-Module Portable.WSMan.Management -ListAvailable).Where{ $_.Version -eq $version }.ModuleBase
    Remove-Item -LiteralPath "$base/Portable.WSMan.Management.psd1", "$base/Microsoft.WSMan.Management.dll"
    Clear-Content -LiteralPath "$base/linux-x64/libwsman_native.so"
    Install-PSResource Portable.WSMan.Management -Repository Here -Version $version -Reinstall
    @(Get-Module Portable.WSMan.Management -ListAvailable).Count
    Import-Module Portable.WSMan.Management -RequiredVersion $version
    Connect-It
    Import-Module Portable.WSMan.Management -RequiredVersion 999.0.0
    @(Get-Module Portable.WSMan.Management).Count
    Measure-Row
    Disconnect-WSMan 127.0.0.1
    (Get-ChildItem WSMan:\).Name
    $base
'@
    $versions, $loaded, $rows, $computers, $base = $said
    Assert 'two versions are there side by side, the one that was broken off installed again' ($versions -eq 2) $versions
    Assert 'a later version goes on with the session of an earlier one in the process' (
        $loaded -eq 2 -and $rows -eq 20 -and $computers -ceq 'localhost') "$loaded $rows $computers"

    $null = New-Item -ItemType SymbolicLink "$folder/links/Portable.WSMan.Management" -Target $base
    chmod -R a-w $base
    $before = Get-State $base
    $said = Invoke-There -Environment @{ CLR_OPENSSL_VERSION_OVERRIDE = '1.1'; LD_LIBRARY_PATH = $OldOpenSsl } -Script @'
    Import-Module $folder/links/Portable.WSMan.Management
    Connect-It
    Measure-Row
    Disconnect-WSMan 127.0.0.1
    [regex]::Matches((Get-Content /proc/self/maps -Raw), 'libssl\.so\S+').Value | Sort-Object -Unique
'@
    $rows, $openssl = $said
    Assert 'it works with OpenSSL 1.1.1' ($rows -eq 20 -and "$openssl" -ceq 'libssl.so.1.1') "$rows $openssl"
    # Root may write everywhere.
    Assert 'it works by a link to a folder that is read-only, and leaves that as it is' ((Get-State $base) -ceq $before) (Get-State $base)
} finally {
    if (Test-Path Variable:ready) { $serving.StandardInput.Close(); $serving.WaitForExit() }
    chmod -R u+w $folder
    Remove-Item $folder -Recurse -Force
}
"Done: $Package"
