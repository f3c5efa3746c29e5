@{
    GUID                 = 'b3a1f0c8-58a0-4c0e-9d8e-6a1d8f4f6f27'
    Author               = 'The Portable.WSMan.Management contributors'
    Description          = 'A binary module with nothing in it, to compare an import with.'
    ModuleVersion        = '0.1.0'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    RootModule           = 'wsman-bench-empty.dll'
    FunctionsToExport    = @()
    CmdletsToExport      = @('Get-Nothing')
    VariablesToExport    = @()
    AliasesToExport      = @()
}
