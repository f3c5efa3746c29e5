BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $file = "$env:XDG_CONFIG_HOME/wsman/client.json"
}

Describe 'Disable-WSManCredSSP' {
    BeforeEach { Set-ClientSetting }

    It 'takes the entries of wsman off the list, and changes nothing else' {
        Set-Content $file @'
            {"Other":[1],"Auth":{"CredSSP":true,"Basic":false},"TrustedHosts":"wsman",
             "AllowFreshCredentials":"TERMSRV/x,WSMAN/a,wsmans/b,wsman/*.c,HTTP/wsman"}
'@
        Disable-WSManCredSSP -Role Client *>&1 | Should -BeNullOrEmpty
        $expected = '{"Other":[1],"Auth":{"CredSSP":false,"Basic":false},"TrustedHosts":"wsman",' +
            '"AllowFreshCredentials":"TERMSRV/x,wsmans/b,HTTP/wsman"}'
        Get-Content $file -Raw | ConvertFrom-Json | ConvertTo-Json -Compress | Should -Be $expected
    }

    It 'does nothing the second time, and says nothing' {
        $null = Enable-WSManCredSSP Client a, b -Force
        Disable-WSManCredSSP client *>&1 | Should -BeNullOrEmpty
        $after = Get-Content $file -Raw
        Disable-WSManCredSSP client *>&1 | Should -BeNullOrEmpty
        Get-Content $file -Raw | Should -Be $after
        (Get-Item WSMan:\localhost\Client\AllowFreshCredentials).Value | Should -BeNullOrEmpty
        (Get-Item WSMan:\localhost\Client\Auth\CredSSP).Value | Should -Be 'false'
    }

    It 'says for the role Server that there is no service here, and what to type for another computer' {
        $failure = Get-ErrorWithoutChange { Disable-WSManCredSSP -Role server }
        Assert-WSManError $failure DisableWSManCredSSP $null @(
            'cannot be turned off', 'Set-Item WSMan:\server01\Service\Auth\CredSSP -Value $false')
    }

    It 'has a class that a program fills in' {
        $command = [Microsoft.WSMan.Management.DisableWSManCredSSPCommand]::new()
        $command.Role = 'Server'
        $command.Role | Should -BeExactly Server
    }

    It 'does not bind the role Both' {
        $failure = Get-ErrorWithoutChange { Disable-WSManCredSSP Both }
        Assert-Error $failure `
            'ParameterArgumentValidationError,Microsoft.WSMan.Management.DisableWSManCredSSPCommand' InvalidData $null `
            '"Both" does not belong to the set'
    }

    It 'names a settings file that is broken, and leaves it alone' {
        Set-Content $file '{ "AllowFreshCredentials": "server01" }'
        $failure = Get-ErrorWithoutChange { Disable-WSManCredSSP Client }
        Assert-WSManError $failure DisableWSManCredSSP $null @(
            "The client settings file ""$file"" is broken", 'write wsman/server01')
    }

    It 'changes nothing where the settings file cannot be written' {
        # Not even root writes to a folder as to a file.
        Remove-Item "$file.lock" -ErrorAction Ignore
        $null = New-Item -ItemType Directory "$file.lock"
        try {
            $failure = Get-ErrorWithoutChange { Disable-WSManCredSSP Client }
            Assert-WSManError $failure DisableWSManCredSSP $null @(
                "The client settings file ""$file"" cannot be written", 'Nothing was changed')
        } finally {
            Remove-Item "$file.lock"
        }
    }

    It 'only says with -WhatIf what it would change in the client settings' {
        $null = Enable-WSManCredSSP Client a -Force
        $before = Get-Content $file -Raw
        (Invoke-Pwsh 'Disable-WSManCredSSP Client -WhatIf').Lines | Should -Be (
            'What if: Turn CredSSP off in the client settings, and take every computer off AllowFreshCredentials.')
        Get-Content $file -Raw | Should -Be $before
    }

    Context 'for the role Server, with a session under the name localhost' {
        BeforeAll {
            $computer = Start-Computer 127.0.0.1
            $login = $computer.Login
        }
        BeforeEach {
            Connect-WSMan @login
            $null = Enable-WSManCredSSP -Role Server -Force
        }
        AfterEach { Disconnect-EveryComputer }
        AfterAll { Stop-Computer $computer }

        It 'turns it off at that service, twice, without a word' {
            Disable-WSManCredSSP -Role Server *>&1 | Should -BeNullOrEmpty
            (Get-Item WSMan:\localhost\Service\Auth\CredSSP).Value | Should -Be 'false'
            Disable-WSManCredSSP Server *>&1 | Should -BeNullOrEmpty
            (Get-WSManCredSSP)[1] | Should -BeLike 'This computer is not configured to receive*'
        }

        It 'leaves the client settings alone, and the role Client the service' {
            $null = Enable-WSManCredSSP Client a -Force
            Disable-WSManCredSSP -Role Server
            (Get-WSManCredSSP)[0] | Should -BeLike '*wsman/a'
            $null = Enable-WSManCredSSP -Role Server -Force
            Disable-WSManCredSSP -Role Client
            (Get-WSManCredSSP)[1] | Should -BeLike 'This computer is configured*'
        }

        It 'only says with $WhatIfPreference what it would change, and sends nothing' {
            $before = (Get-Count $computer).requests
            & { $WhatIfPreference = $true; Disable-WSManCredSSP -Role Server }
            (Get-Count $computer).requests | Should -Be $before
        }
    }
}
