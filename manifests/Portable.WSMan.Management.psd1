@{
    ModuleVersion          = '0.1.0'
    GUID                   = '35b98085-a760-4e93-a903-556694bf7eb0'
    Author                 = 'The Portable.WSMan.Management contributors'
    CompanyName            = 'The Portable.WSMan.Management contributors'
    Copyright              = '(c) The Portable.WSMan.Management contributors. MIT licence.'
    Description            = 'WS-Management for PowerShell on Linux and macOS: Connect-WSMan, Disconnect-WSMan, Test-WSMan, Get-, Set-, New- and Remove-WSManInstance, Invoke-WSManAction, New-WSManSessionOption, Enable-, Disable- and Get-WSManCredSSP, Set-WSManQuickConfig, Get- and Remove-WSManSession and the WSMan: drive.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')

    # The guard comes first: on Windows it stops the import before the assembly is touched.
    NestedModules          = @('guard.psm1', 'Microsoft.WSMan.Management.dll')
    FormatsToProcess       = @('WSMan.format.ps1xml')

    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Connect-WSMan', 'Disable-WSManCredSSP', 'Disconnect-WSMan', 'Enable-WSManCredSSP', 'Get-WSManCredSSP',
        'Get-WSManInstance', 'Get-WSManSession', 'Invoke-WSManAction', 'New-WSManInstance', 'New-WSManSessionOption',
        'Remove-WSManInstance', 'Remove-WSManSession', 'Set-WSManInstance', 'Set-WSManQuickConfig', 'Test-WSMan')
    VariablesToExport      = @()
    AliasesToExport        = @()

    PrivateData            = @{
        PSData = @{
            Tags       = @('WSMan', 'WS-Management', 'WinRM', 'Linux', 'macOS', 'PSEdition_Core')
            License    = 'MIT'
        }
    }
}
