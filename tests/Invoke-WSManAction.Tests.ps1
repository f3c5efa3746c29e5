BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.8.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $at = @{ ComputerName = $one } + $login
    $service = 'wmicimv2/Win32_Service'
    $process = 'wmicimv2/Win32_Process'
}
AfterAll { Stop-Computer $computer }

Describe 'Invoke-WSManAction' {
    AfterEach { Disconnect-EveryComputer }

    It 'calls a method of an instance, writes the answer, and closes its connection' {
        $answer = Invoke-WSManAction $service StopService @{ Name = 'spooler' } @at
        $answer | Should -BeOfType Xml.XmlElement
        $answer.LocalName | Should -Be 'StopService_OUTPUT'
        $answer.ParentNode | Should -BeOfType Xml.XmlDocument
        $answer.ReturnValue | Should -Be '0'
        (Get-WSManInstance "${service}?Name=spooler" @at).State | Should -Be 'Stopped'
        Assert-Disconnected $computer $one
    }

    It 'calls a static method with values' {
        $answer = Invoke-WSManAction $process Create -ValueSet @{ CommandLine = 'loop.exe -x' } @at
        $answer.ReturnValue | Should -Be '0'
        $answer.ProcessId | Should -Match '^\d+$'
        (Get-WSManInstance "${process}?Handle=$($answer.ProcessId)" @at).CommandLine | Should -Be 'loop.exe -x'
    }

    It 'only says what it would do with -WhatIf' {
        Get-WhatIfText $computer "Invoke-WSManAction $service StopService @{ Name = 'winrm' } -ComputerName $one" |
            Should -Be ('What if: Performing the operation "StopService" on target ' +
                "`"${service}?Name=winrm on $one`".")
        (Get-WSManInstance "${service}?Name=winrm" @at).State | Should -Be 'Running'
    }

    Context 'with a session to the computer' {
        BeforeEach {
            Connect-WSMan $one @login
            $before = Get-Count $computer
        }

        It 'asks over the session' {
            $answer = Invoke-WSManAction $service StartService @{ Name = 'winrm' } -ComputerName $one
            $answer.LocalName | Should -Be 'StartService_OUTPUT'
            (Get-Count $computer).accepted | Should -Be $before.accepted
            Assert-Connected $computer $one
        }

        It 'makes a connection of its own if it is told how' {
            $answer = Invoke-WSManAction $service StartService @{ Name = 'winrm' } @at
            $answer.LocalName | Should -Be 'StartService_OUTPUT'
            (Get-Count $computer).accepted | Should -Be ($before.accepted + 1)
            Assert-Connected $computer $one
        }

        It 'runs a command in a shell and gets its output' {
            $created = New-WSManInstance shell/cmd @{} -ComputerName $one
            $shell = @{ ShellId = $created.ReferenceParameters.SelectorSet.Selector.'#text' }
            $values = @{ Command = 'echo'; Arguments = 'hello' }
            $command = (Invoke-WSManAction shell/cmd Command $shell -ValueSet $values -ComputerName $one).CommandId

            $values = @{ CommandId = $command; DesiredStream = 'stdout stderr' }
            $answer = Invoke-WSManAction shell/cmd Receive $shell -ValueSet $values -ComputerName $one
            $bytes = $answer.Stream.'#text' | Where-Object { $_ } | ForEach-Object { [Convert]::FromBase64String($_) }
            [Text.Encoding]::UTF8.GetString($bytes) | Should -BeLike 'hello*'

            $values = @{ CommandId = $command; Code = 'terminate' }
            $null = Invoke-WSManAction shell/cmd Signal $shell -ValueSet $values -ComputerName $one
            Remove-WSManInstance shell/cmd $shell -ComputerName $one
            Assert-NothingHeld $computer -Connections 1
        }
    }

    Context 'with something that cannot be done' {
        It 'names the resource of an instance that is not there' {
            $failure = Get-ErrorLeavingNothing $computer { Invoke-WSManAction $service StartService @{ Name = 'x' } @at }
            Assert-WSManError $failure InvokeWSManAction $service '0x80338000', $one
        }

        It 'fails with the words of the server for a value of another type' {
            $failure = Get-ErrorLeavingNothing $computer {
                Invoke-WSManAction $process Terminate @{ Handle = '860' } -ValueSet @{ Reason = 'soon' } @at
            }
            Assert-WSManError $failure InvokeWSManAction $process '0x80338054', "The value 'soon'"
        }

        It 'refuses <what> for a selector' -ForEach @(
            @{ what = 'a credential'; secret = { $computer.Credential } }
            @{ what = 'a secure string'; secret = { $computer.Credential.Password } }
        ) {
            $value = & $secret
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Invoke-WSManAction $service Any @{ Name = $value } @at }
            Assert-WSManError $failure InvokeWSManAction $service 'The value of Name is a secret'
        }

        It 'does not bind an empty action' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Invoke-WSManAction $service '' @at }
            $id = 'ParameterArgumentValidationError,Microsoft.WSMan.Management.InvokeWSManActionCommand'
            Assert-Error $failure $id InvalidData $null "'Action'"
        }

        It 'names a connection URI that is none as the target' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Invoke-WSManAction winrm/config Any -ConnectionURI server01/wsman
            }
            Assert-WSManError $failure InvokeWSManAction server01/wsman 'connection URI'
        }
    }
}
