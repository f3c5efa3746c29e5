BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    # The sentences of Windows, which scripts compare.
    $nobody = 'The machine is not configured to allow delegating fresh credentials.'
    $somebody = 'The machine is configured to allow delegating fresh credentials to the following target(s):'
    $taken = 'This computer is configured to receive credentials from a remote client computer.'
    $refused = 'This computer is not configured to receive credentials from a remote client computer.'
}

Describe 'Get-WSManCredSSP' {
    BeforeEach { Set-ClientSetting }

    It 'writes two sentences: of the client, and of the service that is not there' {
        $said = Get-WSManCredSSP
        $said | Should -HaveCount 2
        $said | Should -BeOfType string
        $said[0] | Should -BeExactly $nobody
        $said[1] | Should -BeExactly $refused
    }

    It 'says with -Verbose that there is no service here, and how to ask another computer' {
        $said = Get-WSManCredSSP -Verbose 4>&1
        $said[0] | Should -BeExactly $nobody
        $said[1].Message | Should -BeLike '*no WinRM service*WSMan:\server01\Service\Auth\CredSSP*'
        $said[2] | Should -BeExactly $refused
        $said | Should -HaveCount 3
    }

    # As scripts for Windows ask, with nobody in the list, with two computers, and with the two turned off again.
    It 'is <answers> for: <script>' -ForEach @(
        @{ script = { (Get-WSManCredSSP)[0].Contains('The machine is configured to') }
            answers = $false, $true, $false }
        @{ script = {
                (Get-WSManCredSSP)[0].Contains('The machine is not configured to allow delegating fresh credentials') }
            answers = $true, $false, $true }
        @{ script = { (Get-WSManCredSSP)[0] -match 'The machine is configured to allow delegating fresh credentials' }
            answers = $false, $true, $false }
        @{ script = { (Get-WSManCredSSP)[0] -match 'target\(s\):wsman/\*\.b,wsman/a$' }
            answers = $false, $true, $false }
        @{ script = { (Get-WSManCredSSP)[0] -eq 'The machine is not configured to allow delegating fresh credentials.' }
            answers = $true, $false, $false }
        @{ script = { (Get-WSManCredSSP | Out-String) -like '*is not configured to allow delegating*' }
            answers = $true, $false, $true }
        @{ script = { (Get-WSManCredSSP)[1] -match 'This computer is not configured to receive credentials' }
            answers = $true, $true, $true }
        @{ script = { ((Get-WSManCredSSP) -like '*This computer is not configured*').Count -eq 1 }
            answers = $true, $true, $true }
        @{ script = { (Get-WSManCredSSP)[1] -eq
                'This computer is not configured to receive credentials from a remote client computer.' }
            answers = $true, $true, $true }
    ) {
        $seen = @(& $script)
        $null = Enable-WSManCredSSP Client a, *.b -Force
        $seen += & $script
        Set-Item WSMan:\localhost\Client\Auth\CredSSP $false
        $seen += & $script
        $seen | Should -Be $answers
    }

    It 'lists the computers with the list separator of the culture, the last one first, as Windows does' {
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
        $said[0] | Should -BeExactly "${somebody}wsman/*.b | wsman/a"
        $said[1] | Should -BeExactly $refused
    }

    It 'says that nobody is given the password where CredSSP is turned off, and for whom it would be on' {
        $null = Enable-WSManCredSSP Client a, *.b -Force
        Set-Item WSMan:\localhost\Client\Auth\CredSSP $false
        (Get-WSManCredSSP)[0] | Should -BeExactly ("$nobody CredSSP is turned off in your client settings " +
            '(Auth\CredSSP); when it is turned on, your password may be given to these computers: wsman/*.b,wsman/a')
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
        $failure = Get-ErrorWithoutChange { Get-WSManCredSSP }
        Assert-WSManError $failure GetWSManCredSSP $null @(
            "The client settings file ""$file"" is broken", 'write wsman/server01')
    }

    Context 'with a session under the name localhost' {
        BeforeAll {
            $computer = Start-Computer 127.0.0.1
            $login = $computer.Login
            $connection = @{
                ConnectionURI = "https://localhost:$($computer.Https)/wsman"; Authentication = 'Basic'
                Credential = $computer.Credential
            }
        }
        BeforeEach { Connect-WSMan @connection }
        AfterEach { Disconnect-EveryComputer }
        AfterAll { Stop-Computer $computer }

        It 'writes what the service says, for one request' {
            $before = (Get-Count $computer).requests
            Get-WSManCredSSP | Should -BeExactly $nobody, $refused
            (Get-Count $computer).requests - $before | Should -Be 1
            Set-Item WSMan:\localhost\Service\Auth\CredSSP $true
            Get-WSManCredSSP | Should -BeExactly $nobody, $taken
            (Get-WSManCredSSP)[1] -match 'This computer is configured to receive credentials' | Should -BeTrue
            Set-Item WSMan:\localhost\Service\Auth\CredSSP $false
        }

        It 'writes the client settings of the user, and not those of the service' {
            $null = Enable-WSManCredSSP Client server01 -Force
            Get-WSManCredSSP | Should -BeExactly "${somebody}wsman/server01", $refused
        }

        It 'writes the request with -Verbose, and the envelopes with -Debug' {
            $lines = @(Get-WSManCredSSP -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] })
            $lines | Should -HaveCount 1
            $lines[0].Message | Should -BeLike '*config/service/auth*'
            $envelopes = @(Get-WSManCredSSP -Debug 5>&1 | Where-Object { $_ -is [Management.Automation.DebugRecord] })
            "$envelopes" | Should -BeLike '*cfg:CredSSP*'
        }

        It 'says as before that nobody receives anything once it is disconnected' {
            Set-Item WSMan:\localhost\Service\Auth\CredSSP $true
            (Get-WSManCredSSP)[1] | Should -BeExactly $taken
            Set-Item WSMan:\localhost\Service\Auth\CredSSP $false
            Disconnect-WSMan
            (Get-WSManCredSSP)[1] | Should -BeExactly $refused
        }

        # As on Windows, the client comes first.
        It 'writes the first sentence and then the error, if the service <does>' -ForEach @(
            @{ does = 'denies access'; how = 'config/get/fault-5'; text = '0x00000005' }
            @{ does = 'has no configuration'; how = 'flavour/omi'; text = 'no WinRM configuration', 'localhost' }
            @{ does = 'hangs up'; how = 'config/get/close'; text = 'localhost' }
        ) {
            Connect-WSMan @login -ApplicationName "$how/wsman"
            $written = [Collections.Generic.List[object]]::new()
            $failure = Get-OneError { Get-WSManCredSSP | ForEach-Object { $written.Add($_) } }
            Assert-WSManError $failure GetWSManCredSSP $null $text
            $written | Should -BeExactly $nobody
        }
    }
}
