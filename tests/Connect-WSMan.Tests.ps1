BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    # The name of the first is the beginning of the name of the last.
    $one, $two, $ten = '127.20.2.1', '127.20.2.2', '127.20.2.10'
    # It is only named in what must fail before any traffic.
    $quiet = '127.20.2.3'
    # Nobody listens there.
    $nobody = '127.20.2.99'
    $computer = Start-Computer $one, $two, $quiet, $ten
    $login = $computer.Login
    $credential = $computer.Credential
    $http, $https = @{ Port = $computer.Http }, @{ UseSSL = $true; Port = $computer.Https }

    # The one error of a script. The session that is there stays, no other comes, and the service is left with the
    # one connection.
    function Get-HarmlessError([scriptblock] $Script) {
        Connect-WSMan $two @login
        $failure = Get-OneError $Script
        Get-ConnectedComputer | Should -Be $two
        Get-HeldCount $computer -Until 1 | Should -Be 1
        $failure
    }

    function Assert-ConnectError($ErrorRecord, $Target, [string[]] $Text) {
        Assert-WSManError $ErrorRecord ConnectWSMan $Target $Text
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Connect-WSMan' {
    AfterEach {
        Set-Location WSMan:\
        Set-Location $PSScriptRoot
        Disconnect-EveryComputer
    }

    It 'opens one connection and says nothing' {
        Connect-WSMan $one @login *>&1 | Should -BeNullOrEmpty
        Assert-Connected $computer $one
    }

    It 'asks who is there once, with the credential' {
        $before = Get-Count $computer
        Connect-WSMan $one @login
        $after = Get-Count $computer
        $after.identify.authenticated - $before.identify.authenticated | Should -Be 1
        $after.identify.anonymous | Should -Be $before.identify.anonymous
        $after.accepted - $before.accepted | Should -Be 1
        $after.refused | Should -Be $before.refused
    }

    It 'writes the item of the drive with -PassThru' {
        $written = Connect-WSMan $one @login -PassThru
        $written.PSPath | Should -Be "Microsoft.WSMan.Management\WSMan::WSMan\$one"
        $written.PSPath | Should -Be (Get-Item WSMan:\$one).PSPath
        $written.pstypenames[0] | Should -Be 'Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel'
        $written.Type | Should -Be 'Container'
        $written.Name | Should -Be $one
        "$written" | Should -Be $one
    }

    It 'names the session by the host of a -ConnectionURI: <uri>' -ForEach @(
        @{ uri = 'https://{0}:{1}/wsman' }, @{ uri = 'HTTPS://{0}:{1}/wsman' }, @{ uri = 'https://{0}:{1}' }
        @{ uri = 'https://{0}:{1}/flavour/windows/wsman' }
    ) {
        $uri = $uri -f $one, $computer.Https
        Connect-WSMan -ConnectionURI $uri -Authentication Basic -Credential $credential
        Assert-Connected $computer $one
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
    }

    It 'needs no credential with -Authentication None' {
        Connect-WSMan $one @http -Authentication None
        Assert-Connected $computer $one
    }

    It 'lists the sessions in order, with localhost first' {
        $two, $ten, $one | ForEach-Object { Connect-WSMan $_ @login }
        (Get-ChildItem WSMan:\).Name | Should -Be 'localhost', $one, $ten, $two
    }

    It 'fails and replaces nothing while the location is in the computer' {
        Connect-WSMan $one @login
        $accepted = (Get-Count $computer).accepted
        Set-Location WSMan:\$one\Client
        Assert-ConnectError (Get-OneError { Connect-WSMan $one @login }) $one $one, 'Set-Location WSMan:\'
        (Get-Count $computer).accepted | Should -Be $accepted
        Assert-Connected $computer $one
    }

    It 'replaces a session to whose computer a location leads <from>, and it leads to the new one' -ForEach @(
        @{ from = 'that the drive remembers'; leave = { Set-Location / }; return = { Set-Location WSMan: } }
        @{ from = 'that Push-Location keeps'; leave = { Push-Location / }; return = { Pop-Location } }
        @{ from = 'that has been left for the root of the drive'; leave = { Set-Location WSMan:\ }; return = { Set-Location - } }
    ) {
        $old = Connect-WSMan $one @login -PassThru
        Set-Location WSMan:/$one
        . $leave
        $new = Connect-WSMan $one @login -PassThru
        $old.State, $new.State | Should -Be Closed, Opened
        . $return
        $PWD.Path | Should -Be "WSMan:/$one"
        (Get-Item Client\NetworkDelayms).Value | Should -Be 5000
    }

    It 'tells the password in no stream' {
        $said = & {
            Connect-WSMan $one @login -Verbose -Debug -InformationAction Continue
            Connect-WSMan $one @login -Verbose -Debug
            Disconnect-WSMan $one -Verbose -Debug
        } *>&1
        foreach ($kind in 'Verbose', 'Debug', 'Information') {
            $said | Where-Object { $_ -is "Management.Automation.${kind}Record" } | Should -Not -BeNullOrEmpty
        }
        $said | ForEach-Object { Assert-NoSecret "$_ $($_ | Format-List * -Force | Out-String -Width 10000)" }
    }

    # A quarter of a second is the core's promise. Not stopped, the first and the last would take a minute and more,
    # and Test-WSMan five seconds.
    It 'returns at once when it is stopped, and leaves nothing behind: <command>' -ForEach @(
        @{ command = 'Connect-WSMan'; script = { Connect-WSMan $name @login -ApplicationName stall } }
        @{ command = 'Test-WSMan'; script = { Test-WSMan $name @login -ApplicationName stall } }
        @{ command = 'New-Item'; script = { New-Item WSMan:\ -Name $name @login -ApplicationName stall } }
    ) {
        $background = Start-BackgroundScript $script @{ name = $one; login = $login }
        Get-HeldCount $computer -Until 1 -At $one | Should -Be 1
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Wait-BackgroundScript $background -Stop | Should -BeNullOrEmpty
        $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:02.5')
        $background.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Assert-Disconnected $computer $one
    }

    Context 'with an answer that is not WS-Management' {
        It 'names what <application> is' -ForEach @(
            @{ application = 'html'; text = 'web page' }
            @{ application = 'no/such/path'; text = '404' }
            @{ application = 'empty'; text = 'empty' }
            @{ application = 'malformed'; text = 'XML' }
            @{ application = 'doctype'; text = 'DOCTYPE' }
            @{ application = 'redirect'; text = '302' }
            @{ application = 'status/503'; text = '503' }
            @{ application = 'status/403'; text = '403' }
            @{ application = 'close'; text = 'connection' }
        ) {
            $failure = Get-HarmlessError { Connect-WSMan $one @login -ApplicationName $application }
            Assert-ConnectError $failure $one $one, $text
        }

        It 'tells a fault in a sentence and not in XML' {
            $failure = Get-HarmlessError { Connect-WSMan $one @login -ApplicationName fault }
            Assert-ConnectError $failure $one $one, '0x80338000'
            "$failure" | Should -Not -BeLike '*<*'
        }

        It 'ends with the operation timeout if none comes' {
            $option = New-WSManSessionOption -OperationTimeout 300
            $failure = Get-HarmlessError { Connect-WSMan $one @login -ApplicationName stall -SessionOption $option }
            Assert-ConnectError $failure $one $one, 'it timed out after', '0x80338126', 'wait for the answer'
        }
    }

    Context 'with somebody who cannot be reached or does not accept' {
        It 'tells a wrong password once, and does not repeat it' {
            $wrong = New-Credential 'not the password'
            $refused = (Get-Count $computer).refused
            $failure = Get-HarmlessError { Connect-WSMan $one @https -Authentication Basic -Credential $wrong }
            Assert-ConnectError $failure $one $one, 'user name and the password'
            "$failure" | Should -Not -BeLike '*not the password*'
            (Get-Count $computer).refused - $refused | Should -Be 1
        }

        It 'names the port where nobody listens' {
            $failure = Get-HarmlessError { Connect-WSMan $nobody @login }
            Assert-ConnectError $failure $nobody $nobody, "$($computer.Https)"
        }

        It 'names a host that has no address' {
            $failure = Get-HarmlessError { Connect-WSMan no-such-host.invalid @login }
            Assert-ConnectError $failure no-such-host.invalid no-such-host.invalid, 'name'
        }

        It 'tells which authentication a computer accepts in the place of Digest' {
            $failure = Get-HarmlessError { Connect-WSMan $one @https -Authentication Digest -Credential $credential }
            Assert-ConnectError $failure $one 'does not offer', 'Digest', 'accepts', 'Basic'
        }

        It 'tells which authentication a computer accepts in the place of Negotiate' {
            $failure = Get-HarmlessError { Connect-WSMan $one @https -Authentication Negotiate -Credential $credential }
            Assert-ConnectError $failure $one 'does not offer', 'Negotiate', 'accepts', 'Basic'
        }
    }

    Context 'before any traffic' {
        It 'refuses <what>' -ForEach @(
            @{
                what = 'Negotiate over http with an address'
                text = '0x803380E4', '-UseSSL',
                    "Set-Item WSMan:\localhost\Client\TrustedHosts -Value '127.20.2.3' -Concatenate"
                connect = { Connect-WSMan $quiet @http -Authentication Negotiate -Credential $credential }
            }
            @{
                what = 'a credential over http with an address'
                text = '0x803381BB', "Set-Item WSMan:\localhost\Client\TrustedHosts -Value '127.20.2.3' -Concatenate"
                connect = { Connect-WSMan $quiet @http -Credential $credential }
            }
            @{
                what = 'an address without a credential'
                text = '0x803381BB', '-Credential'
                connect = { Connect-WSMan $quiet @http }
            }
            @{
                what = 'an address with -Authentication Default and without a credential'
                text = '0x803381BB', '-Credential'
                connect = { Connect-WSMan $quiet @http -Authentication Default }
            }
            @{
                what = 'Kerberos with an address'
                text = '0x8033810B', "computer's name"
                connect = { Connect-WSMan $quiet @http -Authentication Kerberos }
            }
            @{
                what = 'Kerberos with an address and a credential'
                text = '0x8033810B', "computer's name"
                connect = { Connect-WSMan $quiet @http -Authentication Kerberos -Credential $credential }
            }
            @{
                what = 'Negotiate over http with -NoEncryption'
                text = '0x803380DE', 'AllowUnencrypted', 'clear text'
                connect = {
                    $option = New-WSManSessionOption -NoEncryption
                    Connect-WSMan $quiet @http -Authentication Negotiate -Credential $credential -SessionOption $option
                }
            }
            @{
                what = 'an SPN port without Kerberos'
                text = '0x803380AE', '-SPNPort'
                connect = {
                    $option = New-WSManSessionOption -SPNPort 1
                    Connect-WSMan $quiet @http -Authentication None -SessionOption $option
                }
            }
            @{
                what = 'Basic over http'
                text = @('AllowUnencrypted')
                connect = { Connect-WSMan $quiet @http -Authentication Basic -Credential $credential }
            }
            @{
                what = 'CredSSP with a computer that may not be given a password'
                text = '0x803381A2', 'Enable-WSManCredSSP -Role Client -DelegateComputer 127.20.2.3'
                connect = {
                    Connect-WSMan $quiet @https -Authentication Credssp -Credential $credential
                }
            }
            @{
                what = 'the authentication ClientCertificate without a certificate'
                text = @('-CertificateThumbprint')
                connect = { Connect-WSMan $quiet @https -Authentication ClientCertificate }
            }
            @{
                what = 'an empty password'
                text = 'password', 'empty'
                connect = {
                    $unusable = New-Credential ''
                    Connect-WSMan $quiet @https -Authentication Negotiate -Credential $unusable
                }
            }
            @{
                what = 'an empty password with -Authentication Default'
                text = 'password', 'empty'
                connect = {
                    $unusable = New-Credential ''
                    Connect-WSMan $quiet @https -Authentication Default -Credential $unusable
                }
            }
            @{
                what = 'a password with a NUL'
                text = 'password', 'NUL'
                connect = {
                    $unusable = New-Credential "a`0b"
                    Connect-WSMan $quiet @https -Authentication Negotiate -Credential $unusable
                }
            }
            @{
                what = 'a password with a NUL and -Authentication Default'
                text = 'password', 'NUL'
                connect = {
                    $unusable = New-Credential "a`0b"
                    Connect-WSMan $quiet @https -Authentication Default -Credential $unusable
                }
            }
            @{
                what = 'a port above the last one'
                text = @('65535')
                connect = { Connect-WSMan $quiet -UseSSL -Port 65536 -Authentication Basic -Credential $credential }
            }
        ) {
            Assert-ConnectError (Get-HarmlessError $connect) $quiet $text
            [int] (Get-Count $computer).byAddress.$quiet.accepted | Should -Be 0
        }

        It 'refuses <uri> for a -ConnectionURI, with the URI as the target' -ForEach @(
            @{ uri = '127.20.2.3/wsman' }, @{ uri = 'wsman' }, @{ uri = '//127.20.2.3/wsman' }
            @{ uri = 'ftp://127.20.2.3/wsman' }
        ) {
            $failure = Get-HarmlessError {
                Connect-WSMan -ConnectionURI $uri -Authentication Basic -Credential $credential
            }
            Assert-ConnectError $failure $uri 'connection URI'
        }

        It 'does not bind -Port <port>' -ForEach @{ port = 0 }, @{ port = -1 } {
            $failure = Get-HarmlessError { Connect-WSMan $quiet -UseSSL -Port $port }
            Assert-Error $failure `
                -Id 'ParameterArgumentValidationError,Microsoft.WSMan.Management.ConnectWSManCommand' `
                -Category InvalidData -Target $null -Text 'Port'
        }

        It 'takes a thumbprint with no other identity: <what>' -ForEach @(
            @{
                what = 'a credential before it'
                connect = { Connect-WSMan $quiet -Credential $credential -CertificateThumbprint 0123 }
            }
            @{
                what = 'a credential after it'
                connect = { Connect-WSMan $quiet -CertificateThumbprint 0123 -Credential $credential }
            }
            @{
                what = 'another authentication'
                connect = { Connect-WSMan $quiet -CertificateThumbprint 0123 -Authentication Basic }
            }
        ) {
            Assert-Error (Get-HarmlessError $connect) `
                -Id 'ParameterBindingFailed,Microsoft.WSMan.Management.ConnectWSManCommand' `
                -Category WriteError -Target $null -Text 'CertificateThumbprint'
        }
    }
}

