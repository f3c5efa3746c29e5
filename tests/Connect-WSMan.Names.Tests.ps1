# Names of computers outside ASCII, names that no computer has, and addresses with zones.

BeforeDiscovery { Import-Module "$PSScriptRoot/Support.psm1" }

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $client = 'WSMan:\localhost\Client'
    Set-ClientSetting
}

# The name is known to the proxy alone, as its A-labels (RFC 3492), and only they are in the certificate.
Describe 'A name outside ASCII' -Skip:(-not (Test-Realm)) {
    BeforeAll {
        $typed, $called, $ascii = 'MÜNCHEN.wsman.test', 'münchen.wsman.test', 'xn--mnchen-3ya.wsman.test'
        $realm = Start-Realm
        $address = $realm.hosts.$ascii
        $computer = Start-Computer $address -Option '--name', $ascii
        $login = $computer.Login
        $proxy = Start-Tinyproxy $realm.names
        $how = @{
            SessionOption = New-WSManSessionOption -ProxyAuthentication Basic -ProxyCredential $computer.Credential
        }
    }
    AfterAll {
        Stop-ThirdPartyServer $proxy
        Stop-Computer $computer
        Stop-ThirdPartyServer $realm
    }
    BeforeEach { $env:https_proxy = "http://127.0.0.1:$($proxy.http)" }
    AfterEach {
        Remove-Item env:https_proxy -ErrorAction Ignore
        Disconnect-EveryComputer
        Set-ClientSetting
    }

    It 'is asked for and verified as its A-labels, and the session has the name, by <what>' -ForEach @(
        @{ what = 'the name'; connect = { Connect-WSMan $typed @login @how } }
        @{ what = 'the name with letters of two characters'; connect = { Connect-WSMan "mu`u{308}nchen.wsman.test" @login @how } }
        @{
            what = 'its URI'
            connect = {
                Connect-WSMan -ConnectionURI "https://${typed}:$($computer.Https)/wsman" -Authentication Basic `
                    -Credential $computer.Credential @how
            }
        }
    ) {
        & $connect
        (Get-ConnectedComputer).Normalize() | Should -BeExactly $called
        $proxy.log | Should -FileContentMatch "CONNECT ${ascii}:$($computer.Https)"
        Get-HeldCount $computer -Until 1 | Should -Be 1
        $name = Get-ConnectedComputer
        (Get-WSManInstance winrm/config -ComputerName $name).MaxTimeoutms | Should -Be 60000
        (Get-LastRequest $computer).body | Should -BeLike "*>https://${ascii}:$($computer.Https)/wsman<*"
        (Get-Item "WSMan:\$name\MaxTimeoutms").Value | Should -Be 60000
        Disconnect-WSMan $name
        Get-HeldCount $computer | Should -Be 0
    }

    It 'is called as typed in an error, with its A-labels beside the names of the certificate' {
        Set-ClientSetting
        $elsewhere = Start-Computer $address
        try {
            $port = $elsewhere.Https
            $failure = Get-OneError {
                Connect-WSMan $typed -UseSSL -Port $port -Authentication Basic -Credential $computer.Credential @how
            }
            Assert-WSManError $failure ConnectWSMan $called "The certificate of $called (port $port) was refused",
                "it is not made out to `"$called`" ($ascii)"
        } finally {
            Stop-Computer $elsewhere
        }
    }
}

Describe 'A list of computers in the client settings' {
    AfterEach { Set-ClientSetting }

    It 'has names outside ASCII as their A-labels, by <what>' -ForEach @(
        @{ what = 'Set-Item'; set = { Set-Item $client\TrustedHosts 'a,*.MÜNCHEN.example' -Force } }
        @{
            what = '-Concatenate'
            set = {
                Set-Item $client\TrustedHosts a -Force
                Set-Item $client\TrustedHosts '*.münchen.example' -Concatenate -Force
            }
        }
        @{
            what = 'Set-WSManInstance'
            set = { $null = Set-WSManInstance winrm/config/client -ValueSet @{ TrustedHosts = 'a,*.münchen.example' } }
        }
    ) {
        & $set
        (Get-Item $client\TrustedHosts).Value | Should -BeExactly 'a,*.xn--mnchen-3ya.example'
    }

    It 'has them so by Enable-WSManCredSSP' {
        $null = Enable-WSManCredSSP Client 'münchen.example' -Force
        (Get-Item $client\AllowFreshCredentials).Value | Should -BeExactly 'wsman/xn--mnchen-3ya.example'
    }

    It 'refuses a * within a label outside ASCII, which has no A-label' {
        $failure = Get-OneError { Set-Item $client\TrustedHosts 'mün*.example' -Force }
        Assert-DriveError $failure SetItem 'has a * beside letters outside ASCII'
        (Get-Item $client\TrustedHosts).Value | Should -BeExactly ''
    }

    It 'is not obeyed where the file has them otherwise, and the error names the form' {
        Set-ClientSetting @{ TrustedHosts = 'münchen.example' }
        $failure = Get-OneError { Test-WSMan 127.0.0.1 -Port 1 }
        Assert-WSManError $failure TestWSMan 127.0.0.1 'client.json', '"münchen.example"', 'as A-labels (RFC 5891)'
    }
}

Describe 'A name that no computer has' {
    # Each character of ASCII that no name has, and what has no A-labels.
    It 'is refused with a sentence, by <_>' -ForEach 'Connect-WSMan', 'Test-WSMan' {
        $command = $_
        $signs = @(32..126).ForEach{ [string][char]$_ } -notmatch '[\w.-]'
        $names = @($signs.ForEach{ "a${_}b" }; $signs.ForEach{ "ü${_}b" }) + '.a', 'ü..b', "ü`u{0}", "`u{d800}",
            ('a' * 255), ('ü' * 64), 'a℀ü', '%', 'a\', "`n", "a`u{7f}"
        foreach ($name in $names) {
            $failure = Get-OneError { & $command $name -Port 1 }
            $failure.FullyQualifiedErrorId | Should -Be "WsManError,Microsoft.WSMan.Management.$($command -replace '-')Command"
            "$failure" | Should -BeLike '"*" is not the name of a computer: *'
        }
    }

    It 'is refused by the drive, too' {
        $failure = Get-OneError { New-Item 'WSMan:\a^b' -Port 1 }
        Assert-DriveError $failure NewItem '"a^b" is not the name of a computer: it has "^" in it'
    }
}

Describe 'An IPv6 address in another form' {
    It 'is one name of the session, which the location is compared with, where it is the host of a URI' {
        $six = Start-Computer ::1
        try {
            $how = @{ Authentication = 'Basic'; Credential = $six.Credential }
            $how.ConnectionURI = "https://[0:0:0:0:0:0:0:1]:$($six.Https)/wsman"
            Connect-WSMan @how
            (Get-WSManSession).Name | Should -BeExactly ::1
            Set-Location WSMan:\::1
            Assert-WSManError (Get-OneError { Connect-WSMan @how }) ConnectWSMan ::1 'location'
            (Get-Count $six).accepted | Should -Be 1
        } finally {
            Set-Location $root
            Disconnect-EveryComputer
            Stop-Computer $six
        }
    }
}

Describe 'A link-local address' {
    It 'without a zone is told to need one' {
        $failure = Get-OneError { Test-WSMan fe80::1 -Port 1 }
        Assert-WSManError $failure TestWSMan fe80::1 'a link-local address needs the zone',
            'as in fe80::1%eth0'
    }

    # RFC 6874 and RFC 9844 write the zone of a URI in these ways.
    It 'has the interface of a URI: <_>' -ForEach 'http://[fe80::1%25nowhere]:1/wsman', 'http://[fe80::1%nowhere]:1/wsman' {
        $uri = $_
        $failure = Get-OneError { Connect-WSMan -ConnectionURI $uri -Authentication None }
        Assert-WSManError $failure ConnectWSMan 'fe80::1%nowhere' '"fe80::1%nowhere"'
    }
}
