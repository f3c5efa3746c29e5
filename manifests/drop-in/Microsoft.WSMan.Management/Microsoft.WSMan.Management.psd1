@{
    # That of the module in Windows, for scripts that ask for one. The GUID is not.
    ModuleVersion          = '7.0.0.0'
    GUID                   = '02ac9f9e-c788-42bb-be1f-31bd2926eee6'
    Author                 = 'The Portable.WSMan.Management contributors'
    CompanyName            = 'The Portable.WSMan.Management contributors'
    Copyright              = '(c) The Portable.WSMan.Management contributors. MIT licence.'
    Description            = 'Portable.WSMan.Management under the name that scripts written for Windows ask for.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')

    # The files of the module two folders above, by their paths: nested by its name, it would lose its help and -Prefix.
    NestedModules          = @('../../guard.psm1', '../../Microsoft.WSMan.Management.dll')
    FormatsToProcess       = @('../../WSMan.format.ps1xml')

    FunctionsToExport      = @()
    # The build puts the cmdlets of the module's own manifest here.
    CmdletsToExport        = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
}
