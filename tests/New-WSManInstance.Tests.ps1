BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.6.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $at = @{ ComputerName = $one } + $login
    $environment = 'wmicimv2/Win32_Environment'
}
AfterAll { Stop-Computer $computer }

Describe 'New-WSManInstance' {
    AfterEach { Disconnect-EveryComputer }

    It 'makes the instance, writes its reference, and closes its connection' {
        $which = @{ Name = 'new'; UserName = 'somebody' }
        $created = New-WSManInstance $environment $which -ValueSet ($which + @{ VariableValue = 'v' }) @at
        $created | Should -BeOfType Xml.XmlElement
        $created.LocalName | Should -Be 'ResourceCreated'
        $created.ParentNode | Should -BeOfType Xml.XmlDocument
        (Get-WSManInstance $environment -SelectorSet $which @at).VariableValue | Should -Be 'v'
        Assert-Disconnected $computer $one
    }

    It 'makes an instance, which can be got and removed again, with the key <name> of <user>' -ForEach @(
        @{ name = '<SYSTEM>'; user = 'a+b?c=d&e' }
        @{ name = "`"quoted`" 'twice'"; user = "two`nlines" }
        @{ name = "Gr`u{fc}`u{df}e `u{20ac}"; user = '*' }
    ) {
        $which = @{ Name = $name; UserName = $user }
        $null = New-WSManInstance $environment $which -ValueSet ($which + @{ VariableValue = 'v' }) @at
        $found = Get-WSManInstance $environment -SelectorSet $which @at
        $found.Name | Should -BeExactly $name
        $found.UserName | Should -BeExactly $user
        Remove-WSManInstance $environment $which @at
        $failure = Get-ErrorLeavingNothing $computer { Get-WSManInstance $environment -SelectorSet $which @at }
        Assert-WSManError $failure GetWSManInstance $environment '0x80338000'
    }

    It 'only says what it would make with -WhatIf' {
        $which = "@{ Name = 'unmade'; UserName = 'u' }"
        Get-WhatIfText $computer "New-WSManInstance $environment ([ordered]$which) -ValueSet $which -ComputerName $one" |
            Should -Be ('What if: Performing the operation "New-WSManInstance" on target ' +
                "`"${environment}?Name=unmade+UserName=u on $one`".")
        (Get-WSManInstance $environment -Enumerate @at).Name | Should -Not -Contain 'unmade'
    }

    Context 'with a session to the computer' {
        BeforeEach {
            Connect-WSMan $one @login
            $before = Get-Count $computer
        }

        It 'makes a shell over the session, which Get- finds and Remove-WSManInstance removes' {
            $created = New-WSManInstance shell/cmd @{} -ComputerName $one
            $id = $created.ReferenceParameters.SelectorSet.Selector.'#text'
            @(Get-WSManInstance shell -Enumerate -ComputerName $one).ShellId | Should -Be $id
            Remove-WSManInstance shell/cmd @{ ShellId = $id } -ComputerName $one
            Get-WSManInstance shell -Enumerate -ComputerName $one | Should -BeNullOrEmpty
            Assert-NothingHeld $computer -Connections 1
            (Get-Count $computer).accepted | Should -Be $before.accepted
            Assert-Connected $computer $one
        }

        It 'makes a connection of its own if it is told how' {
            $created = New-WSManInstance shell/cmd @{} @at
            $created.LocalName | Should -Be 'ResourceCreated'
            (Get-Count $computer).accepted | Should -Be ($before.accepted + 1)
            Assert-Connected $computer $one
            $id = $created.ReferenceParameters.SelectorSet.Selector.'#text'
            Remove-WSManInstance shell/cmd @{ ShellId = $id } @at
        }
    }

    Context 'with something that cannot be made' {
        It 'names the computer that refuses as the target' {
            $failure = Get-ErrorLeavingNothing $computer {
                New-WSManInstance wmicimv2/No_Such_Class @{ N = 'x' } -ValueSet @{ N = 'x' } @at
            }
            Assert-WSManError $failure NewWSManInstance $one '0x80338000', 'No_Such_Class'
        }

        It 'does not bind null as the selectors' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent { New-WSManInstance $environment $null @at }
            $id = 'ParameterArgumentValidationError,Microsoft.WSMan.Management.NewWSManInstanceCommand'
            Assert-Error $failure $id InvalidData $null "'SelectorSet'"
        }

        It 'names a connection URI that is none as the target' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                New-WSManInstance winrm/config @{} -ConnectionURI server01/wsman
            }
            Assert-WSManError $failure NewWSManInstance server01/wsman 'connection URI'
        }

        It 'names a file that is not there' {
            $file = "$(New-Folder)/nothing.xml"
            $failure = Get-ErrorLeavingNothing $computer -Unsent { New-WSManInstance $environment @{} -FilePath $file @at }
            $id = 'System.IO.FileNotFoundException,Microsoft.WSMan.Management.NewWSManInstanceCommand'
            Assert-Error $failure $id NotSpecified $null $file
        }
    }
}
