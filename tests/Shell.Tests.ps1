# What PowerShell does with any command and any drive, and so with these: default values, filters, locations, the Tab
# key, what is written to files and read again.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    # The name of the second begins with that of the first.
    $one, $ten, $two = '127.20.1.1', '127.20.1.10', '127.20.1.2'
    $computer = Start-Computer $one, $ten, $two
    $login = $computer.Login
    $h = "WSMan:\$one"

    # Goes where the other tests expect to be.
    function Exit-Drive {
        Set-Location WSMan:\
        Set-Location $root
    }

    # What the Tab key offers behind a line.
    function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
}
AfterAll { Stop-Computer $computer }

Describe '$PSDefaultParameterValues' {
    BeforeEach { $before = $global:PSDefaultParameterValues.Clone() }
    AfterEach {
        $global:PSDefaultParameterValues = $before
        Disconnect-EveryComputer
    }

    It 'says for all cmdlets how one connects' {
        foreach ($name in $login.Keys) { $global:PSDefaultParameterValues["*-WSMan*:$name"] = $login.$name }
        (Test-WSMan $one).ProductVendor | Should -Be 'Microsoft Corporation'
        (Get-WSManInstance winrm/config -ComputerName $two).MaxTimeoutms | Should -Be 60000
        Connect-WSMan $one
        Assert-Connected $computer $one
    }

    It 'says for Disconnect-WSMan whom it is about' {
        Connect-WSMan $one @login
        Connect-WSMan $two @login
        $global:PSDefaultParameterValues['Disconnect-WSMan:ComputerName'] = $two
        Disconnect-WSMan
        Get-ConnectedComputer | Should -Be $one
    }
}

Describe 'Measure-Command' {
    It 'runs cmdlets, whose sessions stay' {
        (Measure-Command { Connect-WSMan $one @login; Get-ChildItem $h }).Ticks | Should -BeGreaterThan 0
        Assert-Connected $computer $one
        Disconnect-EveryComputer
    }
}

Describe 'Get-Error' {
    It 'shows what is known of a fault, and no secret' {
        try { Get-WSManInstance winrm/config/nope -ComputerName $one @login -ErrorAction Stop } catch { }
        $shown = Get-Error -Newest 1 | Out-String -Width 400
        foreach ($line in @(
                'Code *: Fault', 'WSManCode *: 2150858811', 'WSManCodeName *: ERROR_WSMAN_INVALID_RESOURCE_URI'
                'SoapSubcode *: DestinationUnreachable', 'Reason *: There is no resource '
                'FullyQualifiedErrorId *: WsManError,Microsoft.WSMan.Management.GetWSManInstanceCommand')) {
            $shown | Should -Match $line
        }
        Assert-NoSecret $shown
    }
}

