# What the tests read in a native library: that of a build, or one that is published.

# What readelf tells of a library, one line after another.
function Read-Library([string] $Library) { (readelf --wide @args $Library) -join "`n" }

# The functions that others call and that have no mark at their beginning, by which the processor checks the targets of
# jumps. Throws if there are none to look at.
function Get-UnmarkedFunction([string] $Library, [string] $Processor) {
    # endbr64; paciasp and bti c.
    $mark = @{ x64 = '^F30F1EFA'; arm64 = '^(3F2303D5|5F2403D5)' }[$Processor]
    $code = [IO.File]::ReadAllBytes($Library)
    $section = [regex]::Match((Read-Library $Library --section-headers), '(?m)\s\.text\s+PROGBITS\s+([0-9a-f]+)\s+([0-9a-f]+)')
    $distance = [Convert]::ToInt64($section.Groups[1].Value, 16) - [Convert]::ToInt64($section.Groups[2].Value, 16)
    $functions = [regex]::Matches((Read-Library $Library --dyn-syms), '(?m)([0-9a-f]{16})\s+\d+ FUNC\s+GLOBAL\s.*\s(wsman_\w+)')
    if ($functions.Count -le 10) { throw "$Library has $($functions.Count) functions that others call." }
    foreach ($function in $functions) {
        $at = [Convert]::ToInt64($function.Groups[1].Value, 16) - $distance
        if ([Convert]::ToHexString($code, $at, 4) -notmatch $mark) { $function.Groups[2].Value }
    }
}
