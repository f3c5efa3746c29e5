BeforeDiscovery { Import-Module "$PSScriptRoot/Support.psm1" }

# The computer has a name that only the proxies know, so that nobody gets there past them.
Describe 'Connect-WSMan through a proxy' -Skip:(-not (Test-Realm)) {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module $env:WSMAN_TEST_MODULE -Force
        $name = 'server01.wsman.test'
        $realm = Start-Realm
        $computer = Start-Computer $realm.hosts.$name -Option '--name', $name
        $login = $computer.Login
        $credential = $computer.Credential
        $proxy = Start-Tinyproxy $realm.names

        function Get-Option([string] $Authentication) {
            New-WSManSessionOption -ProxyAuthentication $Authentication -ProxyCredential $credential
        }

        # How often tinyproxy has been asked for the computer.
        function Get-AskedCount($Tinyproxy) {
            @(Select-String -Path $Tinyproxy.log -SimpleMatch "CONNECT ${name}:$($computer.Https)").Count
        }
    }
    AfterAll {
        Stop-ThirdPartyServer $proxy
        Stop-Computer $computer
        Stop-ThirdPartyServer $realm
    }
    BeforeEach {
        Remove-Item env:https_proxy, env:HTTPS_PROXY, env:no_proxy, env:NO_PROXY -ErrorAction Ignore
        $env:https_proxy = "http://127.0.0.1:$($proxy.http)"
        $requests = (Get-Count $computer).requests
    }
    AfterEach {
        Remove-Item env:https_proxy, env:HTTPS_PROXY, env:no_proxy, env:NO_PROXY -ErrorAction Ignore
        Set-ClientSetting
        Disconnect-EveryComputer
    }

    # The codes are those of Windows.
    It 'refuses what Windows refuses: <what>' -ForEach @(
        @{
            what = 'a computer over http'; code = '0x803381B1'
            connect = { Connect-WSMan $name -Port 5985 -SessionOption (Get-Option Basic) }
        }
        @{
            what = 'a computer with Kerberos'; code = '0x803381B2'
            connect = { Connect-WSMan $name -UseSSL -Authentication Kerberos -SessionOption (Get-Option Basic) }
        }
        @{
            what = 'a computer with CredSSP'; code = '0x803381B3'
            connect = {
                $null = Enable-WSManCredSSP Client $name -Force
                $option = Get-Option Basic
                Connect-WSMan $name -UseSSL -Authentication Credssp -Credential $credential -SessionOption $option
            }
        }
        @{
            what = 'a computer with -ProxyAccessType ProxyNoProxyServer and a credential'; code = '0x8033819D'
            connect = {
                $option = New-WSManSessionOption -ProxyAuthentication Basic -ProxyCredential $credential `
                    -ProxyAccessType ProxyNoProxyServer
                Connect-WSMan $name -UseSSL -SessionOption $option
            }
        }
    ) {
        $env:https_proxy = 'http://127.0.0.1:1'
        Assert-WSManError (Get-OneError $connect) ConnectWSMan $name $code
        (Get-Count $computer).requests | Should -Be $requests
    }

    Context 'tinyproxy' {
        It 'connects by <form> in <variable>' -ForEach @(
            @{ variable = 'https_proxy'; form = 'http://{0}' }
            @{ variable = 'HTTPS_PROXY'; form = '{0}' }
            @{ variable = 'https_proxy'; form = 'http://nobody:wrong@{0}/' }
        ) {
            $asked = Get-AskedCount $proxy
            Remove-Item env:https_proxy
            Set-Item "env:$variable" ($form -f "127.0.0.1:$($proxy.http)")
            $said = Connect-WSMan $name @login -SessionOption (Get-Option Basic) -Verbose 4>&1
            "$said" | Should -BeLike "*through the proxy 127.0.0.1:$($proxy.http)*"
            Assert-NoSecret "$said"
            (Get-WSManInstance winrm/config -ComputerName $name).MaxTimeoutms | Should -Be 60000
            Disconnect-WSMan $name -InformationVariable told
            $told.MessageData.Graceful | Should -BeTrue
            Get-AskedCount $proxy | Should -BeGreaterThan $asked
            Get-HeldCount $computer | Should -Be 0
        }

        It 'is named when it denies access: <how>' -ForEach @(
            @{
                how = 'a wrong password'; text = 'The proxy 127.0.0.1'
                option = {
                    $wrong = New-Credential 'not it'
                    New-WSManSessionOption -ProxyAuthentication Basic -ProxyCredential $wrong
                }
            }
            @{ how = 'Digest'; text = 'It accepts the authentication Basic'; option = { Get-Option Digest } }
            @{
                how = 'Negotiate and an address that is not trusted'; text = "TrustedHosts -Value '127.0.0.1'"
                option = { Get-Option Negotiate }
            }
        ) {
            $option = & $option
            $failure = Get-OneError { Connect-WSMan $name @login -SessionOption $option }
            Assert-WSManError $failure ConnectWSMan $name $text
            (Get-Count $computer).requests | Should -Be $requests
        }
    }

    Context 'without a proxy' {
        BeforeAll { $unused = Start-Tinyproxy $realm.names }
        AfterAll { Stop-ThirdPartyServer $unused }

        It 'does not find the name with <what>' -ForEach @(
            @{ what = 'no session option' }
            @{ what = 'a session option about something else'; option = { New-WSManSessionOption -SkipCNCheck } }
            @{ what = 'the name in no_proxy'; bypass = 'server01.wsman.test'; option = { Get-Option Basic } }
            @{ what = 'the domain in no_proxy'; bypass = 'other, wsman.test'; option = { Get-Option Basic } }
            @{
                what = '-ProxyAccessType ProxyNoProxyServer'
                option = { New-WSManSessionOption -ProxyAuthentication Negotiate -ProxyAccessType ProxyNoProxyServer }
            }
        ) {
            $env:https_proxy = "http://127.0.0.1:$($unused.http)"
            if ($bypass) { $env:no_proxy = $bypass }
            $how = $option ? @{ SessionOption = & $option } : @{}
            $failure = Get-OneError { Connect-WSMan $name @login @how }
            Assert-WSManError $failure ConnectWSMan $name $name
            Get-AskedCount $unused | Should -Be 0
            (Get-Count $computer).requests | Should -Be $requests
        }
    }

    Context 'that cannot be used' {
        It 'names <address>, and the reason' -ForEach @(
            @{ address = 'http://127.0.0.1:1'; text = 'That is the proxy which https_proxy names.' }
            @{ address = 'https://127.0.0.1:1'; text = 'only proxies of HTTP itself' }
            @{ address = 'http://127.0.0.1:99999'; text = 'it is no address' }
        ) {
            $env:https_proxy = $address
            $failure = Get-OneError { Connect-WSMan $name @login -SessionOption (Get-Option Basic) }
            Assert-WSManError $failure ConnectWSMan $name $text
            (Get-Count $computer).requests | Should -Be $requests
        }
    }

    Context 'apache as a proxy' {
        BeforeAll {
            $apaches = @{}
            foreach ($scheme in 'basic', 'digest', 'negotiate') {
                $apaches[$scheme] =
                    Start-Apache $computer '--scheme', $scheme, '--as-proxy' ($realm.service + $realm.names)
            }
            # A PowerShell whose user has a ticket, and credentials of the realm and the domain.
            $client = Start-Pwsh '-Command', '-' (
                $realm.client + @{ WSMAN_TEST_REALM_PASSWORD = $realm.users.tester; no_proxy = '' })
            $null = Invoke-Script $client @"
                `$secret = [Net.NetworkCredential]::new('', `$env:WSMAN_TEST_REALM_PASSWORD).SecurePassword
                `$kerberos = [pscredential]::new('$userName@WSMAN.TEST', `$secret)
                `$ntlm = [pscredential]::new('WSMAN\$userName', `$secret)
"@
        }
        AfterAll {
            if ($client) { Stop-PipedProcess $client.Process }
            $apaches.Values | ForEach-Object { Stop-ThirdPartyServer $_ }
        }

        It 'connects those who prove themselves by <scheme>' -ForEach @{ scheme = 'Basic' }, @{ scheme = 'Digest' } {
            $port = $apaches[$scheme].http
            $env:https_proxy = "http://localhost:$port"
            $said = Connect-WSMan $name @login -SessionOption (Get-Option $scheme) -Verbose 4>&1
            "$said" | Should -BeLike "*through the proxy localhost:$port*"
            (Get-WSManInstance winrm/config -ComputerName $name).MaxTimeoutms | Should -Be 60000
        }

        It 'connects those who prove themselves by Negotiate with <what>' -ForEach @(
            @{ what = 'the ticket of the user'; who = '' }
            @{ what = 'a credential of the realm'; who = '-ProxyCredential $kerberos' }
            @{ what = 'a credential of the domain'; who = '-ProxyCredential $ntlm' }
        ) {
            $port = $apaches.negotiate.http
            Set-ClientSetting @{ TrustedHosts = 'localhost' }
            $result = Invoke-Script $client @"
                `$env:https_proxy = 'http://localhost:$port'
                `$option = New-WSManSessionOption -ProxyAuthentication Negotiate $who
                Connect-WSMan $name -UseSSL -Port $($computer.Https) -Authentication Basic ``
                    -Credential $credentialText -SessionOption `$option -Verbose
                (Get-WSManInstance winrm/config -ComputerName $name).MaxTimeoutms
                Disconnect-WSMan $name
"@
            $result.Output | Should -BeLike "*through the proxy localhost:$port*"
            $result.Lines | Should -Contain '60000'
            Assert-NoSecret $result.Output
        }
    }
}
