BeforeDiscovery { Import-Module "$PSScriptRoot/Support.psm1" }
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
}

# What goes wrong on the wire is the subject of e2e/auth.
Describe 'Connect-WSMan in a Kerberos realm' -Skip:(-not (Test-Realm)) {
    BeforeAll {
        $realm = Start-Realm
        $computer = Start-Computer 127.0.0.1 -Password $realm.users.tester -Environment $realm.service `
            -Option '--offer', 'negotiate,kerberos,credssp'
        # Takes Basic, and is behind apache, which takes Negotiate and does not seal.
        $behind = Start-Computer 127.0.0.1
        $apache = Start-Apache $behind -Environment $realm.service

        # Begins a PowerShell whose user has a ticket. $user has the password, for Kerberos and NTLM alike; $ntlm is
        # written so that only NTLM can do with it.
        function Start-Client([hashtable] $Environment = @{}) {
            $variables = $realm.client.Clone()
            $variables.WSMAN_TEST_PASSWORD = $realm.users.tester
            foreach ($name in $Environment.Keys) { $variables[$name] = $Environment[$name] }
            $started = Start-Pwsh '-Command', '-' $variables
            $null = Invoke-Script $started @"
                `$user = $credentialText
                `$ntlm = [pscredential]::new('WSMAN\$userName', `$user.Password)
"@
            $started
        }

        $client = Start-Client

        # What a script in the realm says of an error, and the same of the error that is expected.
        $telling = '"$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category) $($_.TargetObject)"; $_.Exception.Message'
        function Assert-ConnectErrorTold($Result, [string[]] $Text) {
            $id = 'WsManError,Microsoft.WSMan.Management.ConnectWSManCommand'
            $Result.Lines | Should -Contain "$id InvalidOperation localhost"
            foreach ($part in $Text) { $Result.Output | Should -BeLike "*$([wildcardpattern]::Escape($part))*" }
        }
    }
    AfterAll {
        if ($client) { Stop-PipedProcess $client.Process }
        Stop-ThirdPartyServer $apache
        Stop-Computer $behind
        Stop-Computer $computer
        Stop-ThirdPartyServer $realm
    }
    AfterEach {
        $null = Invoke-Script $client 'Disconnect-WSMan localhost'
        Set-ClientSetting
        "$($client.Output)" | Should -Not -BeLike "*$($realm.users.tester)*"
    }

    It 'opens, uses and ends a session over <scheme>: Connect-WSMan localhost <how>' -ForEach @(
        @{
            scheme = 'http'; how = '-Authentication Kerberos'
            proof = 'Kerberos in 1 round trip; messages are encrypted'
        }
        @{ scheme = 'http'; how = ''; proof = 'Kerberos in 1 round trip; messages are encrypted' }
        @{ scheme = 'https'; how = '-Authentication Kerberos'; proof = 'Kerberos in 1 round trip' }
        @{
            scheme = 'http'; how = '-Authentication Negotiate -Credential $user'
            proof = 'Kerberos in 1 round trip; messages are encrypted'
        }
        @{ scheme = 'https'; how = '-Credential $user'; proof = 'Kerberos in 1 round trip' }
        @{ scheme = 'https'; how = '-Authentication Negotiate -Credential $ntlm'; proof = 'NTLM in 2 round trips' }
        @{ scheme = 'http'; how = '-Authentication Credssp -Credential $user'; proof = 'CredSSP (Kerberos)' }
        @{ scheme = 'https'; how = '-Authentication Credssp -Credential $ntlm'; proof = 'CredSSP (NTLM)' }
    ) {
        $port = $scheme -eq 'https' ? "-UseSSL -Port $($computer.Https)" : "-Port $($computer.Http)"
        $result = Invoke-Script $client @"
            `$null = Enable-WSManCredSSP Client localhost -Force
            Connect-WSMan localhost $port $how -Verbose
            (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms
            `$null = New-WSManInstance shell/cmd @{} -ComputerName localhost
            Disconnect-WSMan localhost -InformationVariable report
            "`$(`$report.MessageData)"
            `$report.MessageData.Graceful
"@
        $result.Output | Should -BeLike "*$proof*"
        $result.Lines | Should -Contain '60000'
        $result.Lines -like 'localhost closed: 1 shell*' | Should -HaveCount 1
        $result.Lines | Should -Contain 'True'
        Get-HeldCount $computer connections | Should -Be 0
        Get-HeldCount $computer shells | Should -Be 0
    }

    # Apache knows no sealing, so over http the client settings and -NoEncryption have to allow for clear text.
    It 'connects to apache over <scheme>: Connect-WSMan localhost <how>' -ForEach @(
        @{ scheme = 'https'; how = '-Authentication Negotiate'; proof = 'Kerberos in 1 round trip' }
        @{ scheme = 'https'; how = '-Authentication Negotiate -Credential $user'; proof = 'Kerberos in 1 round trip' }
        @{ scheme = 'https'; how = '-Authentication Negotiate -Credential $ntlm'; proof = 'NTLM in 2 round trips' }
        @{
            scheme = 'http'; how = '-Authentication Negotiate -SessionOption (New-WSManSessionOption -NoEncryption)'
            proof = 'Kerberos in 1 round trip'
        }
    ) {
        $port = $scheme -eq 'https' ? "-UseSSL -Port $($apache.https)" : "-Port $($apache.http)"
        Set-ClientSetting @{ AllowUnencrypted = $true }
        $result = Invoke-Script $client @"
            Connect-WSMan localhost $port $how -Verbose
            (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms
            Disconnect-WSMan localhost
"@
        $result.Output | Should -BeLike "*$proof*"
        $result.Lines | Should -Contain '60000'
    }

    Context 'without a library of GSSAPI' {
        BeforeAll {
            # What is found first is no library, so that none is loaded.
            $null = New-Item "$TestDrive/none/libgssapi_krb5.so.2" -Force
            $bare = Start-Client @{ LD_LIBRARY_PATH = "$TestDrive/none" }
        }
        AfterAll { if ($bare) { Stop-PipedProcess $bare.Process } }

        It 'connects with NTLM over <scheme>: Connect-WSMan localhost <how>' -ForEach @(
            @{ scheme = 'http'; how = '-Credential $user'; proof = 'NTLM in 2 round trips; messages are encrypted' }
            @{
                scheme = 'http'; how = '-Authentication Negotiate -Credential $ntlm'
                proof = 'NTLM in 2 round trips; messages are encrypted'
            }
            @{ scheme = 'https'; how = '-Credential $ntlm'; proof = 'NTLM in 2 round trips' }
        ) {
            Set-ClientSetting @{ TrustedHosts = 'localhost' }
            $port = $scheme -eq 'https' ? "-UseSSL -Port $($computer.Https)" : "-Port $($computer.Http)"
            $result = Invoke-Script $bare @"
                Connect-WSMan localhost $port $how -Verbose
                (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms
                Disconnect-WSMan localhost
"@
            $result.Output | Should -BeLike "*$proof*"
            $result.Lines | Should -Contain '60000'
            Get-HeldCount $computer connections | Should -Be 0
        }

        It 'says so where the policy of OpenSSL forbids MD5' {
            Set-ClientSetting @{ TrustedHosts = 'localhost' }
            # No provider here has this property, so that OpenSSL has nothing to hash with.
            Set-Content "$TestDrive/policy.cnf" @(
                'openssl_conf = start', '[start]', 'alg_section = policy', '[policy]', 'default_properties = fips=yes'
            )
            $strict = Start-Client @{ OPENSSL_CONF = "$TestDrive/policy.cnf" }
            try {
                $result = Invoke-Script $strict @"
                    try { Connect-WSMan localhost -Port $($computer.Http) -Credential `$ntlm } catch { $telling }
