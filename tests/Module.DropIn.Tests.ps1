# The module under the name of Windows' own: its drop-in, alone and beside the module.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    $own, $name = 'Portable.WSMan.Management', 'Microsoft.WSMan.Management'
    $dropIn = "$module/drop-in/$name"
    $separator = [IO.Path]::PathSeparator
    # On the path of every PowerShell that the tests start are both.
    $pathBefore = $env:PSModulePath
    $env:PSModulePath += "$separator$module/drop-in"
    $windowsGuid = [guid] '766204a6-330e-4263-a7ab-46c87afc366c'
    $one = '127.20.1.1'
    $computer = Start-Computer $one
    $connect = "Connect-WSMan $one -Port $($computer.Http) -Authentication None"
    $held = "(Invoke-RestMethod '$($computer.Control)/counts').connections"
    $cmdlets = (Import-PowerShellDataFile "$module/$own.psd1").CmdletsToExport | Sort-Object
    # What is there: modules, cmdlets and drive.
    $list = '"$(Get-Module *WSMan*) | $((Get-Command Connect-WSMa* -ListImported).Source) | $(Get-PSDrive -PSProvider WSMan -ErrorAction Ignore)"'

    # Runs each text in a runspace of its own, all of them in one other PowerShell: a start costs seconds, and imports,
    # help and drives belong to the runspace. What each wrote is under its name. Sessions belong to the process, so they
    # end with the text.
    function Invoke-Apart([Collections.IDictionary] $Text, [hashtable] $Environment = @{}) {
        $file = "$(New-Folder texts)/texts.json"
        $Text | ConvertTo-Json | Set-Content $file
        $result = Invoke-Pwsh -Environment $Environment @"
            `$texts = Get-Content '$file' -Raw | ConvertFrom-Json -AsHashtable
            `$told = @{}
            foreach (`$name in `$texts.Keys) {
                `$shell = [powershell]::Create()
                `$lines = `$shell.AddScript(`$texts[`$name]).AddCommand('Out-String').AddParameter('Stream').Invoke()
                `$told[`$name] = @{ Lines = @(`$lines.TrimEnd().Where{ `$_ }); Error = @(`$shell.Streams.Error.ForEach{ "`$_" }) }
                `$shell.Commands.Clear()
                `$null = `$shell.AddScript('$own\Get-WSManSession | $own\Remove-WSManSession').Invoke()
                `$shell.Dispose()
            }
            `$told | ConvertTo-Json -Depth 4 -Compress
"@
        $result.Output | ConvertFrom-Json -AsHashtable
    }

    # What one of these texts wrote, which is no error.
    function Get-Told($Told, [string] $Name) {
        $Told[$Name].Error | Should -BeNullOrEmpty
        $Told[$Name].Lines
    }

    # A script file with this text.
    function New-Script([string] $Text) {
        $file = "$(New-Folder script)/script.ps1"
        Set-Content $file $Text
        $file
    }

    # A folder of modules with this one in a folder below, and the drop-in beside it, as a package may lay them out.
    function New-Installation([string] $Below) {
        $modules = New-Folder modules
        $null = New-Item -ItemType Directory -Force (Split-Path "$modules/$Below"), "$modules/$name"
        Copy-Item $module "$modules/$Below" -Recurse
        $manifest = (Get-Content "$dropIn/$name.psd1" -Raw).Replace('../../', "../$Below/")
        Set-Content "$modules/$name/$name.psd1" $manifest
        $modules
    }
}
AfterAll { Stop-Computer $computer }

Describe 'The drop-in' {
    It 'is not found before its folder is put on the path' {
        $result = Invoke-Pwsh "
            Get-Module $name -ListAvailable
            (Get-Command Connect-WSMa*).Source
            try { Import-Module $name -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }" @{ PSModulePath = $pathBefore }
        $result.Lines | Should -Be $own, 'Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand'
    }

    It 'is put on the path by the line of about_WSMan_Provider' {
        $line = Get-TopicCode about_WSMan_Provider 'it there, in $PROFILE for instance'
        $line -split '\n' | Should -HaveCount 1
        $result = Invoke-Pwsh "$line; (Get-Module $name -ListAvailable).Path" @{ PSModulePath = $pathBefore }
        $result.Lines | Should -Be "$dropIn/$name.psd1"
    }

    It 'has the cmdlets of the module, the version of Windows'' one, and a GUID of its own' {
        $manifest = Test-ModuleManifest "$dropIn/$name.psd1"
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be $cmdlets
        $manifest.ExportedFunctions.Count + $manifest.ExportedAliases.Count | Should -Be 0
        $manifest.Version | Should -Be 7.0.0.0
        $manifest.Guid | Should -Not -BeIn $windowsGuid, (Test-ModuleManifest "$module/$own.psd1").Guid
    }
}

# The scripts and modules of which one PowerShell runs each in a runspace of its own.
BeforeDiscovery {
    $requests = @(
        '#Requires -Modules Microsoft.WSMan.Management'
        '#Requires -Modules @{ ModuleName = "Microsoft.WSMan.Management"; ModuleVersion = "3.0.0.0" }'
        '#Requires -Modules @{ ModuleName = "Microsoft.WSMan.Management"; RequiredVersion = "7.0.0.0" }'
        'using module Microsoft.WSMan.Management'
        'Import-Module Microsoft.WSMan.Management'
        'Import-Module "$env:WSMAN_TEST_MODULE/drop-in/Microsoft.WSMan.Management"'
        'Import-Module "$env:WSMAN_TEST_MODULE/drop-in/Microsoft.WSMan.Management/Microsoft.WSMan.Management.psd1"'
        'Microsoft.WSMan.Management\Disconnect-WSMan localhost -ErrorAction Ignore'
    )
}

Describe 'Whoever asks for Microsoft.WSMan.Management' -ForEach @{ requests = $requests } {
    BeforeAll {
        $texts = [ordered]@{}
        foreach ($request in $requests) {
            $script = New-Script "$request
                (Get-ChildItem WSMan:\).Name
                Microsoft.WSMan.Management\$connect
                [Microsoft.WSMan.Management.SessionOption]::new().SkipCACheck
                [Microsoft.WSMan.Management.AuthenticationMechanism]::Kerberos
                (Get-ChildItem WSMan:\).Name
                $list
                Import-Module $name
                @(Get-Module $name).Count"
            $texts[$request] = "& '$script'"
        }
        $refused = New-Script "#Requires -Modules @{ ModuleName = '$name'; ModuleVersion = '3.0'; GUID = '$windowsGuid' }
            'it runs'"
        $texts.refused = "try { & '$refused' } catch { `$_.FullyQualifiedErrorId }"
        foreach ($member in 'RequiredModules', 'NestedModules') {
            $other = New-Folder other
            $null = New-Item -ItemType Directory "$other/$member"
            Set-Content "$other/$member/$member.psm1" "
                function Connect-Far { $connect; (Get-Item WSMan:\$one).State }"
            Set-Content "$other/$member/$member.psd1" "@{
                ModuleVersion = '1.0'; RootModule = '$member.psm1'; FunctionsToExport = '*'; $member = '$name' }"
            $texts[$member] = "Import-Module '$other/$member'; Connect-Far; (Get-ChildItem WSMan:\).Name"
        }
        $told = Invoke-Apart $texts
    }

    It 'gets cmdlets, drive and types in a script with <_>' -ForEach $requests {
        Get-Told $told $_ | Should -Be localhost, False, Kerberos, localhost, $one, "$name | $name | WSMan", 1
    }

    It 'is refused by #Requires with the GUID of Windows'' module' {
        Get-Told $told refused | Should -Be ScriptRequiresMissingModules
    }

    It 'gets cmdlets and drive in a module with <_>' -ForEach 'RequiredModules', 'NestedModules' {
        Get-Told $told $_ | Should -Be Opened, localhost, $one
    }

    It 'leaves nothing open' { Get-HeldCount $computer | Should -Be 0 }
}

