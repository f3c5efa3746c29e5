# WSMan:\localhost\Client, and the settings at the root of localhost, are the settings file of the user.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.1.1'
    $computer = Start-Computer $one
    $client = 'WSMan:\localhost\Client'
    $file = "$env:XDG_CONFIG_HOME/wsman/client.json"
}
AfterAll { Stop-Computer $computer }

Describe 'WSMan:\localhost\Client' {
    BeforeEach { Set-ClientSetting }
    AfterEach { Disconnect-EveryComputer }

    It 'is the only container of localhost without a session' {
        Get-ChildItem WSMan:\localhost | Where-Object Type -eq Container | ForEach-Object Name | Should -BeExactly Client
    }

    It 'has the settings that the client has, in the order of Windows' {
        (Get-ChildItem $client).Name | Should -BeExactly NetworkDelayms, URLPrefix, AllowUnencrypted, Auth,
            DefaultPorts, TrustedHosts, TrustedCAPath, ClientCertificateFile, LegacyTLSHosts,
            AllowFreshCredentials, CredSSPMinimumVersion, ConnectTimeoutms, TestTimeoutms, TeardownTimeoutms,
            ExitTimeoutms
        (Get-ChildItem $client\Auth).Name | Should -BeExactly Basic, Digest, Kerberos, Negotiate, Certificate, CredSSP
        foreach ($item in Get-ChildItem $client -Recurse) {
            (Get-Item $item.PSPath).PSPath | Should -BeExactly $item.PSPath
        }
    }

    It 'writes a setting to the file, where the rest stays' {
        $kept = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable
        $kept.Unknown = 1, 2
        $kept | ConvertTo-Json | Set-Content $file
        Set-Item $client\TrustedHosts 'a.b,*.c' -Force
        Set-Item $client\TrustedHosts 'A.B, d' -Concatenate -Force
        (Get-Item $client\TrustedHosts).Value | Should -BeExactly 'a.b,*.c,d'
        Set-Item $client\allowunencrypted $true
        (Get-Item $client\AllowUnencrypted).Value | Should -BeExactly true
        Set-Item $client\DefaultPorts\HTTP 81
        (Get-Item $client\DefaultPorts\HTTP).Value | Should -BeExactly '81'
        Clear-Item $client\TrustedHosts -Force
        (Get-Item $client\TrustedHosts).Value | Should -BeExactly ''

        $written = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable
        $written.Unknown | Should -Be 1, 2
        $written.TrustedCAPath | Should -BeExactly $kept.TrustedCAPath
        $written.AllowUnencrypted | Should -BeTrue
        [IO.File]::GetUnixFileMode($file) | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite')
    }

    It 'adds no entry to $PSDefaultParameterValues' {
        $before = $global:PSDefaultParameterValues.Count
        Set-Item $client\AllowUnencrypted $true
        $global:PSDefaultParameterValues.Count | Should -Be $before
    }

    It 'is only described and not written with -WhatIf' {
        $before = Get-Content $file -Raw
        $prompt = Start-Prompt
        $shown = Read-Prompt $prompt "Set-Item $client\AllowUnencrypted `$false -WhatIf"
        $null = Wait-Pwsh $prompt
        $shown | Should -BeLike "*What if: Set the item $client\AllowUnencrypted to the value false."
        Get-Content $file -Raw | Should -BeExactly $before
    }

    It 'refuses <command>, and writes nothing: <text>' -ForEach @(
        @{ command = { Set-Item $client\AllowUnencrypted maybe }; text = 'AllowUnencrypted' }
        @{ command = { Set-Item $client\URLPrefix /x/ }; text = 'URLPrefix' }
        @{ command = { Set-Item $client\TrustedHosts 'a b c' -Force }; text = 'TrustedHosts' }
        @{ command = { Set-Item $client\AllowFreshCredentials server01 -Force }; text = 'write wsman/server01' }
        @{ command = { Set-Item $client\AllowFreshCredentials wsman/a, wsman/b -Force }; text = 'System.String' }
        @{ command = { Set-Item $client\LegacyTLSHosts * -Force }; text = 'name the computers' }
        @{ command = { Set-Item $client\LegacyTLSHosts a:5986 -Force }; text = 'without a port' }
        @{ command = { Set-Item $client\CredSSPMinimumVersion 1 }; text = 'from 2 to 6' }
        @{ command = { Set-Item $client\ClientCertificateFile ~/me.pfx }; text = 'absolute path of a PEM or PFX' }
        @{ command = { Set-Item $client\Auth\CredSSP maybe }; text = 'Auth/CredSSP must be true or false' }
        @{ command = { Set-Item $client\DefaultPorts\HTTP 70000 }; text = '65535' }
        @{ command = { Set-Item $client\Nope 1 }; text = 'There is no item' }
        @{ command = { Set-Item $client\Auth 1 }; text = 'container' }
        @{ command = { Set-Item $client\TrustedHosts 1, 2 -Force }; text = 'System.String' }
        @{ command = { Set-Item $client\URLPrefix $null }; text = '$null'; id = 'System.ArgumentException' }
        @{ command = { Remove-Item $client\TrustedHosts }; cmdlet = 'RemoveItem'; text = 'cannot be removed' }
        @{ command = { New-Item $client\Listener }; cmdlet = 'NewItem'; text = 'An item cannot be made here' }
    ) {
        $before = Get-Content $file -Raw
        $expected = @{ Command = $cmdlet ?? 'SetItem'; Text = $text; Id = $id ?? 'System.InvalidOperationException' }
        Assert-DriveError (Get-OneError $command) @expected
        Get-Content $file -Raw | Should -BeExactly $before
    }

    It 'keeps who may get fresh credentials as a list' {
        Set-Item $client\AllowFreshCredentials 'wsman/a, wsman/*.b' -Force
        Set-Item $client\AllowFreshCredentials 'WSMAN/A,wsman/c' -Concatenate -Force
        (Get-Item $client\AllowFreshCredentials).Value | Should -BeExactly 'wsman/a,wsman/*.b,wsman/c'
        Clear-Item $client\AllowFreshCredentials -Force
        (Get-Item $client\AllowFreshCredentials).Value | Should -BeExactly ''
    }

    It 'keeps who may have old TLS as a list' {
        Set-Item $client\LegacyTLSHosts 'old1, *.plant.example' -Force
        Set-Item $client\LegacyTLSHosts 'OLD1,old2' -Concatenate -Force
        (Get-Item $client\LegacyTLSHosts).Value | Should -BeExactly 'old1,*.plant.example,old2'
        Clear-Item $client\LegacyTLSHosts -Force
        (Get-Item $client\LegacyTLSHosts).Value | Should -BeExactly ''
    }

    It 'names a broken file, and leaves it alone' {
        $broken = '{ "TrustedHosts": '
        Set-Content $file $broken -NoNewline
        Assert-DriveError (Get-OneError { Get-ChildItem $client }) GetChildItem $file
        Assert-DriveError (Get-OneError { Set-Item $client\URLPrefix x }) SetItem $file
        Test-Path $client\URLPrefix | Should -BeFalse
        (Get-ChildItem WSMan:\).Name | Should -Be localhost
        Get-Content $file -Raw | Should -BeExactly $broken
    }

    It 'is obeyed by nothing while others could write the <what>, and says what ends that' -ForEach @(
        @{ what = 'file'; path = { $file }; open = 'UserRead, UserWrite, GroupRead, GroupWrite' }
        @{ what = 'folder'; path = { Split-Path $file }; open = 'UserRead, UserWrite, UserExecute, OtherWrite, OtherExecute' }
    ) {
        Set-ClientSetting @{ AllowUnencrypted = $true; TrustedHosts = '*' }
        $target = & $path
        $before = [IO.File]::GetUnixFileMode($target), (Get-Content $file -Raw)
        [IO.File]::SetUnixFileMode($target, [IO.UnixFileMode] $open)
        try {
            $said = "The client settings file ""$file"" is not obeyed: others than its owner can write",
                "chmod go-w '$target'"
            Assert-DriveError (Get-OneError { Get-ChildItem $client }) GetChildItem $said
            Assert-DriveError (Get-OneError { Set-Item $client\URLPrefix x }) SetItem $said
            Assert-WSManError (Get-OneError { Get-WSManCredSSP }) GetWSManCredSSP '' $said
            $how = @{ Port = $computer.Http; Authentication = 'Basic'; Credential = $computer.Credential }
            Assert-WSManError (Get-OneError { Connect-WSMan $one @how }) ConnectWSMan $one $said
            Assert-WSManError (Get-OneError { Test-WSMan $one -Port $computer.Http }) TestWSMan $one $said
            Get-HeldCount $computer | Should -Be 0
            Get-Content $file -Raw | Should -BeExactly $before[1]

            $message = (Get-OneError { Get-ChildItem $client }).Exception.Message
            Invoke-Expression ($message -replace '^.* then: ' -replace '\. Where .*$')
            Connect-WSMan $one @how
        } finally {
            [IO.File]::SetUnixFileMode($target, $before[0])
        }
    }

    It 'says in -Verbose which names of the file are not obeyed' {
        Set-ClientSetting @{ trustedHosts = '*'; Auth = @{ Basics = $true } }
        $said = "The client settings file ""$file"" has ""trustedHosts"", which is not obeyed: " +
            'it is written "TrustedHosts".'
        $more = "The client settings file ""$file"" has ""Auth/Basics"", which is not obeyed: " +
            'there is no such client setting.'
        $login = $computer.Login
        foreach ($read in { Get-ChildItem WSMan:\localhost -Recurse -Verbose }, { Connect-WSMan $one @login -Verbose },
            { Get-WSManInstance winrm/config/client -Verbose }, { Get-WSManCredSSP -Verbose }) {
            $lines = @(& $read 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] })
            $lines.Message | Where-Object { $_ -in $said, $more } | Sort-Object -Descending | Should -BeExactly $said, $more
        }
        (Get-Item $client\TrustedHosts).Value | Should -BeExactly ''
    }

    It 'names what is wrong with a file that is <what>' -ForEach @(
        @{ what = 'empty'; text = ''; said = 'it is empty; {} has the default of every setting' }
        @{ what = 'UTF-16'; text = '{}'; encoding = 'unicode'; said = 'it is UTF-16; settings are read in UTF-8' }
    ) {
        Set-Content $file $text -NoNewline -Encoding ($encoding ?? 'utf8NoBOM')
        Assert-DriveError (Get-OneError { Get-ChildItem $client }) GetChildItem $said, 'move it away to use the defaults'
    }

    It 'is obeyed by the next connection' {
        $how = @{ Port = $computer.Http; Authentication = 'Basic'; Credential = $computer.Credential }
        $failure = Get-OneError { Connect-WSMan $one @how }
        Assert-WSManError $failure ConnectWSMan $one AllowUnencrypted
        Set-Item $client\AllowUnencrypted $true
        Connect-WSMan $one @how
        Get-ConnectedComputer | Should -Be $one
    }
}

