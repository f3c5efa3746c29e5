<#
.SYNOPSIS
Looks at a package as those do who get it: its size, what its libraries need of a computer, and whether it installs
without root into a home where nothing is, and works.

.DESCRIPTION
Prints a line for each thing that is so; the first one that is not ends it.

.PARAMETER Package
The .nupkg file.

.PARAMETER Module
The folder of which it was made.

.PARAMETER Service
The program of the loopback service, which what is installed connects to.
#>
param(
    [Parameter(Mandatory)] [string] $Package,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Service
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

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
    $dynamic = (readelf --wide --dynamic $library) -join "`n"
    $symbols = (readelf --wide --dyn-syms $library) -join "`n"
    $used = [regex]::Matches($dynamic, '\(NEEDED\).*\[(.+)\]').ForEach{ $_.Groups[1].Value }
    $others = $used.Where{ $_ -notin $needed }
    Assert "$name needs nothing but the C library and the unwinder of the compiler" (-not $others) "It needs $others."
    $versions = [regex]::Matches($symbols, '@GLIBC_([\d.]+)').ForEach{ [version] $_.Groups[1].Value } | Sort-Object
    Assert "$name runs with glibc $oldestGlibc" ($versions[-1] -le $oldestGlibc) "It needs $($versions[-1])."
    $exported = [regex]::Matches($symbols, '(?m)\b(?:GLOBAL|WEAK)\s+DEFAULT\s+\d+\s+([\w.]+)').ForEach{ $_.Groups[1].Value } | Sort-Object
    Assert "$name exports what wsman.h declares, and nothing else" ("$exported" -ceq "$functions") "It exports $exported."
    # As Module.Hardening.Tests.ps1 looks at the library of the build.
    $segments = (readelf --wide --segments $library) -join "`n"
    $isHard = $dynamic -match '\(FLAGS\).*BIND_NOW' -and $segments -match '\bGNU_RELRO\b' -and $segments -match 'GNU_STACK\s.*\sRW\s' -and
        $segments -notmatch '\sRWE\s' -and $dynamic -notmatch 'TEXTREL|R(UN)?PATH' -and $symbols -match '\b__stack_chk_fail\b' -and
        $symbols -match '\b__\w+_chk\b'
    Assert "$name is hardened as the library of a build is" $isHard "$dynamic $segments"
    $bytes = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($library))
    Assert "$name has no path of this machine in it" (-not $bytes.Contains((Resolve-Path "$PSScriptRoot/../..").Path))
    Assert "$name has no symbols for debuggers" ((readelf --wide --section-headers $library) -join "`n" -notmatch '\.(symtab|debug_info)\b')
    "    ${name}: $($library.Length) bytes, glibc $($versions[-1])"
}

$folder = [IO.Directory]::CreateTempSubdirectory('wsman-package-').FullName
try {
    $null = New-Item -ItemType Directory "$folder/home", "$folder/repository"
    Copy-Item $Package "$folder/repository"
    $script = @'
    $ErrorActionPreference = 'Stop'
    Register-PSResourceRepository -Name Here -Uri $args[0] -Trusted
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
    # The chain is verified, by the OpenSSL of this computer.
    Set-Item WSMan:\localhost\Client\TrustedCAPath $args[2] -Force
    $login = [pscredential]::new('user', (ConvertTo-SecureString $args[3] -AsPlainText -Force))
    Connect-WSMan 127.0.0.1 -Port $args[1] -UseSSL -Authentication Basic -Credential $login
    @(Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName 127.0.0.1).Count
    Disconnect-WSMan 127.0.0.1
    (Get-ChildItem WSMan:\).Name
    Uninstall-PSResource Portable.WSMan.Management
    @(Get-Module Portable.WSMan.Management -ListAvailable).Count
'@
    Set-Content "$folder/install.ps1" $script
    $password = [guid]::NewGuid()
    $start = [Diagnostics.ProcessStartInfo]::new($Service)
    '--address', '127.0.0.1', '--user', 'user', '--password', $password, '--ca-directory', "$folder/ca", '--rows', '20', '--seconds', '600' |
        ForEach-Object { $start.ArgumentList.Add($_) }
    # It ends with its input.
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $null = New-Item -ItemType Directory "$folder/ca"
    $serving = [Diagnostics.Process]::Start($start)
    $ready = $serving.StandardOutput.ReadLine() | ConvertFrom-Json
    $environment = @{ HOME = "$folder/home"; XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; XDG_CACHE_HOME = $null; PSModulePath = $null }
    $start = @{
        FilePath = [Environment]::ProcessPath
        ArgumentList = "`"$PSHOME/pwsh.dll`"", '-NoLogo', '-NoProfile', '-NonInteractive', '-File', "$folder/install.ps1", "$folder/repository", $ready.https, $ready.caFile, $password
        Environment = $environment; Wait = $true; PassThru = $true
        RedirectStandardOutput = "$folder/out"; RedirectStandardError = "$folder/err"
    }
    $process = Start-Process @start
    $said = @(Get-Content "$folder/out")
    Assert 'the package installs into an empty home, and works from there' ($process.ExitCode -eq 0) "$said $(Get-Content "$folder/err")"
    $found, $installed, $imported, $count, $base, $synopsis, $topic, $rows, $computers, $left = $said
    Assert 'it is found by the name of a command' ($found -ceq 'Portable.WSMan.Management') "$said"
    Assert 'it is imported from the home' ($base.StartsWith("$folder/home/")) $base
    Assert 'it has 15 cmdlets' ($count -eq 15) $count
    Assert 'it has its help' ($synopsis -like 'Ends the session*' -and $topic -ceq 'TOPIC') "$synopsis $topic"
    Assert 'it connects by TLS, enumerates and disconnects' ($rows -eq 20 -and $computers -ceq 'localhost') "$rows $computers"
    Assert 'it can be uninstalled while it is loaded' ($left -eq 0) $left
    "    $installed, $imported"
} finally {
    if (Test-Path Variable:ready) { $serving.StandardInput.Close(); $serving.WaitForExit() }
    Remove-Item $folder -Recurse -Force
}
"Done: $Package"
