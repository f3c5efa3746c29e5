BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.7.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $at = @{ ComputerName = $one } + $login
    $environment = 'wmicimv2/Win32_Environment'
}
AfterAll { Stop-Computer $computer }

Describe 'Remove-WSManInstance' {
    AfterEach { Disconnect-EveryComputer }

    Context 'of instances that are there' {
        BeforeEach {
            $first, $second = @{ Name = 'first'; UserName = 'u' }, @{ Name = 'second'; UserName = 'u' }
            $first, $second | ForEach-Object { $null = New-WSManInstance $environment $_ -ValueSet $_ @at }
        }

        It 'removes the instance, writes nothing, and closes its connection' {
            Remove-WSManInstance $environment $first @at | Should -BeNullOrEmpty
            (Get-WSManInstance $environment -Enumerate @at).Name | Should -Be 'PATH', 'second'
            Assert-Disconnected $computer $one
            Remove-WSManInstance $environment $second @at
        }

        It 'takes selectors from the pipeline' {
            $first, $second | Remove-WSManInstance $environment @at
            (Get-WSManInstance $environment -Enumerate @at).Name | Should -Be 'PATH'
        }

        It 'asks over the session to the computer if there is one' {
            Connect-WSMan $one @login
            $before = Get-Count $computer
            $first, $second | Remove-WSManInstance $environment -ComputerName $one
            (Get-Count $computer).accepted | Should -Be $before.accepted
            (Get-WSManInstance $environment -Enumerate -ComputerName $one).Name | Should -Be 'PATH'
            Assert-Connected $computer $one
        }
    }

    It 'only says what it would remove with -WhatIf' {
        $which = "([ordered]@{ Name = 'PATH'; UserName = '<SYSTEM>' })"
        Get-WhatIfText $computer "Remove-WSManInstance $environment $which -ComputerName $one" |
            Should -Be ('What if: Performing the operation "Remove-WSManInstance" on target ' +
                "`"${environment}?Name=PATH+UserName=<SYSTEM> on $one`".")
        (Get-WSManInstance $environment -Enumerate @at).Name | Should -Be 'PATH'
    }

    It 'shows no selector with the name of a secret' {
        Get-WhatIfText $computer "Remove-WSManInstance $environment @{ Password = 'hidden' } -ComputerName $one" |
            Should -Be ('What if: Performing the operation "Remove-WSManInstance" on target ' +
                "`"${environment}?Password=***** on $one`".")
    }

    Context 'with something that cannot be removed' {
        It 'names the computer that refuses as the target' {
            $failure = Get-ErrorLeavingNothing $computer { Remove-WSManInstance wmicimv2/Win32_Process @{ Handle = '1' } @at }
            Assert-WSManError $failure RemoveWSManInstance $one '0x80338000', 'Win32_Process'
        }

        It 'does not bind an empty set of selectors' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Remove-WSManInstance $environment @{} @at }
            $id = 'ParameterArgumentValidationError,Microsoft.WSMan.Management.RemoveWSManInstanceCommand'
            Assert-Error $failure $id InvalidData $null "'SelectorSet'"
        }

        It 'names a connection URI that is none as the target' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Remove-WSManInstance winrm/config @{ a = 'b' } -ConnectionURI server01/wsman
            }
            Assert-WSManError $failure RemoveWSManInstance server01/wsman 'connection URI'
        }
    }
}