Describe 'The drive' {
    BeforeAll { Connect-WSMan $one @login }
    AfterEach { Exit-Drive }
    AfterAll { Disconnect-EveryComputer }

    It 'is filtered by PowerShell: <reading>' -ForEach @(
        @{ reading = { Get-ChildItem $h -Name -Include Max*Items }; names = 'MaxBatchItems' }
        @{ reading = { Get-ChildItem $h -Name -Exclude Max* }
            names = 'Client', 'Service', 'Shell', 'Listener', 'Plugin', 'ClientCertificate' }
        @{ reading = { Get-ChildItem $h\Client\Auth -Name -Exclude *e* }; names = 'Basic' }
        @{ reading = { Get-ChildItem $h\Client -Recurse -Name | Select-Object -Last 3 }
            names = 'Auth/CredSSP', 'DefaultPorts/HTTP', 'DefaultPorts/HTTPS' }
        @{ reading = { (Get-ChildItem $h -Recurse -Depth 1 -Name).Where{ $_ -like 'Client/*' }.Count }; names = 6 }
        @{ reading = { (Get-ChildItem $h -Recurse -Depth 1 -Include Auth).PSParentPath | Split-Path -Leaf }
            names = 'Client', 'Service' }
        @{ reading = { (Get-ChildItem $h\*\Auth\Basic).PSPath | Split-Path | Split-Path | Split-Path -Leaf }
            names = 'Client', 'Service' }
        @{ reading = { (Get-Item $h\Client\Auth\[KN]*).Name }; names = 'Kerberos', 'Negotiate' }
        @{ reading = { (Get-ChildItem -LiteralPath $h\Client\Auth).Count }; names = 6 }
        @{ reading = { (Get-ChildItem $h\Client | Where-Object Type -EQ Container).Name }
            names = 'Auth', 'DefaultPorts' }
        @{ reading = { (Get-ChildItem $h\Client | Sort-Object Name | Select-Object -First 1).Name }
            names = 'AllowUnencrypted' }
        @{ reading = { (Get-ChildItem $h\Client\Auth | Group-Object Value).Name }; names = 'false', 'true' }
    ) {
        & $reading | Should -BeExactly $names
    }

    It 'has no filter of its own: <command>' -ForEach @(
        @{ command = { Get-ChildItem $h -Filter Cl* }; class = 'GetChildItem'; id = 'NotSupported'
            category = 'NotImplemented' }
        @{ command = { Get-Item $h\* -Filter Cl* }; class = 'GetItem'; id = 'NotSupported'
            category = 'NotImplemented' }
        @{ command = { Get-ChildItem $h -File }; class = 'GetChildItem'; id = 'NamedParameterNotFound'
            category = 'InvalidArgument' }
    ) {
        Assert-Error (Get-OneError $command) "$id,Microsoft.PowerShell.Commands.${class}Command" $category ''
    }

    It 'takes a wildcard in -LiteralPath as it is' {
        $failure = Get-OneError { Get-Item -LiteralPath $h\Cl* }
        Assert-Error $failure 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand' ObjectNotFound "$h\Cl*"
    }

    It 'is walked through, back with "cd -" and on with "cd +"' {
        $way = & {
            Set-Location $h\Client; $PWD.Path
            Set-Location Auth; $PWD.Path
            Set-Location ..\..\Service; $PWD.Path
            Set-Location -; $PWD.Path
            Set-Location -; $PWD.Path
            Set-Location +; $PWD.Path
            Set-Location /; $PWD.Path
            Set-Location -; $PWD.Path
            Set-Location WSMan:; $PWD.Path
        }
        $at = "WSMan:/$one"
        $way | Should -BeExactly "$at/Client", "$at/Client/Auth", "$at/Service", "$at/Client/Auth", "$at/Client",
            "$at/Client/Auth", '/', "$at/Client/Auth", "$at/Client/Auth"
    }

    It 'is entered with Push-Location and left with Pop-Location<stack>' -ForEach @(
        @{ stack = ''; name = @{} }, @{ stack = ', of a named stack'; name = @{ StackName = 'far' } }
    ) {
        Push-Location $h\Client @name
        Push-Location Auth @name
        (Get-Location -Stack @name).ToArray().Path | Select-Object -First 1 | Should -BeExactly "WSMan:/$one/Client"
        (Get-Item .).Name, (Get-Item ..).Name, (Get-Item Basic).Name | Should -BeExactly Auth, Client, Basic
        Resolve-Path Basic -Relative | Should -BeExactly Basic
        Pop-Location @name
        $PWD.Path | Should -BeExactly "WSMan:/$one/Client"
        Pop-Location @name
        $PWD.Provider.Name | Should -Be FileSystem
    }

    It 'is not entered at <path>: <id>' -ForEach @(
        @{ path = 'WSMan:\nowhere'; id = 'PathNotFound'; category = 'ObjectNotFound'; target = 'WSMan:/nowhere' }
        @{ path = 'WSMan:\127.20.1.1\Client\TrustedHosts'; id = 'PathNotFound'; category = 'ObjectNotFound'
            target = 'WSMan:\127.20.1.1\Client\TrustedHosts' }
        @{ path = '~'; id = 'InvalidOperation'; category = 'InvalidOperation'; target = '' }
    ) {
        Set-Location WSMan:\
        $failure = Get-OneError { Set-Location $path }
        Assert-Error $failure "$id,Microsoft.PowerShell.Commands.SetLocationCommand" $category $target
        $PWD.Path | Should -Be 'WSMan:/'
    }

    It 'has items that a script can change for itself, as on Windows, and nothing else' {
        $items = @(Get-ChildItem $h\Service\Auth)
        foreach ($item in $items) { $item.Name = "Auth$($item.Name)" }
        $items.Name | Should -Contain AuthBasic
        $leaf = Get-Item $h\Service\MaxConnections
        $leaf.Value, $leaf.SourceOfValue, $leaf.Type = 5, 'GPO', 'System.Int32'
        $leaf.Value, $leaf.SourceOfValue, $leaf.TypeNameOfElement | Should -Be 5, 'GPO', 'System.Int32'
        $container = (Get-ChildItem $h\Listener)[0]
        $container.Keys = @('a')
        $container.Keys | Should -Be a
        (Get-Item $h\Service\MaxConnections).Value | Should -Be 300
        (Get-ChildItem $h\Service\Auth).Name | Should -Contain Basic
    }
}

