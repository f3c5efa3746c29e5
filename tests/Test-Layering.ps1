<#
.SYNOPSIS
Checks who includes whom.

.DESCRIPTION
- A native file includes its own room and rooms to the right of it, as "room/file.h".
- A library enters through one room, so that its types and exceptions end there.
- The public header is C and stands alone; only abi/ includes it.
- Commands/ and Provider/ of the shim reach the native library through WSManClient.

Prints the breaches; the exit code is 1 if there are any.
#>
param([string] $Root = (Split-Path $PSScriptRoot))
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$rooms = 'abi', 'session', 'protocol', 'transport', 'base'
# Library headers by their beginning, each with the files that may include it.
$homes = [ordered]@{
    libxml = '^protocol/'; nlohmann = '^abi/'; cpprest = '^transport/'; pplx = '^transport/'; boost = '^transport/'
    openssl = '^(transport/|base/secret\.)'
}

function Get-Include([IO.FileInfo] $file) {
    (Select-String -LiteralPath $file -Pattern '^\s*#\s*include\s*[<"]([^>"]*)').ForEach{ $_.Matches[0].Groups[1].Value }
}

$breaches = @(
    foreach ($room in $rooms) {
        $files = @(Get-ChildItem "$Root/native/$room" -Recurse -Include *.h, *.c, *.cpp -ErrorAction Ignore)
        if (-not $files) { "native/${room}: no files, so nothing was checked" }
        foreach ($file in $files) {
            $name = [IO.Path]::GetRelativePath("$Root/native", $file)
            foreach ($included in Get-Include $file) {
                $first = $included.Split('/')[0]
                $reason = if ($included.Contains('../')) { 'leaves its folder; write "room/file.h"' }
                elseif ($first -in $rooms -and $rooms.IndexOf($first) -lt $rooms.IndexOf($room)) { "$room may not know $first" }
                elseif ($first -eq 'wsman' -and $room -ne 'abi') { 'only abi may include the public header' }
                elseif ($homes.Contains($first) -and $name -notmatch $homes[$first]) { "$first has its home elsewhere" }
                if ($reason) { "native/${name}: `"$included`": $reason" }
            }
        }
    }
    foreach ($header in Get-ChildItem "$Root/native/include" -Recurse -File) {
        Get-Include $header | Where-Object { $_ -notmatch '^std[a-z]+\.h$' } |
            ForEach-Object { "${header}: <$_> is not of the C standard library" }
    }
    $users = @(Get-ChildItem "$Root/module/Commands", "$Root/module/Provider" -Recurse -Filter *.cs -ErrorAction Ignore)
    if (-not $users) { 'module: no files of Commands and Provider, so nothing was checked' }
    $users | Select-String NativeMethods -List |
        ForEach-Object { "$($_.Path): NativeMethods is for Interop; call WSManClient" }
)
if ($breaches) {
    'The layering is broken:'
    $breaches | ForEach-Object { "  $_" }
    exit 1
}
exit 0
