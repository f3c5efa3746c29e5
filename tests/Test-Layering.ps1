<#
.SYNOPSIS
Checks who includes whom in the core, and who uses whose types in the shim.

.DESCRIPTION
- A native file includes its own room and rooms to the right of it, as "room/file.h". A room is a folder, or a file
  that stands above its folder.
- A library enters through one room, so that its types and exceptions end there.
- The public header is C and stands alone; only abi/ includes it.
- No text of the core names a cmdlet, a parameter or a path of the drive: those are the words of one host.
- A file of the shim uses types of its own room (its folder), of rooms to the right of it, and of module/ itself.
- The native library is Interop's: only Client uses its types, and only Interop marshals.
- Configuration, Client, Interop and Reporting know no class of the engine.

Prints the breaches; the exit code is 1 if there are any.
#>
param([string] $Root = (Split-Path $PSScriptRoot))
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Left knows right. A file is in the room with the longest name that its path begins with.
$rooms = @(
    'package', 'abi', 'abi/documents', 'abi/settings', 'abi/json_value', 'session', 'protocol/operation', 'protocol/message', 'protocol/xml'
    'transport/http_transport', 'transport/connection', 'transport/authentication/mechanisms'
    'transport/authentication/credssp', 'transport/authentication/negotiate', 'transport/authentication/gss'
    'transport/authentication/ntlm', 'transport/authentication/spnego', 'transport/authentication', 'transport/tls'
    'transport/http', 'transport/net', 'transport', 'base'
)
$folders = $rooms.ForEach{ $_.Split('/')[0] } | Select-Object -Unique
# Library headers by their beginning, each with the files that may include it.
$homes = [ordered]@{
    libxml = '^protocol/'; nlohmann = '^abi/'; cpprest = '^transport/'; pplx = '^transport/'; boost = '^$'
    openssl = '^(transport/|package/)'
}

# What only PowerShell has: a cmdlet, a parameter, the drive. Of HTTP there are words that look alike.
$verbs = 'Add|Clear|Connect|Copy|Disable|Disconnect|Enable|Enter|Export|Get|Import|Invoke|Move|New|Pop|Push|Receive|' +
    'Register|Remove|Rename|Reset|Restart|Resume|Save|Select|Send|Set|Start|Stop|Test|Update|Wait|Write'
$hostWords = "(?-i)(?<![\w-])-[A-Z][A-Za-z]+|\b(?:$verbs)-[A-Z]\w+|WSMan:|PowerShell"

# The texts of a C++ file that have words of PowerShell, in its code and not in its comments.
function Get-HostWord([IO.FileInfo] $file) {
    $texts = [regex]::Matches("$(Get-Content $file -Raw)", '//[^\n]*|(?s:/\*.*?\*/)|''(?:[^''\\\n]|\\.)+''|"(?:[^"\\\n]|\\.)*"')
    $texts.Where{ $_.Value[0] -eq '"' -and $_.Value -match $hostWords }.ForEach{ $_.Value }
}

function Get-Include([IO.FileInfo] $file) {
    (Select-String -LiteralPath $file -Pattern '^\s*#\s*include\s*[<"]([^>"]*)').ForEach{ $_.Matches[0].Groups[1].Value }
}

function Get-Room([string] $path) {
    $rooms | Where-Object { $path.StartsWith("$_/") -or $path.StartsWith("$_.") } | Sort-Object Length | Select-Object -Last 1
}

# The rooms of the shim are its folders; the last one is module/ itself, which all may use.
$shim = 'Commands', 'Provider', 'Provider/Parameters', 'Provider/Items', 'Completion', 'Configuration', 'Configuration/Nodes',
    'Configuration/Documents', 'Client', 'Interop', 'Resources', 'Connection', 'Reporting', ''
$withoutEngine = '^(Configuration|Client|Interop|Reporting)\b'

# Comments and texts of C#, and of an interpolated text all but what is in its holes.
$words = '//[^\n]*|''(?:[^''\\]|\\.)''|\$"(?:[^"{}\\\n]|\\.|\{\{|\}\}|\{[^{}]*\})*"|"(?:[^"\\\n]|\\.)*"'
$withoutWords = { $_.Value[0] -eq '$' ? ([regex]::Matches($_.Value, '(?<=\{)[^{}]*(?=\})').ForEach{ $_.Value } -join ' ') : '' }

