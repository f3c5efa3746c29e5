BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.5.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $at = @{ ComputerName = $one } + $login
    $environment = 'wmicimv2/Win32_Environment'
    $service = 'wmicimv2/Win32_Service'
}
AfterAll { Stop-Computer $computer }

Describe 'Set-WSManInstance' {
    AfterEach { Disconnect-EveryComputer }

    Context 'of an instance that is there' {
        BeforeEach {
            $which = @{ Name = 'here'; UserName = 'somebody' }
            $values = [ordered]@{ Name = 'here'; UserName = 'somebody'; VariableValue = 'before'; Status = 'OK' }
            $null = New-WSManInstance $environment $which -ValueSet $values @at
        }
        AfterEach {
            Remove-WSManInstance $environment $which @at
            Assert-Disconnected $computer $one
        }

        It 'changes the values that are given, leaves the rest, and writes what the server answers' {
            $answer = Set-WSManInstance $environment $which -ValueSet @{ VariableValue = 'after' } @at
            $answer | Should -BeOfType Xml.XmlElement
            $answer.LocalName | Should -Be 'Win32_Environment'
            $answer.ParentNode | Should -BeOfType Xml.XmlDocument
            $now = Get-WSManInstance $environment -SelectorSet $which @at
            $now.VariableValue | Should -Be 'after'
            $now.Status | Should -Be 'OK'
        }

        It 'writes null as nil' {
            $null = Set-WSManInstance $environment $which -ValueSet @{ VariableValue = $null } @at
            (Get-WSManInstance $environment -SelectorSet $which @at).VariableValue.nil | Should -Be 'true'
        }

        It 'changes a fragment, and writes it as a string' {
            $values = @{ VariableValue = 'after' }
            $answer = Set-WSManInstance $environment $which -Fragment VariableValue -ValueSet $values @at
            $answer | Should -BeOfType string
            $answer | Should -BeExactly 'VariableValue = after'
            (Get-WSManInstance $environment -SelectorSet $which @at).VariableValue | Should -Be 'after'
        }
    }

    It 'only says what it would change with -WhatIf' {
        $values = "@{ StartMode = 'Disabled' }"
        Get-WhatIfText $computer "Set-WSManInstance $service @{ Name = 'winrm' } -ValueSet $values -ComputerName $one" |
            Should -Be ('What if: Performing the operation "Set-WSManInstance" on target ' +
                "`"${service}?Name=winrm on $one`".")
        (Get-WSManInstance "${service}?Name=winrm" @at).StartMode | Should -Be 'Auto'
    }

    Context 'with a session to the computer' {
        BeforeEach {
            Connect-WSMan $one @login
            $before = Get-Count $computer
        }

        It 'asks over the session' {
            $null = Set-WSManInstance $service @{ Name = 'winrm' } -ValueSet @{ StartMode = 'Auto' } -ComputerName $one
            (Get-Count $computer).accepted | Should -Be $before.accepted
            Assert-Connected $computer $one
        }

        It 'makes one connection of its own if it is told how' {
            $null = Set-WSManInstance $service @{ Name = 'winrm' } -ValueSet @{ StartMode = 'Auto' } @at
            (Get-Count $computer).accepted | Should -Be ($before.accepted + 1)
            Assert-Connected $computer $one
        }
    }

    Context 'with something that cannot be set' {
        It 'names the resource of an instance that is not there' {
            $failure = Get-ErrorLeavingNothing $computer {
                Set-WSManInstance wmicimv2/Win32_Process @{ Handle = '1' } -ValueSet @{ a = 1 } @at
            }
            Assert-WSManError $failure SetWSManInstance wmicimv2/Win32_Process '0x80338000', $one
        }

        It 'names the value <name>, which <what>' -ForEach @(
            @{ name = 'NoSuchProperty'; what = 'the instance does not have'; text = "There is no 'NoSuchProperty'" }
            @{ name = 'startmode'; what = 'it has in other letters'; text = "There is no 'startmode'" }
            @{ name = 'Recovery'; what = 'is an object there'; text = "'Recovery'", 'elements inside' }
            @{ name = 'Triggers'; what = 'is an array there'; text = "3 elements 'Triggers'" }
        ) {
            $failure = Get-ErrorLeavingNothing $computer {
                Set-WSManInstance $service @{ Name = 'winrm' } -ValueSet @{ $name = 'x' } @at
            }
            Assert-WSManError $failure SetWSManInstance $service $text
        }

        It 'names a selector that has no form in XML' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Set-WSManInstance $service @{ Name = @{ a = 1 } } @at }
            Assert-WSManError $failure SetWSManInstance $service 'Name', 'Hashtable'
        }

        It 'does not bind an empty value set' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Set-WSManInstance $service @{ Name = 'x' } -ValueSet @{} @at }
            $id = 'ParameterArgumentValidationError,Microsoft.WSMan.Management.SetWSManInstanceCommand'
            Assert-Error $failure $id InvalidData $null "'ValueSet'"
        }

        It 'names a connection URI that is none as the target' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Set-WSManInstance winrm/config -ConnectionURI server01/wsman -ValueSet @{ a = 'b' }
            }
            Assert-WSManError $failure SetWSManInstance server01/wsman 'connection URI'
        }

        It 'names a file that is not there' {
            $file = "$(New-Folder)/nothing.xml"
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Set-WSManInstance $service @{ Name = 'winrm' } -FilePath $file @at
            }
            $id = 'System.IO.FileNotFoundException,Microsoft.WSMan.Management.SetWSManInstanceCommand'
            Assert-Error $failure $id NotSpecified $null $file
        }
    }
}