Describe 'The drop-in, imported alone' {
    BeforeAll {
        Import-Module $name
        function Connect-One { Connect-WSMan $one -Port $computer.Http -Authentication None -PassThru }
        $helpLines = 'Get-Help Disconnect-WSMan -Full', 'Get-Help QUALIFIED\Disconnect-WSMan -Full', 'Get-Help Connect-WSMan -Examples',
            'Get-Help Test-WSMan -Parameter ComputerName', 'Get-Help about_WSMan_Teardown', 'Get-Help WSMan -Category Provider',
            'Get-Help New-Item -Path WSMan:\ -Full'
        $help = $helpLines.ForEach{ "$_ | Out-String -Width 80" } -join '; "====";'
        $told = Invoke-Apart ([ordered]@{
            unloaded = "(Get-Command *-*WSMan* | Where-Object Source -eq $name).Name; (Get-Module *.WSMan.*).Name"
            $name = "Import-Module $name; $($help.Replace('QUALIFIED', $name))"
            $own = "Import-Module $own; $($help.Replace('QUALIFIED', $own))"
            prefix = "Import-Module $name -Prefix Far
                (Get-Command -Module $name).Name -replace 'Far'
                $($connect -replace 'WSMan', 'FarWSMan')
                (Get-Help Disconnect-FarWSMan).Synopsis
                Disconnect-FarWSMan $one"
        })
    }
    AfterEach { Disconnect-EveryComputer }
    AfterAll { Remove-Module $name }

    It 'has every cmdlet, in the list before it is loaded as well' {
        (Get-Command -Module $name).Name | Sort-Object | Should -Be $cmdlets
        Get-Told $told unloaded | Sort-Object | Should -Be $cmdlets
        Get-Module $own | Should -BeNullOrEmpty
    }

    It 'is a manifest, and the module of the provider, as on Windows' {
        $provided = (Get-PSProvider WSMan).Module
        $provided.Name, $provided.ModuleType, (Get-Module $name).ModuleType | Should -Be $name, Manifest, Manifest
    }

    It 'has the views, the types and the error ids' {
        $item = Connect-One
        $item.PSTypeNames[0] | Should -Be 'Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel'
        $shown = Get-Item WSMan:\$one | Out-String
        $shown | Should -BeLike '*WSManConfig: Microsoft.WSMan.Management\WSMan::WSMan*'
        $shown | Should -Match "(?m)^$([regex]::Escape($one)) +Container"
        Microsoft.WSMan.Management\Disconnect-WSMan $one
        $item.State | Should -Be Closed
        Assert-WSManError (Get-OneError { Microsoft.WSMan.Management\Disconnect-WSMan $one }) DisconnectWSMan $one
    }

    It 'has the help of the module, by names with and without the module' {
        $shown = (Get-Told $told $name) -join "`n" -split '===='
        $expected = (Get-Told $told $own) -join "`n" -split '===='
        for ($i = 0; $i -lt $helpLines.Count; $i++) {
            $shown[$i].Length | Should -BeGreaterThan 300 -Because $helpLines[$i]
            $shown[$i] | Should -Be $expected[$i] -Because $helpLines[$i]
        }
    }

    It 'gives the cmdlets other names with -Prefix, and their help with them' {
        Get-Told $told prefix | Should -Be ($cmdlets + (Get-Help Disconnect-WSMan).Synopsis)
    }

    It 'keeps sessions and drive with -Force' {
        $item = Connect-One
        Import-Module $name -Force
        @(Get-Module $name) | Should -HaveCount 1
        (Get-PSDrive -PSProvider WSMan).Name | Should -Be WSMan
        $item.State | Should -Be Opened
        Assert-Connected $computer $one
    }

    It 'ends sessions with Remove-Module, which takes cmdlets and drive along, and is there again after another import' {
        $item = Connect-One
        Remove-Module $name
        try {
            $item.State | Should -Be Closed
            Get-HeldCount $computer | Should -Be 0
            Get-Command Connect-WSM* -ListImported | Should -BeNullOrEmpty
            Get-PSProvider | Where-Object Name -EQ WSMan | Should -BeNullOrEmpty
        } finally {
            Import-Module $name
        }
        $null = Connect-One
        Assert-Connected $computer $one
    }

    It 'shares its sessions with other runspaces: <way>' -ForEach @(
        @{ way = 'ForEach-Object -Parallel'; read = {
                1..2 | ForEach-Object -Parallel { Import-Module Microsoft.WSMan.Management; (Get-ChildItem WSMan:\).Name } } }
        @{ way = 'Start-ThreadJob'; read = {
                1..2 | ForEach-Object {
                    Start-ThreadJob { Import-Module Microsoft.WSMan.Management; (Get-ChildItem WSMan:\).Name }
                } | Receive-Job -Wait -AutoRemoveJob } }
        @{ way = 'a name with the module before, which loads it'; read = {
                1..2 | ForEach-Object {
                    $shell = [powershell]::Create()
                    $shell.AddScript('$null = Microsoft.WSMan.Management\New-WSManSessionOption; (Get-ChildItem WSMan:\).Name').Invoke()
                    $shell.Dispose()
                } } }
    ) {
        $null = Connect-One
        & $read | Should -Be localhost, $one, localhost, $one
        Assert-Connected $computer $one
    }

    It 'is in the process of Start-Job, too' {
        $port = $computer.Http
        $job = Start-Job {
            Microsoft.WSMan.Management\Connect-WSMan $using:one -Port $using:port -Authentication None
            (Get-ChildItem WSMan:\).Name
            (Get-Module *WSMan*).Name
        }
        Receive-Job $job -Wait -AutoRemoveJob | Should -Be localhost, $one, $name
        Get-HeldCount $computer | Should -Be 0
    }
}

