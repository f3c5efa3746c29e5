# WSMan:\localhost\Client is the settings file of the user.
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
    AfterEach { Disconnect-All }

    It 'is all that there is of localhost without a session' {
        (Get-ChildItem WSMan:\localhost).Name | Should -BeExactly Client
        Test-Path WSMan:\localhost\Service | Should -BeFalse
        Test-Path WSMan:\localhost\MaxEnvelopeSizekb | Should -BeFalse
    }

    It 'has the settings that the client has, in the order of Windows' {
        (Get-ChildItem $client).Name | Should -BeExactly NetworkDelayms, URLPrefix, AllowUnencrypted, Auth,
            DefaultPorts, TrustedHosts, MaxEnvelopeSizekb, TrustedCAPath, ClientCertificateFile,
            AllowFreshCredentials, CredSSPMinimumVersion, TestTimeoutms, TeardownTimeoutms, ExitTimeoutms
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
        @{ command = { Set-Item $client\CredSSPMinimumVersion 1 }; text = 'from 2 to 6' }
        @{ command = { Set-Item $client\ClientCertificateFile ~/me.pfx }; text = 'absolute path of a PEM or PFX' }
        @{ command = { Set-Item $client\Auth\CredSSP maybe }; text = 'Auth/CredSSP must be true or false' }
        @{ command = { Set-Item $client\DefaultPorts\HTTP 70000 }; text = '65535' }
        @{ command = { Set-Item $client\Nope 1 }; text = 'There is no item' }
        @{ command = { Set-Item $client\Auth 1 }; text = 'container' }
        @{ command = { Set-Item $client\TrustedHosts 1, 2 -Force }; text = 'System.String' }
        @{ command = { Set-Item $client\URLPrefix $null }; text = '$null'; id = 'System.ArgumentException' }
        @{ command = { Remove-Item $client\TrustedHosts }; cmdlet = 'RemoveItem'; text = 'cannot be removed' }
        @{ command = { New-Item $client\Listener }; cmdlet = 'NewItem'; text = 'no connection to localhost'
            id = 'System.ArgumentException' }
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

    It 'names a broken file, and leaves it alone' {
        $broken = '{ "TrustedHosts": '
        Set-Content $file $broken -NoNewline
        Assert-DriveError (Get-OneError { Get-ChildItem $client }) GetChildItem $file
        Assert-DriveError (Get-OneError { Set-Item $client\URLPrefix x }) SetItem $file
        Test-Path $client\URLPrefix | Should -BeFalse
        (Get-ChildItem WSMan:\).Name | Should -Be localhost
        Get-Content $file -Raw | Should -BeExactly $broken
    }

    It 'is obeyed by the next connection' {
        $how = @{ Port = $computer.Http; Authentication = 'Basic'; Credential = $computer.Credential }
        $failure = Get-OneError { Connect-WSMan $one @how }
        Assert-WSManError $failure ConnectWSMan $one AllowUnencrypted
        Set-Item $client\AllowUnencrypted $true
        Connect-WSMan $one @how
        Get-Connected | Should -Be $one
    }
}
