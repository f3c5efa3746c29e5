BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    $name = 'Portable.WSMan.Management'
    # What another PowerShell writes of an error.
    $tell = '$_.FullyQualifiedErrorId; "$($_.CategoryInfo.Category)"; "$($_.TargetObject)"; "$_"'

    # A copy of the module folder, which can be damaged.
    function Copy-Module {
        $folder = New-Folder modules
        Copy-Item $module "$folder/$name" -Recurse
        "$folder/$name"
    }
}

Describe 'The module folder' {
    It 'holds what belongs to the module, and nothing else' {
        $libraries, $files = (Get-ChildItem $module -Recurse -File).FullName.Substring($module.Length + 1).
            Where({ $_ -like '*/libwsman_native.*' }, 'Split')
        $files | Sort-Object | Should -Be @(
            'drop-in/Microsoft.WSMan.Management/Microsoft.WSMan.Management.psd1'
            'en-US/about_WSMan_Authentication.help.txt'
            'en-US/about_WSMan_Provider.help.txt'
            'en-US/about_WSMan_Teardown.help.txt'
            'en-US/Microsoft.WSMan.Management.dll-Help.xml'
            'en-US/WSMan.Provider.xml'
            'guard.psm1'
            'LICENSE'
            'Microsoft.WSMan.Management.dll'
            'Portable.WSMan.Management.psd1'
            'WSMan.format.ps1xml')
        $libraries | Should -Not -BeNullOrEmpty
    }
}

Describe 'The manifest' {
    BeforeAll { $manifest = Test-ModuleManifest "$module/$name.psd1" }

    It 'has a name and a GUID of its own' {
        $manifest.Name | Should -Be $name
        $manifest.Guid | Should -Not -Be ([guid]::Empty)
        $manifest.Guid | Should -Not -Be ([guid] '766204a6-330e-4263-a7ab-46c87afc366c') -Because 'that is Microsoft''s'
    }

    It 'has the version of the assembly' {
        $assembly = [Reflection.AssemblyName]::GetAssemblyName("$module/Microsoft.WSMan.Management.dll").Version
        $manifest.Version | Should -Be ([version] $assembly.ToString(3))
    }

    It 'asks for PowerShell 7.4 or a later one' {
        $manifest.CompatiblePSEditions | Should -Be 'Core'
        $manifest.PowerShellVersion | Should -BeGreaterOrEqual ([version] '7.4')
    }

    It 'exports the 13 cmdlets of Windows and two of its own, no function and no alias' {
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be @(
            'Connect-WSMan', 'Disable-WSManCredSSP', 'Disconnect-WSMan', 'Enable-WSManCredSSP', 'Get-WSManCredSSP'
            'Get-WSManInstance', 'Get-WSManSession', 'Invoke-WSManAction', 'New-WSManInstance', 'New-WSManSessionOption'
            'Remove-WSManInstance', 'Remove-WSManSession', 'Set-WSManInstance', 'Set-WSManQuickConfig', 'Test-WSMan')
        $manifest.ExportedFunctions.Count | Should -Be 0
        $manifest.ExportedAliases.Count | Should -Be 0
    }

    It 'promises every cmdlet that the assembly has, and no other command' {
        Import-Module $module
        (Get-Command -Module $name).Name | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
        $nested = (Get-Module $name).NestedModules | Where-Object Name -eq 'Microsoft.WSMan.Management'
        $nested.ExportedCmdlets.Keys | Sort-Object | Should -Be ($manifest.ExportedCmdlets.Keys | Sort-Object)
    }

    It 'has the guard run before the assembly is loaded' {
        $manifest.NestedModules.Name | Should -Be 'guard', 'Microsoft.WSMan.Management'
    }
}