Describe 'The module and its drop-in, imported together: <first>, then <second>' -ForEach @(
    @{ first = 'Portable.WSMan.Management'; second = 'Microsoft.WSMan.Management' }
    @{ first = 'Microsoft.WSMan.Management'; second = 'Portable.WSMan.Management' }
) {
    BeforeAll {
        $texts = [ordered]@{
            sharing = "Import-Module $first; $connect
                Import-Module $second
                $first\Get-WSManSession | ForEach-Object Name
                $second\Get-WSManSession | ForEach-Object Name
                Import-Module $first -Force
                Import-Module $second -Force
                (Get-PSDrive -PSProvider WSMan).Name
                (Get-ChildItem WSMan:\).Name
                (Get-Module *.WSMan.*).Count
                $held"
            help = "Import-Module $first
                `$null = Get-Help Disconnect-WSMan
                Import-Module $second
                'Get-Help Disconnect-WSMan -Full', 'Get-Help $second\Disconnect-WSMan -Full' | ForEach-Object {
                    (Invoke-Expression `$_ | Out-String) -match 'But while you stand inside'
                }
                (Get-Help about_WSMan_Teardown) -match 'How a session ends'
                (Get-Help WSMan -Category Provider).Category"
            helpOfFirst = "Import-Module $first, $second
                (Get-Help $first\Disconnect-WSMan -Full | Out-String) -match 'But while you stand inside'"
            both = "Import-Module $first, $second; $connect
                Remove-Module $own, $name 3>`$null; $list; $held"
        }
        foreach ($removed in $first, $second) {
            $rest = $removed -eq $first ? $second : $first
            $texts[$removed] = "Import-Module $first; Import-Module $second; $connect
                Remove-Module $removed -WarningVariable said 3>`$null
                `$said.Message
                $list
                $held
                Import-Module $rest
                $connect
                $list
                Remove-Module $rest
                $list
                $held"
        }
        $folder = New-Folder another
        Set-Content "$folder/Another.psm1" "Import-Module $second; function Connect-Far { $connect }"
        $texts.another = "Import-Module $folder/Another.psm1, $first
            Connect-Far
            Remove-Module $first -WarningVariable said 3>`$null
            `$said.Message
            $held
            Import-Module $first
            Remove-Module Another -WarningVariable said 3>`$null
            `$said.Message
            $list"
        $told = Invoke-Apart $texts
    }

    It 'share sessions and drive, and keep them at the second import and with -Force' {
        Get-Told $told sharing | Should -Be $one, $one, WSMan, localhost, $one, 2, 1
    }

    It 'have the whole help where no module is named, which may have been read before' {
        Get-Told $told help | Should -Be True, True, True, Provider
    }

    It 'have the whole help for a cmdlet of the first, asked for by its module' {
        Get-Told $told helpOfFirst | Should -Be True
    }

    It 'go together with Remove-Module <_>, which says so and ends the sessions' -ForEach @(
        'Portable.WSMan.Management', 'Microsoft.WSMan.Management'
    ) {
        $rest = $_ -eq $first ? $second : $first
        Get-Told $told $_ | Should -Be @(
            "$rest is the same module under another name, and was removed with it."
            ' |  |', 0, "$rest | $rest | WSMan", ' |  |', 0)
    }

    It 'go together where another module has the second for itself, each time' {
        Get-Told $told another | Should -Be @(
            "$second is the same module under another name, and was removed with it.", 0
            "$first is the same module under another name, and was removed with it.", ' |  |')
    }

    It 'go with one Remove-Module that names both' {
        Get-Told $told both | Should -Be ' |  |', 0
    }
}

Describe 'The module and its drop-in, side by side in a folder of the path' {
    It 'work with the module in <below>' -ForEach @(
        @{ below = 'Portable.WSMan.Management' }, @{ below = 'Portable.WSMan.Management/0.1.0' }
    ) {
        $modules = New-Installation $below
        $script = New-Script "#Requires -Modules $name
            $connect
            (Get-ChildItem WSMan:\).Name
            (Get-Help $name\Connect-WSMan).Synopsis
            (Get-Help about_WSMan_Provider).Length -gt 1000
            Import-Module $own
            (Get-Module $own).ModuleBase
            Remove-Module $name 3>`$null
            $list"
        (Invoke-Pwsh "& '$script'" @{ PSModulePath = $modules }).Lines | Should -Be @(
            'localhost', $one, 'Opens a session with the WS-Management service of another computer.', 'True', "$modules/$below", ' |  |')
        Get-HeldCount $computer | Should -Be 0
    }

    It 'find each other in a folder with a version, without another manifest' {
        $modules = New-Folder modules
        $version = (Import-PowerShellDataFile "$module/$own.psd1").ModuleVersion
        $null = New-Item -ItemType Directory "$modules/$own"
        Copy-Item $module "$modules/$own/$version" -Recurse
        $path = "$modules$separator$modules/$own/$version/drop-in"
        (Invoke-Pwsh "Import-Module $name; $connect; (Get-ChildItem WSMan:\).Name; (Get-Help Connect-WSMan).Name
            (Get-Module $name -ListAvailable).Path" @{ PSModulePath = $path }).Lines |
            Should -Be localhost, $one, 'Connect-WSMan', "$modules/$own/$version/drop-in/$name/$name.psd1"
    }
}
