BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.31.1'
    # Nobody listens there.
    $nobody = '127.20.31.99'
    $computer = Start-Computer $one
    $login = $computer.Login
    $credential = $login.Credential
}
AfterAll { Stop-Computer $computer }

Describe 'The recommended action of an error' {
    AfterEach { Disconnect-EveryComputer }

    It 'says what to do about <what>' -ForEach @(
        @{
            what = 'a computer that is not there'
            command = { Test-WSMan $nobody -Port 5985 }
            action = 'Check the name and the port, that the WS-Management service listens there, and that no firewall is in between.'
        }
        @{
            what = 'NTLM to a computer that is not trusted'
            command = { Connect-WSMan $one -Port $computer.Http -Authentication Negotiate -Credential $credential }
            action = 'Use -UseSSL, or trust this one: ' +
                "Set-Item WSMan:\localhost\Client\TrustedHosts -Value '127.20.31.1' -Concatenate"
        }
        @{
            what = 'Basic over http'
            command = { Connect-WSMan $one -Port $computer.Http -Authentication Basic -Credential $credential }
            action = 'Use -UseSSL. To allow it all the same: Set-Item WSMan:\localhost\Client\AllowUnencrypted -Value $true'
        }
        @{
            what = 'a name with more behind it'
            command = { Test-WSMan "${one}:5986" }
            action = 'Give the name alone, and what is more with -Port, -ApplicationName and -UseSSL.'
        }
        @{
            what = 'a resource that the computer does not have'
            command = { Get-WSManInstance wmicimv2/Win32_Nothing -ComputerName $one @login }
            action = 'Check the resource URI*'
        }
        @{
            what = 'an option that is for http'
            command = { Connect-WSMan $one @login -SessionOption (New-WSManSessionOption -NoEncryption) }
            action = 'Leave -NoEncryption out.'
        }
    ) {
        $failure = Get-OneError $command
        $failure.ErrorDetails.RecommendedAction | Should -BeLike $action
        # The engine shows the one behind the other.
        $failure.Exception.Message |
            Should -BeExactly "$($failure.ErrorDetails.Message) $($failure.ErrorDetails.RecommendedAction)"
        "$failure" | Should -BeExactly $failure.ErrorDetails.Message
    }

    # The engine makes a record of its own for what ends a command of the drive.
    It 'stands in the message alone where the drive ends a command' {
        $failure = Get-OneError { New-Item WSMan:\ -Name $nobody -Port 5985 -Authentication None }
        $failure.ErrorDetails | Should -BeNullOrEmpty
        "$failure" | Should -BeLike '*Cannot connect*. Check the name and the port*'
    }

    It 'is shown once' {
        $failure = Get-OneError { Test-WSMan $nobody -Port 5985 }
        $shown = $failure | Out-String -Width 1000
        ($shown -split 'Check the name and the port').Count | Should -Be 2
        $shown | Should -BeLike '*Recommendation: Check the name and the port*'
    }

    It 'is empty where nothing is advised' {
        $failure = Get-OneError { Connect-WSMan $one -ConnectionURI "http://$one" }
        $failure.ErrorDetails | Should -BeNullOrEmpty
    }
}
