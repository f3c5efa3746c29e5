@{
    GUID = 'f1d4a1d6-6d5a-4d57-8a3e-5c3f4a1f7b60'
    Author = 'The Portable.WSMan.Management contributors'
    Description = 'The output, selection and formatting cmdlets of the test console, under their usual names.'
    ModuleVersion = '7.0.0.0'
    CompatiblePSEditions = @('Core')
    PowerShellVersion = '7.4'
    NestedModules = @('wsman-console-utility.dll')
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
    CmdletsToExport = @(
        'Format-List', 'Format-Table', 'Out-String', 'Select-Object', 'Start-Sleep', 'Write-Host', 'Write-Output',
        'Write-Verbose', 'Write-Warning'
    )
}
