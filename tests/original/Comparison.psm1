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

# The same for use with a session that is no COM object. Where the original releases one, it calls another method
# of Marshal then, which takes any object too: the name of the method is overwritten.
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

# Starts the original with a session to the computer of this name.
function Start-Original($Computer, [string] $Name) {
    $arguments = @('-NonInteractive', '-File', "$PSScriptRoot/Original.ps1", (Copy-OriginalWithoutCom), $Name,
        $Computer.Https, $Computer.Credential.UserName)
    Start-Pwsh $arguments @{ PSModulePath = "$PSHOME/Modules" }
}

# What comes of a line of script in the original.
function Get-OriginalOutcome($Original, [string] $Line) {
    Send-Line $Original (ConvertTo-Json -InputObject $Line -Compress)
    do {
        $read = $Original.Process.StandardOutput.ReadLineAsync()
        if (-not $read.Wait($patience) -or $null -eq $read.Result) {
            $Original.Process.Kill($true)
            throw "The original did not answer, but wrote: $($Original.Error.Result)"
        }
    } until ($read.Result.StartsWith('='))
    @($read.Result.Substring(1) | ConvertFrom-Json)
}

# An element as text: without prefixes, with its attributes in the order of their names. The configuration does not
# mind the .xsd that the original puts behind some namespaces.
function Format-Element([Xml.XmlElement] $Element) {
    $attributes = $Element.Attributes | Where-Object { $_.Prefix -notin 'xmlns', 'xml' -and $_.Name -ne 'xmlns' } |
        ForEach-Object { "$($_.LocalName)='$($_.Value)'" } | Sort-Object
    $inner = $Element.ChildNodes | Where-Object NodeType -NE Comment |
        ForEach-Object { $_ -is [Xml.XmlElement] ? (Format-Element $_) : $_.Value }
    $name = "{$($Element.NamespaceURI -replace '\.xsd$')}$($Element.LocalName)"
    "<$(@($name; $attributes) -join ' ')>$($inner -join '')</>"
}

# What a computer was asked to change from the request with this number on: operation, resource, selectors, body.
function Get-Change($Computer, [int] $From) {
    $new = (Get-Count $Computer).requests - $From
    if ($new -eq 0) { return }
    foreach ($request in Get-LastRequest $Computer $new) {
        $envelope = [xml] $request.body
        $operation = $envelope.SelectSingleNode('//*[local-name()="Action"]').InnerText -replace '.*/'
        if ($operation -notin 'Put', 'Create', 'Delete') { continue }
        $resource = $envelope.SelectSingleNode('//*[local-name()="ResourceURI"]').InnerText.ToLowerInvariant()
        $selectors = $envelope.SelectNodes('//*[local-name()="Selector"]') |
            ForEach-Object { "$($_.GetAttribute('Name'))=$($_.InnerText)" } | Sort-Object
        $body = $envelope.SelectSingleNode('//*[local-name()="Body"]/*')
        "$operation $resource ?$($selectors -join '+') $($body ? (Format-Element $body) : '')"
    }
}

Export-ModuleMember -Function Get-Change, Get-Fact, Start-Original, Get-OriginalOutcome, Get-Outcome
