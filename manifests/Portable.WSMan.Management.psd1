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

    # The build puts the files of the module here.
    FileList               = @()

    PrivateData            = @{
        PSData = @{
            # After the words: what repositories find a command by.
            Tags         = @(
                'WSMan', 'WS-Management', 'WinRM', 'Linux', 'PSEdition_Core', 'PSIncludes_Cmdlet',
                'PSCmdlet_Connect-WSMan', 'PSCommand_Connect-WSMan',
                'PSCmdlet_Disable-WSManCredSSP', 'PSCommand_Disable-WSManCredSSP',
                'PSCmdlet_Disconnect-WSMan', 'PSCommand_Disconnect-WSMan',
                'PSCmdlet_Enable-WSManCredSSP', 'PSCommand_Enable-WSManCredSSP',
                'PSCmdlet_Get-WSManCredSSP', 'PSCommand_Get-WSManCredSSP',
                'PSCmdlet_Get-WSManInstance', 'PSCommand_Get-WSManInstance',
                'PSCmdlet_Get-WSManSession', 'PSCommand_Get-WSManSession',
                'PSCmdlet_Invoke-WSManAction', 'PSCommand_Invoke-WSManAction',
                'PSCmdlet_New-WSManInstance', 'PSCommand_New-WSManInstance',
                'PSCmdlet_New-WSManSessionOption', 'PSCommand_New-WSManSessionOption',
                'PSCmdlet_Remove-WSManInstance', 'PSCommand_Remove-WSManInstance',
                'PSCmdlet_Remove-WSManSession', 'PSCommand_Remove-WSManSession',
                'PSCmdlet_Set-WSManInstance', 'PSCommand_Set-WSManInstance',
                'PSCmdlet_Set-WSManQuickConfig', 'PSCommand_Set-WSManQuickConfig',
                'PSCmdlet_Test-WSMan', 'PSCommand_Test-WSMan')
            # The package has a ProjectUri and an IconUri, too, if whoever makes it gives their addresses.
            LicenseUri   = 'https://spdx.org/licenses/MIT.html'
            ReleaseNotes = 'The first version. CHANGELOG.md of the project says what it does.'
        }
    }
}
