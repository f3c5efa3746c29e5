BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $nobody = 'Your client settings let no computer be given your password: ' +
        'AllowFreshCredentials has no entry of wsman.'
}

Describe 'Get-WSManCredSSP' {
    BeforeEach { Set-ClientSetting }

    It 'writes two sentences: of the client, and of the service that is not there' {
        $said = Get-WSManCredSSP
        $said | Should -HaveCount 2
        $said | Should -BeOfType string
        $said[0] | Should -Be $nobody
        $said[1] | Should -Be ('This computer has no WinRM service whose CredSSP could be configured; ' +
            'of a connected computer, WSMan:\server01\Service\Auth\CredSSP shows it.')
    }

    It 'lists the computers with the list separator of the culture' {
        $null = Enable-WSManCredSSP Client a, *.b -Force
        $culture = [cultureinfo]::CurrentCulture
        try {
            $piped = [cultureinfo]::InvariantCulture.Clone()
            $piped.TextInfo.ListSeparator = ' | '
            [cultureinfo]::CurrentCulture = $piped
            $said = Get-WSManCredSSP
        } finally {
            [cultureinfo]::CurrentCulture = $culture
        }
        $said | Should -HaveCount 2
        $said[0] | Should -BeLike 'Your client settings let your password be given*CredSSP: wsman/a | wsman/`*.b'
        $said[1] | Should -BeLike 'This computer has no WinRM service*shows it.'
    }

    It 'says that CredSSP is turned off, and for whom it would be on' {
        $null = Enable-WSManCredSSP Client a, *.b -Force
        Set-Item WSMan:\localhost\Client\Auth\CredSSP $false
        (Get-WSManCredSSP)[0] |
            Should -BeLike 'CredSSP is turned off in your client settings (Auth\CredSSP)*computers: wsman/a*wsman/`*.b'
    }

    It 'names nobody after Disable-WSManCredSSP' {
        $null = Enable-WSManCredSSP Client a, *.b -Force
        Disable-WSManCredSSP Client
        (Get-WSManCredSSP)[0] | Should -Be $nobody
    }

    It 'leaves out the entries of other services' {
        Set-Item WSMan:\localhost\Client\AllowFreshCredentials 'TERMSRV/x' -Force
        (Get-WSManCredSSP)[0] | Should -Be $nobody
    }

    It 'names a settings file that is broken, and leaves it alone' {
        $file = "$env:XDG_CONFIG_HOME/wsman/client.json"
        Set-Content $file '{ "AllowFreshCredentials": "server01" }'
        $failure = Get-Refusal { Get-WSManCredSSP }
        Assert-WSManError $failure GetWSManCredSSP $null @(
            "The client settings file ""$file"" is broken", 'write wsman/server01')
    }
}
