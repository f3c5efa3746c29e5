# What a script can ask of the module, beside what Microsoft's own says: cmdlets, parameters, types, views, provider.
BeforeDiscovery {
    $cmdlets = 'Connect-WSMan', 'Disable-WSManCredSSP', 'Disconnect-WSMan', 'Enable-WSManCredSSP', 'Get-WSManCredSSP',
        'Get-WSManInstance', 'Invoke-WSManAction', 'New-WSManInstance', 'New-WSManSessionOption',
        'Remove-WSManInstance', 'Set-WSManInstance', 'Set-WSManQuickConfig', 'Test-WSMan'
    $subjects = @($cmdlets | ForEach-Object { @{ subject = $_; facts = "$_ *"; atLeast = 10 } }) + @(
        @{ subject = 'the list of commands'; facts = 'commands'; atLeast = 1 }
        @{ subject = 'the cmdlets that Windows does not have'; facts = '*-WSManSession *'; atLeast = 40 }
        @{ subject = 'the types and their members'; facts = 'type *'; atLeast = 150 }
        @{ subject = 'what item cmdlets take on the drive'; facts = '*-Item at *'; atLeast = 160 }
        @{ subject = 'the provider'; facts = 'provider *'; atLeast = 8 }
        @{ subject = 'the drive'; facts = 'drive *'; atLeast = 4 }
        @{ subject = 'the views'; facts = 'view of *'; atLeast = 18 })

    # Every difference that is meant. A row says which facts (as a wildcard), what both say ('-': there is no such fact;
    # without the key: whatever it is), and why. "without" is what has to be taken out of ours to get the same.
    $differences = @(
        # Cmdlets
        @{ fact = 'commands'; without = ',(Get|Remove)-WSManSession(?=,|$)'; reason = 'two more: sessions, and several at once' }
        @{ fact = '*-WSManSession *'; original = '-'; reason = 'those two' }
        @{ fact = 'Connect-WSMan -PassThru *'; original = '-'; reason = 'it returns the item of the computer' }
        @{ fact = 'Connect-WSMan -Port aliases'; original = ''; ours = 'p'; reason = '-P is not that of -PassThru' }
        @{ fact = 'Connect-WSMan * the set *'; without = ' \[-PassThru\]'; reason = '-PassThru is shown' }
        @{ fact = '* validation'; without = '^ArgumentCompleter Microsoft\.WSMan\.Management\.\w+(; |$)'
            reason = 'Tab offers values' }
        @{ fact = '*Set validation'; original = ''; ours = 'KeepOrder'; reason = 'keys keep the order of [ordered]' }
        @{ fact = '*Set validation'; original = 'ValidateNotNullOrEmpty'; ours = 'KeepOrder; ValidateNotNullOrEmpty'
            reason = 'the same' }
        @{ fact = 'New-WSManInstance -SelectorSet validation'; original = 'ValidateNotNullOrEmpty'
            ours = 'KeepOrder; ValidateNotNull'; reason = 'a shell is made without a key: @{}' }
        @{ fact = 'Disconnect-WSMan -ComputerName value when it is not given'; original = ''; ours = 'localhost'
            reason = 'what the original makes of nothing too, later' }
        @{ fact = '* value when it is not given'; original = '-'; reason = 'the original begins with a COM object' }
    ) + @(
        $instances = 'Set-WSManInstance', 'New-WSManInstance', 'Remove-WSManInstance', 'Invoke-WSManAction'
        foreach ($cmdlet in $instances) {
            @{ fact = "$cmdlet order in the set *"; reason = 'parameters of a base class are shown last' }
        }
        $machine = 'Enable-WSManCredSSP', 'Disable-WSManCredSSP', 'Set-WSManQuickConfig'
        foreach ($cmdlet in $machine) {
            @{ fact = "$cmdlet order in the set *"; without = '\[-(WhatIf|Confirm)\] '; reason = 'they are shown' }
        }
        foreach ($cmdlet in $instances + $machine) {
            @{ fact = "$cmdlet SupportsShouldProcess"; original = 'False'; ours = 'True'
                reason = 'it changes something' }
            @{ fact = "$cmdlet ConfirmImpact"; original = 'None'; ours = 'Low'; reason = 'of -WhatIf and -Confirm' }
            @{ fact = "$cmdlet syntax of the set *"; without = '\[-(WhatIf|Confirm)\] '; reason = 'they are shown' }
        }
    ) + @(
        # Item cmdlets
        @{ fact = 'New-Item at a computer takes'; original = ''; reason = 'a name in the path needs a login as well' }
        @{ fact = 'New-Item at a computer -*'; original = '-'; reason = 'those parameters' }
        @{ fact = 'New-Item at the root -Authentication aliases'; original = ''; ours = 'auth,am'
            reason = 'as with Connect-WSMan' }
        @{ fact = 'New-Item at the root -Port in the set nameSet'; original = 'yes'; ours = '-'
            reason = 'it is in all sets anyway, in both' }
        @{ fact = 'New-Item at Security -Sddl validation'; original = ''; ours = 'ValidateNotNullOrEmpty'
            reason = 'an empty one is refused before anything is sent' }

        # Provider and drive
        @{ fact = 'provider HelpFile'; without = '^.*/'; reason = 'so the page is found by both names of the module' }
        @{ fact = 'drive Description'; original = 'Root of WsMan Config Storage.'
            ours = 'Computers connected with WS-Management'; reason = 'our own words' }

        # Views
        @{ fact = 'view of Microsoft.WSMan.Management.TeardownReport *'; original = '-'; reason = 'a type of ours' }
        @{ fact = 'view of Microsoft.WSMan.Management.WSManSession *'; original = '-'; reason = 'a type of ours' }
        foreach ($type in 'Microsoft.WSMan.Management.WSManConfigContainerElement',
            'Microsoft.WSMan.Management.WSManConfigLeafElement', 'Microsoft.WSMan.Management.WSManConfigLeafElement#InitParams',
            'System.Xml.XmlElement#*#IdentifyResponse') {
            @{ fact = "view of $type columns"; reason = 'what a server has written does not steer the terminal' }
        }
        @{ fact = 'view of System.Xml.XmlElement#*#IdentifyResponse name'; ours = 'IdentifyResponse'
            original = 'System.Xml.XmlElement#http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd' +
                '#IdentifyResponse'
            reason = 'nobody needs the name' }

        # Types
        @{ fact = 'type *Command modifiers'; original = ''; ours = 'Sealed'; reason = 'nothing can be derived' }
        @{ fact = 'type *Command interfaces'; original = 'System.IDisposable'; ours = ''
            reason = 'nothing to dispose of' }
        @{ fact = 'type *Command method Dispose(*'; original = 'void'; ours = '-'; reason = 'the same' }
        @{ fact = 'type *Command base'; reason = 'what cmdlets have in common is in other bases' }
        @{ fact = 'type AuthenticatingWSManCommand modifiers'; original = ''; ours = 'Abstract'
            reason = 'a base alone' }
        @{ fact = 'type AuthenticatingWSManCommand constructor *'; original = 'new'; ours = '-'; reason = 'the same' }
        @{ fact = 'type WSManCredSSPCommandBase modifiers'; original = ''; ours = 'Abstract'; reason = 'a base alone' }
        @{ fact = 'type WSManCredSSPCommandBase constructor *'; original = 'new'; ours = '-'; reason = 'the same' }
        @{ fact = 'type WSManCredSSPCommandBase base'; reason = 'as of the cmdlets' }
        @{ fact = 'type ConnectWSManCommand property PassThru'; original = '-'; reason = 'the parameter of ours' }
        @{ fact = 'type WSManConfigLeafElement modifiers'; original = ''; ours = 'Sealed'; reason = 'nobody derives' }
        @{ fact = 'type WSManConfigProvider method GetHelpMaml(string, string)'; original = '-'
            reason = 'the original implements it explicitly' }
        @{ fact = 'type IWSMan*'; ours = '-'; reason = 'interfaces of COM' }
        @{ fact = 'type WSManClass*'; ours = '-'; reason = 'a class of COM' }
        @{ fact = 'type GPClass*'; ours = '-'; reason = 'a class of COM, for group policies' }
        @{ fact = 'type GpoNativeApi*'; ours = '-'; reason = 'functions of Windows' }
        @{ fact = 'type WSManEnumFlags*'; ours = '-'; reason = 'flags of the COM objects' }
        @{ fact = 'type WSManSessionFlags*'; ours = '-'; reason = 'flags of the COM objects' }
        @{ fact = 'type WSManProvider*Parameters*'; ours = '-'; reason = 'of item cmdlets; their names are not seen' }
        @{ fact = 'type New*Parameters*'; original = '-'; reason = 'of item cmdlets; their names are not seen' }
        @{ fact = 'type SetTrustedHostsParameters*'; original = '-'; reason = 'of Set-Item; its name is not seen' }
    ) + @(
        foreach ($type in 'WSManCommand', 'ResourceWSManCommand', 'ChangingWSManCommand', 'SettingValueCompleter',
            'ModuleLifetime', 'TeardownReport', 'TeardownStep', 'WSManErrorCode', 'WSManException', 'WSManSessionState',
            'WSManConfigComputerElement', 'WSManSession', 'GetWSManSession', 'RemoveWSManSession') {
            @{ fact = "type $type*"; original = '-'; reason = 'a type of ours' }
        })
}

