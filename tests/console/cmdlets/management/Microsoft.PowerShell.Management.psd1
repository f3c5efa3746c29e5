@{
    GUID = '5f0f3b52-1f0e-4b5c-9d0c-0a52a0a6b2f1'
    Author = 'The Portable.WSMan.Management contributors'
    Description = 'The item, path, location and drive cmdlets of the test console, under their usual names.'
    ModuleVersion = '7.0.0.0'
    CompatiblePSEditions = @('Core')
    PowerShellVersion = '7.4'
    NestedModules = @('wsman-console-management.dll')
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
    CmdletsToExport = @(
        'Clear-Item', 'Get-ChildItem', 'Get-Item', 'Get-Location', 'Get-PSDrive', 'Get-PSProvider', 'Join-Path',
        'New-Item', 'New-PSDrive', 'Pop-Location', 'Push-Location', 'Remove-Item', 'Remove-PSDrive', 'Resolve-Path',
        'Set-Item', 'Set-Location', 'Split-Path', 'Test-Path'
    )
}
