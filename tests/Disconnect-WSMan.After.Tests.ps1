# A name that goes on to be used after its session has ended: the commands make connections of their own then, with the
# default authentication, and what fails there is not what the user has to know first.
BeforeDiscovery {
    $commands = @(
        @{ command = 'Get-WSManInstance winrm/config' }
        @{ command = 'Get-WSManInstance winrm/config -Enumerate' }
        @{ command = 'Set-WSManInstance winrm/config -ValueSet @{ MaxTimeoutms = 1 }' }
        @{ command = "New-WSManInstance winrm/config/Listener @{ Address = '*'; Transport = 'HTTPS' }" }
        @{ command = "Remove-WSManInstance winrm/config/Listener @{ Address = '*'; Transport = 'HTTPS' }" }
        @{ command = "Invoke-WSManAction wmicimv2/Win32_Service StopService @{ Name = 'winrm' }" })
}
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    # Sessions belong to the process: nothing else in it may ever have been connected to the other.
    $one, $other = '127.20.50.1', '127.20.50.99'
    $computer = Start-Computer $one, $other, 127.0.0.1
    $login = $computer.Login
    $lost = "$one is not connected any more."

    # The errors here come before any request: with an IP address the default authentication needs a credential.
    function Get-Failure([string] $Command) { Get-OneError { Invoke-Expression $Command } }
}
AfterAll { Stop-Computer $computer }

Describe 'A name whose session has ended' {
    BeforeEach {
        Connect-WSMan $one @login
        Disconnect-WSMan $one
    }
    AfterEach { Disconnect-EveryComputer }

    It 'is said to be not connected first, with what to do, and the reason behind it: <command>' -ForEach $commands {
        $failure = Get-Failure "$command -ComputerName $one"

        "$failure" | Should -BeLike "$lost*needs a credential*"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike "*Connect-WSMan $one,*-Credential*"
        $failure.Exception.Message | Should -BeLike "$lost*needs a credential*Connect-WSMan $one,*"
        $failure.Exception.Code | Should -Be Authentication
        $failure.Exception.WSManCodeName | Should -Not -BeNullOrEmpty
        $failure.FullyQualifiedErrorId |
            Should -Be "WsManError,Microsoft.WSMan.Management.$(($command -split ' ')[0] -replace '-')Command"
    }

    It 'is known in any letter case, and after <end>' -ForEach @(
        @{ end = 'Remove-Item'; how = { Remove-Item WSMan:\localhost } }
        @{ end = 'Disconnect-WSMan'; how = { Disconnect-WSMan LOCALHOST } }
    ) {
        Connect-WSMan localhost @login
        . $how
        "$(Get-Failure 'Get-WSManInstance winrm/config -ComputerName LocalHost')" |
            Should -BeLike 'localhost is not connected any more.*'
    }

    It 'is used again once it is connected again' {
        Connect-WSMan $one @login
        (Get-WSManInstance winrm/config/client -ComputerName $one).NetworkDelayms | Should -Be 5000
    }

    It 'is not spoken of where <what>' -ForEach @(
        @{ what = 'another name fails'; command = 'Get-WSManInstance winrm/config -ComputerName 127.20.50.99' }
        @{
            what = 'the connection is described'
            command = 'Get-WSManInstance winrm/config -ComputerName 127.20.50.1 -Port 1 -Authentication None'
        }
        @{ what = 'the service answers with a fault'; command = 'Get-WSManInstance nosuch/thing -ComputerName 127.20.50.1 @login' }
        @{ what = 'the request cannot be made'; command = 'Get-WSManInstance winrm/config @{ A = 1, 2 } -ComputerName 127.20.50.1' }
    ) {
        "$(Get-Failure $command)" | Should -Not -BeLike '*any more*'
    }
}