Describe 'The module beside that of Microsoft' -ForEach @{ differences = $differences } {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module "$PSScriptRoot/original/Comparison.psm1"

        # Each difference, and the row that is about it, if there is one.
        $all = Get-Fact
        $differing = foreach ($fact in $all | Where-Object { $_.Original -cne $_.Ours }) {
            $row = foreach ($row in $differences) {
                if ($fact.Name -cnotlike $row.fact) { continue }
                if ($row.ContainsKey('original') -and $fact.Original -cne $row.original) { continue }
                if ($row.ContainsKey('ours') -and $fact.Ours -cne $row.ours) { continue }
                if ($row.ContainsKey('without') -and $fact.Ours -creplace $row.without -cne $fact.Original) { continue }
                $row
            }
            [pscustomobject]@{ Fact = $fact; Row = @($row) }
        }
    }

    It 'agrees on <subject>' -ForEach $subjects {
        ($all | Where-Object Name -CLike $facts).Count | Should -BeGreaterOrEqual $atLeast
        $differing | Where-Object { -not $_.Row -and $_.Fact.Name -clike $facts } | ForEach-Object Fact |
            ForEach-Object { "$($_.Name) is '$($_.Ours)' and of Microsoft '$($_.Original)'" } | Should -BeNullOrEmpty
    }

    It 'says nothing that no case here is about' -ForEach @{ subjects = $subjects } {
        ($all | Where-Object { $name = $_.Name; -not $subjects.Where{ $name -clike $_.facts } }).Name |
            Should -BeNullOrEmpty
    }

    It 'differs in "<fact>", because: <reason>' -ForEach $differences {
        $differing.Row | Should -Contain $_ -Because 'a row has to be true'
    }
}
