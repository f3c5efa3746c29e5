# What came of a command line, as lines of text that are the same for the original and for this module if a script
# sees no difference.

# PowerShell's own methods, which the original has, turn some separators around here.
function Format-Path([string] $Path) { $Path.Replace('/', '\') }

# The original's names have a number that every process makes anew.
function Format-Name([string] $Text) {
    $Text -replace '\b(Listener|ListeningOn|ClientCertificate|Resource|Security)_\d+', '$1_#'
}

function Format-Value($Value) {
    if ($null -eq $Value) { return '$null' }
    if ($Value -is [securestring]) { return 'a SecureString' }
    if ($Value -is [Net.NetworkCredential]) { return "$($Value.Domain)\$($Value.UserName):$($Value.Password)" }
    "$(@($Value) -join ',') ($($Value.GetType()))"
}

function Format-Output($Output) {
    if ($Output -is [Management.Automation.WarningRecord]) { return 'a warning' }
    if ($Output -is [Management.Automation.ErrorRecord]) {
        $about = $Output.CategoryInfo
        return "error $($Output.FullyQualifiedErrorId) $($about.Category) on '$(Format-Path $Output.TargetObject)'"
    }
    if ($null -eq $Output -or "$($Output.GetType())" -notlike 'Microsoft.WSMan.*') { return Format-Path $Output }
    $names = 'Name', 'Type', 'TypeNameOfElement', 'Value', 'SourceOfValue', 'PSIsContainer'
    if ($Output -is [Microsoft.WSMan.Management.SessionOption]) {
        $names = $Output.psobject.Properties.Name | Sort-Object
    }
    $shown = foreach ($name in $names) {
        if ($Output.psobject.Properties[$name]) { "$name = $(Format-Value $Output.$name)" }
    }
    $keys = if ($Output.psobject.Properties['Keys']) { "Keys = $(@($Output.Keys | Sort-Object) -join ',')" }
    $paths = foreach ($name in 'PSPath', 'PSParentPath', 'PSChildName') { "$name = $(Format-Path $Output.$name)" }
    @($Output.pstypenames[0]; $shown; $keys; $paths) -join '; '
}

# Runs a line of script, in which $at is the path of the computer, and says what it wrote, in order.
function Get-Outcome([string] $Line, [string] $At) {
    $ErrorActionPreference = 'Continue'
    $before = Get-Location
    $said = try {
        . ([scriptblock]::Create($Line)) 2>&1 3>&1 | ForEach-Object { Format-Output $_ }
    } catch {
        "ends with $(Format-Output $_)"
    } finally {
        Set-Location $before
    }
    @($said | ForEach-Object { Format-Name $_ })
}

Export-ModuleMember -Function Get-Outcome
