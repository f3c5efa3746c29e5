# The sentences that scripts for Windows compare, beside those in Microsoft's own module.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $file = @($env:WSMAN_TEST_ORIGINAL -split [IO.Path]::PathSeparator | ForEach-Object {
            Get-Item "$_/Microsoft.WSMan.Management.dll" -ErrorAction Ignore })[0].FullName
    # The original is not loaded beside the module: both have one name.
    $names = 'NoDelegateFreshCred', 'DelegateFreshCred', 'CredSSPServiceNotConfigured', 'CredSSPServiceConfigured'
    $told = Invoke-Pwsh @"
        `$original = [Reflection.Assembly]::LoadFile('$file')
        `$resources = [Resources.ResourceManager]::new(
            (@(`$original.GetManifestResourceNames()) -match 'WsManResources')[0] -replace '\.resources$', `$original)
        `$culture = [cultureinfo]::InvariantCulture
        '$names' -split ' ' | ForEach-Object { `$resources.GetString(`$_, `$culture) }
"@
    $nobody, $somebody, $refused, $taken = $told.Lines
}

Describe 'A sentence of Get-WSManCredSSP' {
    BeforeAll {
        Set-ClientSetting
        $computer = Start-Computer 127.0.0.1
        $login = $computer.Login
    }
    AfterAll {
        Disconnect-EveryComputer
        Stop-Computer $computer
    }

    It 'is that of Windows where nobody may be given the password, and no service takes one' {
        $told.Lines | Should -HaveCount 4
        Get-WSManCredSSP | Should -BeExactly $nobody, $refused
    }

    It 'is that of Windows where somebody may be given the password, and a service takes one' {
        $null = Enable-WSManCredSSP Client server01 -Force
        Connect-WSMan @login
        $null = Enable-WSManCredSSP Server -Force
        Get-WSManCredSSP | Should -BeExactly "${somebody}wsman/server01", $taken
    }
}