Describe 'WSMan:\localhost' {
    BeforeEach { Set-ClientSetting }
    AfterEach { Disconnect-EveryComputer }

    It 'lists the settings of a client before its container, as Windows does' {
        $items = Get-ChildItem WSMan:\localhost
        $items.Name | Should -BeExactly MaxEnvelopeSizekb, MaxTimeoutms, MaxBatchItems, Client
        $items.Value | Should -BeExactly '500', '60000', '32000', $null
        $items[0].PSPath | Should -BeExactly 'Microsoft.WSMan.Management\WSMan::localhost\MaxEnvelopeSizekb'
    }

    It 'has <name>, which takes what Windows takes: <value>' -ForEach @(
        @{ name = 'MaxEnvelopeSizekb'; value = 2048 }, @{ name = 'MaxTimeoutms'; value = '1800000' }
        @{ name = 'maxbatchitems'; value = 20 }
    ) {
        $path = "WSMan:\localhost\$name"
        Set-Item -Path $path -Value $value -Force
        (Get-Item $path).Value | Should -BeExactly "$value"
        (Get-Content $file -Raw | ConvertFrom-Json).$name | Should -Be $value
        Test-Path $path | Should -BeTrue
    }

    It 'refuses <value> for <name>' -ForEach @(
        @{ name = 'MaxEnvelopeSizekb'; value = 31; text = 'from 32 to 1039440' }
        @{ name = 'MaxTimeoutms'; value = 499; text = 'from 500 to 4294967295' }
        @{ name = 'MaxBatchItems'; value = 0; text = 'from 1 to 4294967295' }
        @{ name = 'MaxProviderRequests'; value = 5; text = 'There is no item' }
    ) {
        $before = Get-Content $file -Raw
        Assert-DriveError (Get-OneError { Set-Item WSMan:\localhost\$name $value }) SetItem $text
        Get-Content $file -Raw | Should -BeExactly $before
    }

    It 'is where a setting below Client has moved, which is reached there still' {
        Set-ClientSetting @{ MaxEnvelopeSizekb = 900 }
        (Get-Item $client\maxenvelopesizekb).Value | Should -BeExactly '900'
        Set-Item $client\MaxEnvelopeSizekb 1024
        (Get-Item WSMan:\localhost\MaxEnvelopeSizekb).Value | Should -BeExactly '1024'
        Test-Path $client\MaxTimeoutms | Should -BeFalse
        Test-Path $client\Auth\MaxEnvelopeSizekb | Should -BeFalse
    }

    It 'completes them: <typed>' -ForEach @(
        @{ typed = 'Set-Item WSMan:\localhost\Max'; offered = 'MaxBatchItems', 'MaxEnvelopeSizekb', 'MaxTimeoutms' }
        @{ typed = 'Get-Item WSMan:\localhost\'; offered = 'Client', 'MaxBatchItems', 'MaxEnvelopeSizekb', 'MaxTimeoutms' }
    ) {
        (TabExpansion2 $typed $typed.Length).CompletionMatches.ListItemText | Should -BeExactly $offered
    }

    It 'keeps the settings of the user where a session has its own' {
        $service = Start-Computer 127.0.0.1
        try {
            $login = $service.Login
            Connect-WSMan localhost @login
            Set-Item WSMan:\localhost\MaxEnvelopeSizekb 2048
            Set-Item WSMan:\localhost\MaxBatchItems 7
            (Get-ChildItem WSMan:\localhost).Name | Should -BeExactly MaxEnvelopeSizekb, MaxTimeoutms, MaxBatchItems,
                Client, Service, Shell, Listener, Plugin, ClientCertificate
            (Get-Item WSMan:\localhost\MaxEnvelopeSizekb).Value | Should -BeExactly '2048'
            $typed = 'Get-Item WSMan:\localhost\Max'
            (TabExpansion2 $typed $typed.Length).CompletionMatches.ListItemText |
                Should -BeExactly MaxBatchItems, MaxEnvelopeSizekb, MaxTimeoutms
            (Get-WSManInstance winrm/config -ComputerName localhost).MaxEnvelopeSizekb | Should -BeExactly '500'
        } finally {
            Disconnect-EveryComputer
            Stop-Computer $service
        }
    }

    It 'is obeyed by the next connection' {
        Set-Item WSMan:\localhost\MaxEnvelopeSizekb 123
        Set-Item WSMan:\localhost\MaxTimeoutms 90000
        $login = $computer.Login
        $null = Get-WSManInstance wmicimv2/Win32_Service?Name=winrm -ComputerName $one @login
        $body = (Get-LastRequest $computer).body
        $body | Should -BeLike '*MaxEnvelopeSize*>125952<*'
        $body | Should -BeLike '*OperationTimeout>PT90.000S<*'

        $slow = New-WSManSessionOption -OperationTimeout 120000
        $null = Get-WSManInstance wmicimv2/Win32_Service?Name=winrm -ComputerName $one @login -SessionOption $slow
        (Get-LastRequest $computer).body | Should -BeLike '*OperationTimeout>PT120.000S<*'
    }

    It 'bounds with MaxBatchItems what a page is asked for' {
        Set-Item WSMan:\localhost\MaxBatchItems 7
        $login = $computer.Login
        $before = (Get-Count $computer).operations
        $rows = @(Get-WSManInstance wmicimv2/Win32_Service -Enumerate -ComputerName $one @login)
        $pages = (Get-Count $computer).operations.Pull - $before.Pull + 1
        $pages | Should -Be ([Math]::Ceiling($rows.Count / 7))
        $asked = (Get-LastRequest $computer $pages).body | ForEach-Object { [regex]::Match($_, 'MaxElements>(\d+)<').Groups[1].Value }
        $asked | Should -Be @(, '7' * $pages)
    }
}

Describe 'A part of a service below localhost, without a session to one' {
    BeforeAll { Set-ClientSetting }

    It 'is not there for Test-Path and Set-Location: <_>' -ForEach 'Service', 'Service\Auth\Basic', 'Shell\MaxShellsPerUser',
        'Listener', 'Plugin\x', 'ClientCertificate' {
        Test-Path WSMan:\localhost\$_ | Should -BeFalse
        # The command before is not the one that asks.
        Get-Item WSMan:\localhost | ForEach-Object { Test-Path WSMan:\localhost\Service } | Should -BeFalse
        Get-ChildItem WSMan:\ | ForEach-Object { Resolve-Path WSMan:\localhost\Service -ErrorAction Ignore } | Should -BeNullOrEmpty
        Assert-PathNotFound (Get-OneError { Set-Location WSMan:\localhost\$_ }) SetLocation
    }

    It 'is named with the way to reach it: <command>' -ForEach @(
        @{ cmdlet = 'GetItem'; command = { Get-Item WSMan:\localhost\Service\Auth\Basic }; there = 'Service\Auth\Basic' }
        @{ cmdlet = 'GetItem'; command = { Get-Item WSMan:/localhost/shell }; there = 'shell' }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem WSMan:\localhost\Listener }; there = 'Listener' }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem WSMan:\localhost\Plugin -Recurse }; there = 'Plugin' }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem WSMan:\localhost\Listener -Name }; there = 'Listener' }
        @{ cmdlet = 'RemoveItem'; command = { Remove-Item WSMan:\localhost\Listener\Listener_1 -Recurse }; there = 'Listener\Listener_1' }
    ) {
        $failure = Get-OneError $command
        Assert-PathNotFound $failure $cmdlet
        "$failure" | Should -BeLike "*this computer has none*WSMan:\server01\$there, once Connect-WSMan server01*"
    }

    It 'cannot be changed or made, and is named with the way to reach it: <command>' -ForEach @(
        @{ cmdlet = 'SetItem'; command = { Set-Item WSMan:\localhost\Service\AllowUnencrypted $true -Force }
            there = 'Service\AllowUnencrypted' }
        @{ cmdlet = 'SetItem'; command = { Set-Item WSMan:\localhost\Service\RootSDDL x }; there = 'Service\RootSDDL' }
        @{ cmdlet = 'ClearItem'; command = { Clear-Item WSMan:\localhost\Shell\MaxShellsPerUser }; there = 'Shell\MaxShellsPerUser' }
        @{ cmdlet = 'NewItem'; command = { New-Item WSMan:\localhost\Listener -Address * -Transport HTTP -Force }; there = 'Listener'
            id = 'System.ArgumentException' }
        @{ cmdlet = 'NewItem'; there = 'ClientCertificate'; id = 'System.ArgumentException'
            command = { New-Item WSMan:\localhost\ClientCertificate -Issuer x -Subject y -URI z -Force } }
    ) {
        Assert-DriveError (Get-OneError $command) $cmdlet "WSMan:\server01\$there, once Connect-WSMan server01" `
            -Id ($id ?? 'System.InvalidOperationException')
    }

    It 'is passed over with -ErrorAction SilentlyContinue' {
        Get-Item WSMan:\localhost\Service -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}