Describe 'The Tab key' {
    BeforeAll { $one, $ten, $two | ForEach-Object { Connect-WSMan $_ @login } }
    AfterAll { Disconnect-EveryComputer }

    It 'offers at the depth of <typed> what is there' -ForEach @(
        @{ typed = 'dir WSMan:\'
            offered = 'WSMan:/127.20.1.1', 'WSMan:/127.20.1.10', 'WSMan:/127.20.1.2', 'WSMan:/localhost' }
        @{ typed = 'dir WSMan:/lo'; offered = 'WSMan:/localhost' }
        @{ typed = 'dir wsman:\127.20.1.1'; offered = 'WSMan:/127.20.1.1', 'WSMan:/127.20.1.10' }
        @{ typed = 'cd WSMan:\127.20.1.1\Cl'
            offered = 'WSMan:/127.20.1.1/Client', 'WSMan:/127.20.1.1/ClientCertificate' }
        @{ typed = 'Set-Item WSMan:\127.20.1.1\Client\Tr'; offered = 'WSMan:/127.20.1.1/Client/TrustedHosts' }
        @{ typed = 'gi WSMan:\127.20.1.1\Client\Auth\k'; offered = 'WSMan:/127.20.1.1/Client/Auth/Kerberos' }
        @{ typed = 'cd WSMan:\127.20.1.1\Plugin\Ev'
            offered = "'WSMan:/127.20.1.1/Plugin/Event Forwarding Plugin'" }
        @{ typed = 'cd "WSMan:\127.20.1.1\Plugin\Ev'; offered = '"WSMan:/127.20.1.1/Plugin/Event Forwarding Plugin"' }
        @{ typed = 'cd WSMan:\127.20.1.1\Plugin\microsoft.powershell\Qu'
            offered = 'WSMan:/127.20.1.1/Plugin/microsoft.powershell/Quotas' }
        @{ typed = 'gi WSMan:\127.20.1.1\Plugin\microsoft.powershell\Quotas\MaxSh'
            offered = 'WSMan:/127.20.1.1/Plugin/microsoft.powershell/Quotas/MaxShells',
                'WSMan:/127.20.1.1/Plugin/microsoft.powershell/Quotas/MaxShellsPerUser' }
        @{ typed = 'dir Microsoft.WSMan.Management\WSMan::127.20.1.1\Sh'
            offered = 'Microsoft.WSMan.Management\WSMan::127.20.1.1\Shell' }
        @{ typed = 'dir WSMan:\nowhere\'; offered = @() }
    ) {
        Get-Completion $typed | Should -BeExactly $offered
    }

    It 'offers what a server names itself: <typed>' -ForEach @(
        @{ typed = 'gi WSMan:\127.20.1.1\Listener\'; folder = 'Listener' }
        @{ typed = 'gi WSMan:\127.20.1.1\Plugin\microsoft.powershell\Resources\'
            folder = 'Plugin\microsoft.powershell\Resources' }
    ) {
        $path = "WSMan:/127.20.1.1/$($folder.Replace('\', '/'))"
        Get-Completion $typed | Should -BeExactly "$path/$((Get-ChildItem $h\$folder).Name)"
    }

    It 'offers the connected names for <typed>' -ForEach @(
        @{ typed = 'Disconnect-WSMan '; offered = '127.20.1.1', '127.20.1.10', '127.20.1.2' }
        @{ typed = 'Disconnect-WSMan -ComputerName '; offered = '127.20.1.1', '127.20.1.10', '127.20.1.2' }
        @{ typed = 'Disconnect-WSMan -ComputerName 127.20.1.1'; offered = '127.20.1.1', '127.20.1.10' }
        @{ typed = "Disconnect-WSMan '127.20.1.1"; offered = "'127.20.1.1'", "'127.20.1.10'" }
        @{ typed = 'Disconnect-WSMan localh'; offered = @() }
        @{ typed = 'Get-WSManInstance x -ComputerName 127.20.1.2'; offered = '127.20.1.2' }
        @{ typed = 'Set-WSManInstance x -ComputerName 127.20.1.2'; offered = '127.20.1.2' }
        @{ typed = 'New-WSManInstance x @{} -ComputerName 127.20.1.2'; offered = '127.20.1.2' }
        @{ typed = 'Remove-WSManInstance x @{} -ComputerName 127.20.1.2'; offered = '127.20.1.2' }
        @{ typed = 'Invoke-WSManAction x y -ComputerName 127.20.1.2'; offered = '127.20.1.2' }
    ) {
        Get-Completion $typed | Should -BeExactly $offered
    }

    It 'offers no name any more that is disconnected' {
        Disconnect-WSMan $two
        Get-Completion 'Disconnect-WSMan ' | Should -BeExactly $one, $ten
        Connect-WSMan $two @login
    }

    It 'puts a name into quotes that would be syntax' {
        $six = Start-Computer ::1
        try {
            $sixLogin = $six.Login
            Connect-WSMan ::1 @sixLogin
            Get-Completion 'Disconnect-WSMan :' | Should -BeExactly "'::1'"
            Disconnect-WSMan '::1'
        } finally {
            Stop-Computer $six
        }
    }

    It 'offers the values of <typed>' -ForEach @(
        @{ typed = 'Connect-WSMan x -Authentication '
            offered = -split 'Basic ClientCertificate Credssp Default Digest Kerberos Negotiate None' }
        @{ typed = 'Enable-WSManCredSSP '; offered = 'Client', 'Server' }
        @{ typed = 'Get-WSManInstance x -ReturnType o'; offered = 'object', 'objectandepr' }
        @{ typed = 'New-WSManSessionOption -ProxyAccessType '
            offered = 'ProxyAutoDetect', 'ProxyIEConfig', 'ProxyNoProxyServer', 'ProxyWinHttpConfig' }
        @{ typed = 'Connect-WSMan -Pa'; offered = '-PassThru' }
        @{ typed = 'New-Item WSMan:\127.20.1.1\Listener -U'; offered = '-URLPrefix' }
        @{ typed = 'Set-Item WSMan:\127.20.1.1\Client\TrustedHosts -Co'; offered = '-Confirm', '-Concatenate' }
        @{ typed = 'Disconnect-WSM'; offered = 'Disconnect-WSMan' }
    ) {
        Get-Completion $typed | Should -BeExactly $offered
    }
}

# As in a container that is built. With -NonInteractive the engine has words of its own.
Describe 'A question where the input has ended' {
    It 'is an error that names -Force, and changes nothing: <command>' -ForEach @(
        @{ command = 'Set-Item WSMan:\localhost\Client\TrustedHosts server01' }
        @{ command = 'Enable-WSManCredSSP Client server01' }
        @{ command = 'Connect-WSMan 127.20.1.1 @login; New-Item WSMan:\127.20.1.1\Listener -Transport HTTPS -Address *' }
    ) {
        $before = (Get-Count $computer).operations.Create
        $login = "@{ UseSSL = `$true; Port = $($computer.Https); Authentication = 'Basic'; Credential = $credentialText }"
        $shown = Invoke-Pwsh "Import-Module Portable.WSMan.Management; `$login = $login; try { $command } catch { `"failed: `$_`" }" -Setting @{ TrustedHosts = '' }
        $shown.Lines[-1] | Should -BeLike '*failed: The command asks before it does this, and nobody can answer*-Force*'
        (Get-Count $computer).operations.Create | Should -Be $before
    }
}

Describe 'What is written to a file' {
    BeforeAll {
        $file = "$(New-Folder)/file"

        # A value as text; one that was read again is a number that knows its name.
        function Get-Text($Value) { @($Value).Where{ $null -ne $_ }.ForEach{ $_.ToString() } -join ',' }
    }
    BeforeEach { $computerItem = Connect-WSMan $one @login -PassThru }
    AfterEach { Disconnect-EveryComputer }

    It 'is read again by Import-Clixml: <what>' -ForEach @(
        @{ what = 'a computer'; get = { Get-Item $h }; type = 'WSManConfigContainerElement#ComputerLevel'
            properties = 'Name', 'State', 'ConnectionUri', 'UserName', 'PSPath' }
        @{ what = 'a setting'; get = { Get-Item $h\Client\NetworkDelayms }; type = 'WSManConfigLeafElement'
            properties = 'Name', 'Value', 'Type', 'PSPath' }
        @{ what = 'a listener'; get = { (Get-ChildItem $h\Listener)[0] }; type = 'WSManConfigContainerElement'
            properties = 'Name', 'Keys', 'Type', 'PSParentPath' }
        @{ what = 'a session option'; get = { New-WSManSessionOption -SkipCACheck }
            properties = 'SkipCACheck', 'UseEncryption', 'ProxyAccessType'; type = 'SessionOption' }
        @{ what = 'the report of a disconnect'; type = 'TeardownReport'
            get = { Disconnect-WSMan $one -InformationVariable told; $told.MessageData }
            properties = 'ComputerName', 'State', 'Graceful', 'ElapsedMs', 'ConnectionsClosed', 'SecretsWiped' }
    ) {
        $object = & $get
        $object | Export-Clixml $file
        $read = Import-Clixml $file
        $read.PSTypeNames[0] | Should -BeExactly "Deserialized.Microsoft.WSMan.Management.$type"
        foreach ($name in $properties) { Get-Text $read.$name | Should -BeExactly (Get-Text $object.$name) }
        Assert-NoSecret (Get-Content $file -Raw)
    }

    It 'is read again by Import-Clixml: what Test-WSMan answers' {
        Test-WSMan $one @login | Export-Clixml $file
        (Import-Clixml $file).ProductVendor | Should -Be 'Microsoft Corporation'
    }

    It 'is JSON: <what>' -ForEach @(
        @{ what = 'a computer'; get = { $computerItem }
            properties = 'Name', 'ConnectionUri', 'UserName', 'Connections' }
        @{ what = 'a setting'; get = { Get-Item $h\Client\NetworkDelayms }; properties = 'Name', 'Value', 'PSPath' }
        @{ what = 'the report of a disconnect'; properties = 'ComputerName', 'Graceful', 'ConnectionsClosed', 'Warnings'
            get = { Disconnect-WSMan $one -InformationVariable told; $told.MessageData } }
    ) {
        $object = & $get
        $text = $object | ConvertTo-Json -Depth 2 -EnumsAsStrings -WarningAction Ignore
        $read = $text | ConvertFrom-Json
        foreach ($name in $properties) { Get-Text $read.$name | Should -BeExactly (Get-Text $object.$name) }
        Assert-NoSecret $text
    }

    It 'is JSON with the steps of a disconnect' {
        Disconnect-WSMan $one -InformationVariable told
        $read = $told.MessageData | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $read.State | Should -BeExactly Closed
        $read.Steps[-1].Step, $read.Steps[-1].Result | Should -Be close, ok
    }

    It 'is CSV: the settings of a computer' {
        Get-ChildItem $h\Client\Auth | Select-Object Name, Value | Export-Csv $file
        $read = Import-Csv $file
        $read.Name | Should -Contain Kerberos
        $read.Where{ $_.Name -eq 'CredSSP' }.Value | Should -Be false
    }

    It 'is a transcript without the password' {
        $result = Invoke-Pwsh "Start-Transcript '$file' | Out-Null
            `$credential = $credentialText
            Connect-WSMan $one -UseSSL -Port $($computer.Https) -Authentication Basic -Credential `$credential -Verbose
            Get-ChildItem WSMan:\ | Format-Table | Out-Host
            Disconnect-WSMan $one -Verbose
            Disconnect-WSMan $one
            Stop-Transcript | Out-Null" -MayFail
        $result.Error | Should -BeLike "*There is no connection to $one.*"
        $text = Get-Content $file -Raw
        foreach ($part in "WSManConfig:", "VERBOSE: $one closed: ",
            "There is no connection to $one.", 'PowerShell transcript end') {
            $text | Should -BeLike "*$part*"
        }
        Assert-NoSecret $text
    }
}