"@
                Assert-ConnectErrorTold $result 'NTLM needs MD5', 'OPENSSL_CONF'
            } finally {
                Stop-PipedProcess $strict.Process
            }
        }

        It 'names the package that Kerberos needs: Connect-WSMan localhost <how>' -ForEach @(
            @{ how = '-Authentication Kerberos' }, @{ how = '-Authentication Negotiate' }
            @{ how = '-Authentication Negotiate -Credential $user' }
        ) {
            $result = Invoke-Script $bare @"
                try { Connect-WSMan localhost -Port $($computer.Http) $how } catch { $telling }
"@
            Assert-ConnectErrorTold $result 'libgssapi_krb5.so.2', 'apt install libgssapi-krb5-2'
        }
    }

    It 'tells that a computer does not offer Negotiate, and what it offers' {
        $result = Invoke-Script $client @"
            try { Connect-WSMan localhost -UseSSL -Port $($behind.Https) -Authentication Negotiate -Credential `$user }
            catch { $telling }
"@
        Assert-ConnectErrorTold $result 'does not offer', 'Negotiate', 'Basic'
    }

    It 'names the clock of a server that is wrong: <how>' -ForEach @(
        @{ how = '-Authentication Kerberos' }, @{ how = '-Authentication Negotiate -Credential $user' }
    ) {
        $fast = Start-Computer 127.0.0.1 -Option '--offer', 'negotiate,kerberos' `
            -Environment ($realm.service + $realm.clock + @{ FAKETIME = '+1h' })
        try {
            $result = Invoke-Script $client @"
                try { Connect-WSMan localhost -Port $($fast.Http) $how } catch { $telling }
"@
            Assert-ConnectErrorTold $result 'clock'
            Get-HeldCount $fast | Should -Be 0
        } finally {
            Stop-Computer $fast
        }
    }

    It 'tells the time of a server that is another and refuses NTLM, and connects in spite of it' {
        Set-ClientSetting @{ TrustedHosts = 'localhost' }
        $fast = Start-Computer 127.0.0.1 -Option '--offer', 'negotiate' `
            -Environment ($realm.service + $realm.clock + @{ FAKETIME = '+3h' })
        try {
            $result = Invoke-Script $client @"
                `$nobody = [pscredential]::new('WSMAN\nobody', `$user.Password)
                try { Connect-WSMan localhost -Port $($fast.Http) -Credential `$nobody } catch { $telling }
                Connect-WSMan localhost -Port $($fast.Http) -Credential `$ntlm -Verbose
"@
            Assert-ConnectErrorTold $result 'Access is denied', 'The clock of the server is', 'ahead of that of this'
            $result.Output | Should -BeLike '*NTLM in 2 round trips*'
        } finally {
            Stop-Computer $fast
        }
    }
}

Describe 'Connect-WSMan with Digest' {
    AfterEach { Disconnect-EveryComputer }

    It 'goes on when its nonces have been used up' {
        $computer = Start-Computer 127.0.0.1 -Option '--offer', 'digest', '--flavour', 'openwsman', '--digest-uses', '3'
        try {
            $login = @{
                UseSSL = $true; Port = $computer.Https; Authentication = 'Digest'; Credential = $computer.Credential
            }
            1..10 | ForEach-Object { Test-WSMan localhost @login } | Should -HaveCount 10
            Connect-WSMan localhost @login
            $refused = (Get-Count $computer).refused
            $what = @{
                ResourceURI = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Win32_Service'
                SelectorSet = @{ Name = 'spooler' }
            }
            1..10 | ForEach-Object { Get-WSManInstance @what -ComputerName localhost } | Should -HaveCount 10
            # Each nonce is good for three of eleven requests; a new one comes with a refusal.
            (Get-Count $computer).refused - $refused | Should -Be 3
            Disconnect-WSMan localhost -InformationVariable told
            $told.MessageData.Graceful | Should -BeTrue
            Get-HeldCount $computer | Should -Be 0
        } finally {
            Stop-Computer $computer
        }
    }

    Context 'to apache' -Skip:(-not (Test-ThirdPartyServer)) {
        BeforeAll {
            $behind = Start-Computer 127.0.0.1
            $apache = Start-Apache $behind '--scheme', 'digest'
        }
        AfterAll {
            Stop-ThirdPartyServer $apache
            Stop-Computer $behind
        }
        AfterEach { Set-ClientSetting }

        It 'opens, uses and ends a session over https' {
            $login = @{
                UseSSL = $true; Port = $apache.https; Authentication = 'Digest'; Credential = $behind.Credential
            }
            Connect-WSMan localhost @login
            1..10 | ForEach-Object { Test-WSMan localhost @login } | Should -HaveCount 10
            (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms | Should -Be 60000
            Disconnect-WSMan localhost -InformationVariable told
            $told.MessageData.Graceful | Should -BeTrue
            (Get-Count $behind).refused | Should -Be 0
        }

        It 'opens, uses and ends a session over http' {
            Set-ClientSetting @{ AllowUnencrypted = $true }
            $login = @{ Port = $apache.http; Authentication = 'Digest'; Credential = $behind.Credential }
            Connect-WSMan localhost @login
            1..10 | ForEach-Object { Test-WSMan localhost @login } | Should -HaveCount 10
            Disconnect-WSMan localhost -InformationVariable told
            $told.MessageData.Graceful | Should -BeTrue
            (Get-Count $behind).refused | Should -Be 0
        }

        It 'names a wrong password as such' {
            $requests = (Get-Count $behind).requests
            $wrong = New-Credential 'not it'
            $failure = Get-OneError {
                Connect-WSMan localhost -UseSSL -Port $apache.https -Authentication Digest -Credential $wrong
            }
            Assert-WSManError $failure ConnectWSMan localhost 'Check the user name and the password.'
            (Get-Count $behind).requests | Should -Be $requests
        }
    }
}
