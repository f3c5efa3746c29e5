# Microsoft's own module beside this one. It is for Windows, but only what needs COM does not run here.
Import-Module "$PSScriptRoot/../Support.psm1"
Import-Module "$PSScriptRoot/Outcome.psm1"

# Its assemblies in one folder. Returns the path of that with the cmdlets.
function Copy-Original {
    $folder = New-Folder original
    $env:WSMAN_TEST_ORIGINAL -split [IO.Path]::PathSeparator | ForEach-Object { Copy-Item "$_/*.dll" $folder }
    "$folder/Microsoft.WSMan.Management.dll"
}

# Everything that the original and this module say of themselves: for each name of a fact the two values, '-' where
# one of them has no such fact.
function Get-Fact {
    $script = "$PSScriptRoot/Get-Metadata.ps1"
    $running = @(
        Start-Pwsh @('-NonInteractive', '-File', $script, (Copy-Original)) @{ PSModulePath = "$PSHOME/Modules" }
        Start-Pwsh @('-NonInteractive', '-File', $script, $module))
    $original, $ours = $running | ForEach-Object {
        $ended = Wait-Pwsh $_
        if ($ended.ExitCode) { throw "No facts: $($ended.Error)" }
        , ($ended.Output | ConvertFrom-Json -AsHashtable)
    }
    @($original.Keys; $ours.Keys) | Sort-Object -Unique -CaseSensitive | ForEach-Object {
        [pscustomobject]@{ Name = $_; Original = $original[$_] ?? '-'; Ours = $ours[$_] ?? '-' }
    }
}

# The original for use with a session that is no COM object. It releases such objects with Marshal.ReleaseComObject,
# which does nothing here but throw; so the name of that method is overwritten in the file with that of another one
# that takes an object and does no harm.
function Copy-OriginalWithoutCom {
    $path = Copy-Original
    $bytes = [IO.File]::ReadAllBytes($path)
    $latin = [Text.Encoding]::Latin1
    $text = $latin.GetString($bytes)
    $old, $new = "`0ReleaseComObject`0", "`0SizeOf`0".PadRight(18, "`0")
    $at = $text.IndexOf($old, [StringComparison]::Ordinal)
    if ($at -lt 0) { throw 'The original calls no ReleaseComObject.' }
    $latin.GetBytes($new).CopyTo($bytes, $at)
    [IO.File]::WriteAllBytes($path, $bytes)
    $path
}

# Starts the original with a session to the computer of this name, or to one that never answers.
function Start-Original($Computer, [string] $Name = 'server01') {
    $arguments = @('-NonInteractive', '-File', "$PSScriptRoot/Original.ps1", (Copy-OriginalWithoutCom), $Name,
        ($Computer ? $Computer.Https : 1), $userName)
    Start-Pwsh $arguments @{ PSModulePath = "$PSHOME/Modules" }
}

# What comes of a line of script in the original.
function Get-OriginalOutcome($Original, [string] $Line) {
    Send-Line $Original (ConvertTo-Json -InputObject $Line -Compress)
    do {
        $read = $Original.Process.StandardOutput.ReadLineAsync()
        if (-not $read.Wait($waitLimit) -or $null -eq $read.Result) {
            $Original.Process.Kill($true)
            throw "The original did not answer, but wrote: $($Original.Error.Result)"
        }
    } until ($read.Result.StartsWith('='))
    @($read.Result.Substring(1) | ConvertFrom-Json)
}

# An element as text, without what a service does not look at: prefixes, the order of attributes, of what makes a
# listener or a mapping, the .xsd that the original puts behind some namespaces, and the letter case of a boolean in
# the text of an element.
function Format-Element([Xml.XmlElement] $Element, [switch] $Sort) {
    $attributes = $Element.Attributes | Where-Object { $_.Prefix -notin 'xmlns', 'xml' -and $_.Name -ne 'xmlns' } |
        ForEach-Object { "$($_.LocalName)='$($_.Value)'" } | Sort-Object
    $inner = $Element.ChildNodes | Where-Object NodeType -NE Comment |
        ForEach-Object { $_ -is [Xml.XmlElement] ? (Format-Element $_) : (Format-Boolean $_.Value) }
    if ($Sort) { $inner = $inner | Sort-Object }
    $space = $Element.NamespaceURI -replace '\.xsd$' -replace '^http://schemas.microsoft.com/wbem/wsman/1/'
    "<$(@("{$space}$($Element.LocalName)"; $attributes) -join ' ')>$($inner -join '')</>"
}
function Format-Boolean([string] $Text) { $Text -cin 'True', 'False' ? $Text.ToLowerInvariant() : $Text }

# What a computer was asked to change from the request with this number on: operation, resource, selectors, body.
function Get-Change($Computer, [int] $From) {
    $new = (Get-Count $Computer).requests - $From
    if ($new -eq 0) { return }
    foreach ($request in Get-LastRequest $Computer $new) {
        $envelope = [xml] $request.body
        $operation = $envelope.SelectSingleNode('//*[local-name()="Action"]').InnerText -replace '.*/'
        if ($operation -notin 'Put', 'Create', 'Delete') { continue }
        $resource = $envelope.SelectSingleNode('//*[local-name()="ResourceURI"]').InnerText.ToLowerInvariant() -replace
            '^http://schemas.microsoft.com/wbem/wsman/1/'
        $selectors = $envelope.SelectNodes('//*[local-name()="Selector"]') |
            ForEach-Object { "$($_.GetAttribute('Name').ToLowerInvariant())=$($_.InnerText)" } | Sort-Object
        $body = $envelope.SelectSingleNode('//*[local-name()="Body"]/*')
        $text = $body ? (Format-Element $body -Sort:($resource -match 'listener$|certmapping$')) : ''
        "$operation $resource ?$($selectors -join '+') $text"
    }
}

Export-ModuleMember -Function Get-Change, Get-Fact, Start-Original, Get-OriginalOutcome, Get-Outcome