Describe 'Connect-WSMan and the client settings' {
    BeforeAll { $file = "$env:XDG_CONFIG_HOME/wsman/client.json" }
    AfterEach {
        Set-ClientSetting
        Disconnect-EveryComputer
    }

    It 'names the file and connects to nobody if it is <text>' -ForEach @(
        @{ text = '{ "TrustedCAPath": ' }, @{ text = 'not JSON' }, @{ text = '[]' }
        @{ text = '{ "DefaultPorts": { "HTTPS": "many" } }' }
    ) {
        Set-Content $file $text
        Assert-ConnectError (Get-OneError { Connect-WSMan $quiet @login }) $quiet $file
        Get-ConnectedComputer | Should -BeNullOrEmpty
        [int] (Get-Count $computer).byAddress.$quiet.accepted | Should -Be 0
    }

    It 'names the file of authorities that is not there' {
        Set-Content $file '{ "TrustedCAPath": "/no/such/file.pem" }'
        Assert-ConnectError (Get-OneError { Connect-WSMan $quiet @login }) $quiet '/no/such/file.pem'
        Get-ConnectedComputer | Should -BeNullOrEmpty
        [int] (Get-Count $computer).byAddress.$quiet.accepted | Should -Be 0
    }

    It 'reads a file again that has been mended' {
        $good = Get-Content $file -Raw
        Set-Content $file '{'
        Assert-ConnectError (Get-OneError { Connect-WSMan $two @login }) $two $file
        Set-Content $file $good
        Connect-WSMan $two @login
        Get-ConnectedComputer | Should -Be $two
    }

    It 'needs no file' {
        Remove-Item $env:XDG_CONFIG_HOME -Recurse
        Connect-WSMan $one @http -Authentication None
        Get-ConnectedComputer | Should -Be $one
    }

    It 'uses Basic over http with AllowUnencrypted, at the port of DefaultPorts' {
        $ports = @{ HTTP = $computer.Http; HTTPS = $computer.Https }
        Set-ClientSetting @{ AllowUnencrypted = $true; DefaultPorts = $ports }
        Connect-WSMan $ten -Authentication Basic -Credential $credential
        Assert-Connected $computer $ten
    }
}