# The files of the shim, each with its room, its code, and the types that it declares at the margin.
$sources = @(foreach ($file in Get-ChildItem "$Root/module" -Recurse -Filter *.cs -ErrorAction Ignore) {
    $name = [IO.Path]::GetRelativePath("$Root/module", $file)
    $code = (Get-Content $file -Raw) -replace $words, $withoutWords
    $declared = [regex]::Matches($code, '(?m)^(?:\w+ )*(?:class|record|struct|enum|interface) (?!struct\b)(\w+)')
    [pscustomobject]@{ Name = $name; Room = "$(Split-Path $name)"; Code = $code; Types = $declared.ForEach{ $_.Groups[1].Value } }
})
$homeOf = @{}
foreach ($source in $sources) { foreach ($type in $source.Types) { $homeOf[$type] = $source.Room } }

$breaches = @(
    foreach ($folder in $folders) {
        $files = @(Get-ChildItem "$Root/native/$folder" -Recurse -Include *.h, *.c, *.cpp -ErrorAction Ignore)
        if (-not $files) { "native/${folder}: no files, so nothing was checked" }
        foreach ($file in $files) {
            $name = [IO.Path]::GetRelativePath("$Root/native", $file)
            $room = Get-Room $name
            if (-not $room) { "native/${name}: it is in no room; tests/Test-Layering.ps1 lists them"; continue }
            foreach ($text in Get-HostWord $file) {
                "native/${name}: ${text}: the words of PowerShell are the shim's; give the error an advice"
            }
            foreach ($included in Get-Include $file) {
                $first = $included.Split('/')[0]
                $other = Get-Room $included
                $reason = if ($included.Contains('../')) { 'leaves its folder; write "room/file.h"' }
                elseif ($other -and $rooms.IndexOf($other) -lt $rooms.IndexOf($room)) { "$room may not know $other" }
                elseif ($first -eq 'wsman' -and $folder -ne 'abi') { 'only abi may include the public header' }
                elseif ($homes.Contains($first) -and $name -notmatch $homes[$first]) { "$first has its home elsewhere" }
                if ($reason) { "native/${name}: `"$included`": $reason" }
            }
        }
    }
    foreach ($header in Get-ChildItem "$Root/native/include" -Recurse -File) {
        Get-Include $header | Where-Object { $_ -notmatch '^std[a-z]+\.h$' } |
            ForEach-Object { "${header}: <$_> is not of the C standard library" }
    }
    foreach ($room in $shim | Where-Object { $_ -notin $sources.ForEach{ $_.Room } }) { "module/${room}: no files, so nothing was checked" }
    foreach ($source in $sources) {
        $name, $room = $source.Name, $source.Room
        if ($room -notin $shim) { "module/${name}: $room is no room of the shim"; continue }
        # A name after a dot is a member, whatever type has the same name.
        $names = [regex]::Matches($source.Code, '(?<![\w.])[A-Z]\w*').ForEach{ $_.Value }
        foreach ($type in $names | Sort-Object -Unique -CaseSensitive) {
            $used = $homeOf[$type]
            if ($null -eq $used -or $used -eq $room -or $used -notin $shim) { continue }
            $reason = if ($shim.IndexOf($used) -lt $shim.IndexOf($room)) { "$($room ? $room : 'the root') may not know $used" }
            elseif ($used -eq 'Interop' -and $room -ne 'Client') { 'only Client may know Interop' }
            if ($reason) { "module/${name}: ${type}: $reason" }
        }
        if ($room -match $withoutEngine -and $source.Code -match 'System\.Management\.Automation') {
            "module/${name}: System.Management.Automation: $room may not know the engine"
        }
        if ($room -ne 'Interop' -and $source.Code -match 'System\.Runtime\.InteropServices') {
            "module/${name}: System.Runtime.InteropServices: only Interop marshals"
        }
    }
)
if ($breaches) {
    'The layering is broken:'
    $breaches | ForEach-Object { "  $_" }
    exit 1
}
exit 0