Describe 'Import-Module' {
    It 'points on Windows to the module in the box, before it loads the assembly' {
        $copy = Copy-Module
        $guard = Get-Content "$copy/guard.psm1" -Raw
        $guard | Should -Match '\$IsWindows'
        Set-Content "$copy/guard.psm1" ($guard -replace '\$IsWindows', '$true')
        $told = Invoke-Pwsh @"
            try { Import-Module '$copy' -ErrorAction Stop } catch { $tell }
            [AppDomain]::CurrentDomain.GetAssemblies().Location -contains '$copy/Microsoft.WSMan.Management.dll'
            `$null -ne (Get-Module $name)
"@
        $told.Lines[0..2] | Should -Be @(
            'UseTheModuleInTheBox,Microsoft.PowerShell.Commands.ImportModuleCommand', 'NotImplemented', $name)
        $told.Lines[3] |
            Should -BeLike 'On Windows use the module in the box: Import-Module Microsoft.WSMan.Management.*'
        $told.Lines[4..5] | Should -Be 'False', 'False'
    }

    It 'says of another build in the process that it needs a new PowerShell, and leaves the one that is loaded alone' {
        $copy, $other = (Copy-Module), (Copy-Module)
        # Another build has another MVID.
        $file = "$other/Microsoft.WSMan.Management.dll"
        $bytes = [IO.File]::ReadAllBytes($file)
        $reader = [Reflection.PortableExecutable.PEReader]::new([IO.MemoryStream]::new($bytes))
        $metadata = [Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($reader)
        $mvid = $metadata.GetGuid($metadata.GetModuleDefinition().Mvid).ToByteArray()
        $reader.Dispose()
        $latin1 = [Text.Encoding]::Latin1
        $at = $latin1.GetString($bytes).IndexOf($latin1.GetString($mvid), [StringComparison]::Ordinal)
        $bytes[$at] = $bytes[$at] -bxor 1
        [IO.File]::WriteAllBytes($file, $bytes)
        $told = Invoke-Pwsh @"
            Import-Module '$module'
            foreach (`$one in '$other', '$other/drop-in/Microsoft.WSMan.Management') {
                try { Import-Module `$one -ErrorAction Stop } catch { $tell }
            }
            (Get-Module *.WSMan.*).Path
            (Get-ChildItem WSMan:\).Name
            Import-Module '$copy', '$module'
            Import-Module '$module' -Force
            (Get-Module *.WSMan.*).Count
"@
        foreach ($from in 0, 4) {
            $told.Lines[$from..($from + 2)] | Should -Be @(
                'AnotherVersionIsLoaded,Microsoft.PowerShell.Commands.ImportModuleCommand', 'ResourceExists', $name)
            $told.Lines[$from + 3] |
                Should -BeLike "Another version of this module*from $module/*new PowerShell for that of $other."
        }
        $told.Lines[8..10] | Should -Be "$module/$name.psd1", localhost, 2
    }

    It 'is done by a session state that a program makes: <_>' -ForEach 'CreateDefault', 'CreateDefault2' {
        $state = [initialsessionstate]::$_()
        $null = $state.ImportPSModule($module)
        $shell = [powershell]::Create($state)
        try {
            $said = $shell.AddScript('(Get-Command Test-WSMan).Source; (Get-ChildItem WSMan:\).Name').Invoke()
            $shell.HadErrors | Should -BeFalse
        } finally {
            $shell.Dispose()
        }
        $said | Should -Be $name, localhost
    }

    It 'works without the native library, as help and the drive do, and a cmdlet names the missing file' {
        $copy = Copy-Module
        $libraries = Get-ChildItem $copy -Recurse -Filter libwsman_native.*
        $libraries | Remove-Item
        $told = Invoke-Pwsh @"
            Import-Module '$copy'
            (Get-Help Disconnect-WSMan).Name
            (Get-ChildItem WSMan:\).Name
            try { Connect-WSMan server01 -Authentication None } catch { $tell }
            try { Test-WSMan server01 -ErrorAction Stop } catch { $tell }
"@
        $told.Lines[0] | Should -BeLike 'WARNING: The native library of this module is missing*'
        $told.Lines[1..2] | Should -Be 'Disconnect-WSMan', 'localhost'
        foreach ($command in 'Connect', 'Test') {
            $id, $category, $target, $text = $command -eq 'Connect' ? $told.Lines[3..6] : $told.Lines[7..10]
            $id | Should -Be "WsManError,Microsoft.WSMan.Management.${command}WSManCommand"
            $category, $target | Should -Be 'InvalidOperation', 'server01'
            $text | Should -BeLike '*native library of this module is missing*'
            $libraries.FullName.Where{ $text -like "*$_*" } | Should -HaveCount 1
            $text | Should -BeLike '*Install the module again*'
        }
    }
}

Describe 'The manifest' {
    BeforeAll { $manifest = Import-PowerShellDataFile "$module/$name.psd1" }

    It 'lists the files of the module' {
        $files = (Get-ChildItem $module -Recurse -File).FullName.Substring($module.Length + 1)
        $manifest.FileList | Sort-Object | Should -BeExactly ($files | Sort-Object)
    }

    It 'has what repositories find each command by' {
        $tags = $manifest.PrivateData.PSData.Tags
        foreach ($kind in 'PSCmdlet', 'PSCommand') {
            $tags -match "^${kind}_" -replace "^${kind}_" | Should -BeExactly ($manifest.CmdletsToExport | Sort-Object)
        }
        $tags | Should -Contain 'PSIncludes_Cmdlet'
    }

    It 'has the version of the assembly' {
        [version] (Get-Item "$module/Microsoft.WSMan.Management.dll").VersionInfo.ProductVersion |
            Should -Be ([version] $manifest.ModuleVersion)
    }
}

Describe 'A native library that cannot be used' -Skip:(-not $IsLinux) {
    BeforeAll {
        # What an import and a connect say of a copy of the module with another library.
        function Get-Said([scriptblock] $Change) {
            $copy = Copy-Module
            $library = (Get-ChildItem $copy -Recurse -Filter libwsman_native.so).FullName
            & $Change $library
            $script = "Import-Module '$copy'; try { Connect-WSMan server01 -Authentication None } catch { $tell }"
            Wait-Pwsh (Start-Pwsh '-Command', $script)
        }
    }

    It 'is told by the import and by each cmdlet, and ends no process: <what>' -ForEach @(
        @{ what = 'cut off'; change = { param($file) [IO.File]::WriteAllBytes($file, [IO.File]::ReadAllBytes($file)[0..99999]) } }
        @{ what = 'cut off'; change = { param($file) Clear-Content $file } }
        @{ what = 'something else than a library'; change = { param($file) Set-Content $file '<html>Not found</html>' } }
        @{ what = 'for another processor'; change = {
                param($file)
                $bytes = [IO.File]::ReadAllBytes($file)
                $bytes[18] = 243 # RISC-V
                [IO.File]::WriteAllBytes($file, $bytes)
            } }
    ) {
        $said = Get-Said $change
        $said.ExitCode | Should -Be 0
        $said.Error | Should -BeNullOrEmpty
        $said.Lines[0] | Should -BeLike "WARNING: The native library *libwsman_native.so is *$what*Install the module again.*"
        $said.Lines[1] | Should -Be 'WsManError,Microsoft.WSMan.Management.ConnectWSManCommand'
        $said.Lines[-1] | Should -BeLike "The native library *libwsman_native.so is *$what*Install the module again.*"
    }

    It 'is not looked for in the current folder where the module was imported from memory' {
        $said = Invoke-Pwsh @"
            Set-Location '$module'
            [Environment]::CurrentDirectory = '$module'
            Import-Module -Assembly ([Reflection.Assembly]::Load([IO.File]::ReadAllBytes('$module/Microsoft.WSMan.Management.dll')))
            try { Connect-WSMan server01 -Authentication None } catch { $tell }
"@
        $said.Lines[0] | Should -BeLike 'WARNING: The native library *was loaded from memory. Import the module from its files*'
        $said.Lines[1] | Should -Be 'WsManError,Microsoft.WSMan.Management.ConnectWSManCommand'
        $said.Lines[-1] | Should -BeLike 'The native library *was loaded from memory. Import the module from its files*'
    }

    It 'is told by the first cmdlet where only the loader can tell: another library' {
        $other = (Get-Process -Id $PID).Modules.FileName.Where{ $_ -match '/libm\.so' }[0]
        $said = Get-Said { param($file) Copy-Item $other $file }
        $said.Lines[0] | Should -Be 'WsManError,Microsoft.WSMan.Management.ConnectWSManCommand'
        $said.Lines[-1] | Should -BeLike '*is another one than this module*no wsman_abi_version*Install the module again.*'
    }
}

Describe 'A cmdlet of the module' {
    BeforeEach { Remove-Module $name -ErrorAction Ignore }

    It 'loads the module by itself, and the drive with it' {
        Test-Path WSMan:\ | Should -BeFalse
        (New-WSManSessionOption).UseEncryption | Should -BeTrue
        Test-Path WSMan:\ | Should -BeTrue
        (Get-Module $name).ModuleBase | Should -Be $module
    }

    It 'is found with its module and version before the module is loaded' {
        # Given a whole name, Get-Command loads the module.
        $command = Get-Command Connect-WSM*
        $command.CommandType | Should -Be 'Cmdlet'
        $command.Source | Should -Be $name
        $command.Version | Should -Be (Import-PowerShellDataFile "$module/$name.psd1").ModuleVersion
        Get-Module $name | Should -BeNullOrEmpty
    }
}
