using namespace System.Security.Cryptography
using namespace System.Security.Cryptography.X509Certificates

BeforeDiscovery { Import-Module "$PSScriptRoot/Support.psm1" }
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
}

Describe 'Connect-WSMan and the certificate of the computer' {
    BeforeAll {
        $one = '127.20.5.1'
        # Its certificate has other names.
        $misnamed = '127.20.5.2'
        # Its certificate comes from an authority that nobody here has heard of.
        $stranger = '127.20.5.3'
        $computer = Start-Computer $one -OutsideCertificate $misnamed
        $unknown = Start-Computer $stranger -AuthorityFolder (New-Folder authority)
    }
    AfterAll { Stop-Computer $computer; Stop-Computer $unknown }
    AfterEach { Disconnect-EveryComputer }

    It 'names an authority that is unknown' {
        $login = $unknown.Login
        $failure = Get-OneError { Connect-WSMan $stranger @login }
        Assert-WSManError $failure ConnectWSMan $stranger $stranger, 'authority', 'issuer: CN=', 'SkipCACheck'
        "$failure" | Should -Not -BeLike '*SkipCNCheck*'
        Assert-Disconnected $unknown $stranger
    }

    It 'accepts an unknown authority with -SkipCACheck' {
        $login = $unknown.Login
        Connect-WSMan $stranger @login -SessionOption (New-WSManSessionOption -SkipCACheck)
        Assert-Connected $unknown $stranger
    }

    It 'accepts no unknown authority with -SkipCNCheck' {
        $login = $unknown.Login
        $option = New-WSManSessionOption -SkipCNCheck
        $failure = Get-OneError { Connect-WSMan $stranger @login -SessionOption $option }
        Assert-WSManError $failure ConnectWSMan $stranger 'SkipCACheck'
        Assert-Disconnected $unknown $stranger
    }

    It 'tells the names of the certificate if another name was asked for' {
        $login = $computer.Login
        $failure = Get-OneError { Connect-WSMan $misnamed @login }
        Assert-WSManError $failure ConnectWSMan $misnamed $misnamed, $one, 'localhost', 'issuer: CN=', 'SkipCNCheck'
        "$failure" | Should -Not -BeLike '*SkipCACheck*'
        Assert-Disconnected $computer $misnamed
    }

    It 'accepts another name with -SkipCNCheck' {
        $login = $computer.Login
        Connect-WSMan $misnamed @login -SessionOption (New-WSManSessionOption -SkipCNCheck)
        Assert-Connected $computer $misnamed
    }

    It 'accepts no other name with -SkipCACheck' {
        $login = $computer.Login
        $option = New-WSManSessionOption -SkipCACheck
        $failure = Get-OneError { Connect-WSMan $misnamed @login -SessionOption $option }
        Assert-WSManError $failure ConnectWSMan $misnamed 'SkipCNCheck'
        Assert-Disconnected $computer $misnamed
    }
}

Describe 'Connect-WSMan with a client certificate' -Skip:(-not (Test-ThirdPartyServer)) {
    BeforeAll {
        $forClients, $forServers = '1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'
        $now = [DateTimeOffset]::UtcNow

        # An authority that issues certificates to clients; its own is in File.
        function New-Authority {
            $key = [ECDsa]::Create([ECCurve+NamedCurves]::nistP256)
            $request = [CertificateRequest]::new("CN=Authority $([guid]::NewGuid().ToString('N'))", $key, 'SHA256')
            $request.CertificateExtensions.Add([X509BasicConstraintsExtension]::new($true, $false, 0, $true))
            $certificate = $request.CreateSelfSigned($now.AddDays(-2), $now.AddDays(2))
            $file = "$(New-Folder keys)/authority.pem"
            Set-Content $file $certificate.ExportCertificatePem()
            [pscustomobject]@{ Certificate = $certificate; File = $file }
        }

        # A certificate of the authority, in files: Pem and Pfx with its key. Import puts it into the user's store.
        function New-ClientCertificate(
            $Authority, [string] $Name, [string] $Purpose = $forClients, [DateTimeOffset] $Until = $now.AddDays(1),
            [switch] $Rsa
        ) {
            if ($Rsa) {
                $key = [RSA]::Create(2048)
                $request = [CertificateRequest]::new("CN=$Name", $key, 'SHA256', [RSASignaturePadding]::Pkcs1)
            } else {
                $key = [ECDsa]::Create([ECCurve+NamedCurves]::nistP256)
                $request = [CertificateRequest]::new("CN=$Name", $key, 'SHA256')
            }
            $purposes = [OidCollection]::new()
            $null = $purposes.Add([Oid]::new($Purpose))
            $request.CertificateExtensions.Add([X509EnhancedKeyUsageExtension]::new($purposes, $false))
            $signer = [X509SignatureGenerator]::CreateForECDsa(
                [ECDsaCertificateExtensions]::GetECDsaPrivateKey($Authority.Certificate))
            $bare = $request.Create(
                $Authority.Certificate.SubjectName, $signer, $now.AddDays(-1), $Until,
                [RandomNumberGenerator]::GetBytes(8))
            $whole = $Rsa ? [RSACertificateExtensions]::CopyWithPrivateKey($bare, $key) :
                [ECDsaCertificateExtensions]::CopyWithPrivateKey($bare, $key)
            $files = "$(New-Folder keys)/$Name"
            Set-Content "$files.pem" $bare.ExportCertificatePem(), $key.ExportPkcs8PrivateKeyPem()
            [IO.File]::WriteAllBytes("$files.pfx", $whole.Export('Pfx', ''))
            [pscustomobject]@{ Thumbprint = $bare.Thumbprint; Pem = "$files.pem"; Pfx = "$files.pfx"; Bare = $bare }
        }

        # Puts a certificate into the user's store, with its key or -WithoutKey.
        function Import-ClientCertificate($Issued, [switch] $WithoutKey) {
            $store = [X509Store]::new('My', 'CurrentUser')
            $store.Open('ReadWrite')
            $store.Add($WithoutKey ? $Issued.Bare : [X509Certificate2]::new($Issued.Pfx, '', 'Exportable'))
            $store.Dispose()
            if (-not (Get-ChildItem $env:WSMAN_TEST_HOME -Recurse -Force -Filter *.pfx)) {
                throw 'The certificates of the tests have come into the store of whoever runs them.'
            }
        }

        $authority = New-Authority
        $elliptic = New-ClientCertificate $authority someone
        $rsa = New-ClientCertificate $authority someone-else -Rsa
        $elliptic, $rsa | ForEach-Object { Import-ClientCertificate $_ }

        $computer = Start-Computer 127.0.0.1
        $login = @{ UseSSL = $true; Port = $computer.Https }
        # Those of "late" ask for the certificate in a second handshake, once they know the path.
        $apaches = @{}
        foreach ($when in 'certificate', 'certificate-late') {
            foreach ($tls in '1.2', '1.3') {
                $apaches["$when $tls"] =
                    Start-Apache $computer '--scheme', $when, '--client-ca', $authority.File, '--tls', $tls
            }
        }
        $apache = $apaches['certificate 1.3']
    }
    AfterAll {
        $apaches.Values | ForEach-Object { Stop-ThirdPartyServer $_ }
        Stop-Computer $computer
    }
    AfterEach {
        Disconnect-EveryComputer
        Set-ClientSetting
    }

    It 'shows <kind> of the store to a server that asks for <when> with TLS <tls>' -ForEach @(
        @{ when = 'certificate'; tls = '1.2'; kind = 'elliptic' }
        @{ when = 'certificate'; tls = '1.3'; kind = 'rsa' }
        @{ when = 'certificate-late'; tls = '1.2'; kind = 'rsa' }
        @{ when = 'certificate-late'; tls = '1.3'; kind = 'elliptic' }
    ) {
        $certificate = @{ elliptic = $elliptic; rsa = $rsa }[$kind]
        $said = Connect-WSMan localhost -UseSSL -Port $apaches["$when $tls"].https `
            -CertificateThumbprint $certificate.Thumbprint -Verbose 4>&1
        "$said" | Should -BeLike "*TLS $tls*"
        (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms | Should -Be 60000
        Disconnect-WSMan localhost -InformationVariable told
        $told.MessageData.SecretsWiped | Should -BeTrue
    }

    It 'shows the certificate that the client setting ClientCertificateFile names: <kind>' -ForEach @(
        @{ kind = 'Pem' }, @{ kind = 'Pfx' }
    ) {
        Set-Item WSMan:\localhost\Client\ClientCertificateFile $elliptic.$kind
        Connect-WSMan localhost -UseSSL -Port $apache.https -Authentication ClientCertificate
        (Get-WSManInstance winrm/config -ComputerName localhost).MaxTimeoutms | Should -Be 60000
        Disconnect-WSMan localhost -InformationVariable told
        $told.MessageData.SecretsWiped | Should -BeTrue
    }

    It 'works the same way in <command>' -ForEach @(
        @{ command = 'Test-WSMan'; use = { Test-WSMan localhost @how } }
        @{ command = 'Get-WSManInstance'; use = { Get-WSManInstance winrm/config -ComputerName localhost @how } }
        @{ command = 'New-Item'; use = { New-Item WSMan:\ -Name localhost @how } }
    ) {
        $how = @{ UseSSL = $true; Port = $apache.https; CertificateThumbprint = $elliptic.Thumbprint }
        & $use | Should -Not -BeNullOrEmpty
    }

    It 'tells that a server does not know the authority (<when>, TLS <tls>)' -ForEach @(
        @{ when = 'certificate'; tls = '1.2' }
        @{ when = 'certificate'; tls = '1.3' }
        @{ when = 'certificate-late'; tls = '1.3' }
    ) {
        $stranger = New-ClientCertificate (New-Authority) stranger
        Import-ClientCertificate $stranger
        $requests = (Get-Count $computer).requests
        $how = @{ UseSSL = $true; Port = $apaches["$when $tls"].https; CertificateThumbprint = $stranger.Thumbprint }
        $failure = Get-OneError { Connect-WSMan localhost @how }
        Assert-WSManError $failure ConnectWSMan localhost 'refused the client certificate CN=stranger',
            'its authority is not known there'
        (Get-Count $computer).requests | Should -Be $requests
    }

    It 'tells that a server wants one where none is given (<when>, TLS <tls>)' -ForEach @(
        @{ when = 'certificate'; tls = '1.2' }
        @{ when = 'certificate-late'; tls = '1.2' }
        @{ when = 'certificate'; tls = '1.3' }
    ) {
        $requests = (Get-Count $computer).requests
        $how = @{ UseSSL = $true; Port = $apaches["$when $tls"].https; Authentication = 'None' }
        $failure = Get-OneError { Connect-WSMan localhost @how }
        Assert-WSManError $failure ConnectWSMan localhost 'wants a client certificate', '-CertificateThumbprint'
        (Get-Count $computer).requests | Should -Be $requests
    }

    Context 'before any traffic' {
        BeforeEach { $accepted = (Get-Count $computer).accepted }
        AfterEach { (Get-Count $computer).accepted | Should -Be $accepted }

        It 'tells that a certificate has expired' {
            $expired = New-ClientCertificate $authority expired -Until $now.AddHours(-1)
            Import-ClientCertificate $expired
            $failure = Get-OneError { Connect-WSMan localhost @login -CertificateThumbprint $expired.Thumbprint }
            Assert-WSManError $failure ConnectWSMan localhost 'CN=expired has expired'
        }

        It 'tells that a certificate is for servers' {
            $server = New-ClientCertificate $authority server -Purpose $forServers
            Import-ClientCertificate $server
            $failure = Get-OneError { Connect-WSMan localhost @login -CertificateThumbprint $server.Thumbprint }
            Assert-WSManError $failure ConnectWSMan localhost 'CN=server is not meant for clients'
        }

        It 'tells that a certificate has no key' {
            $keyless = New-ClientCertificate $authority keyless
            Import-ClientCertificate $keyless -WithoutKey
            $failure = Get-OneError { Connect-WSMan localhost @login -CertificateThumbprint $keyless.Thumbprint }
            Assert-WSManError $failure ConnectWSMan localhost `
                'CN=keyless in the store CurrentUser\My has no private key'
        }

        It 'fails with <what>' -ForEach @(
            @{
                what = 'a thumbprint that is not in the store'; code = '0x80338082'
                connect = { Connect-WSMan localhost @login -CertificateThumbprint ('00' * 20) }
            }
            @{
                what = 'a thumbprint that is none'; code = '0x80338082'
                connect = { Connect-WSMan localhost @login -CertificateThumbprint nonsense }
            }
            @{
                what = 'the authentication ClientCertificate and no certificate'; code = '0x803380B4'
                connect = { Connect-WSMan localhost @login -Authentication ClientCertificate }
            }
            @{
                what = 'the authentication ClientCertificate and a credential'; code = '0x803380AF'
                connect = {
                    $user = $computer.Credential
                    Connect-WSMan localhost @login -Authentication ClientCertificate -Credential $user
                }
            }
            @{
                what = 'a certificate over http'; code = '0x803380D8'
                connect = { Connect-WSMan localhost -Port $computer.Http -CertificateThumbprint $elliptic.Thumbprint }
            }
        ) {
            Assert-WSManError (Get-OneError $connect) ConnectWSMan localhost $code
        }
    }
}

Describe 'A store of certificates that cannot be read' -Skip:(-not (Test-ThirdPartyServer)) {
    It 'is told with the reason, and is an error like any other' {
        $user = New-Folder
        $store = "$user/.dotnet/corefx/cryptography/x509stores/my"
        $null = New-Item -ItemType Directory $store
        chmod 0 $store
        # Without these root obeys the mode of a folder as everybody does.
        $without = '-dac_override,-dac_read_search'
        $launcher = (id -u) -eq '0' ? @('setpriv', "--bounding-set=$without", "--inh-caps=$without") : @()
        try {
            $told = Invoke-Pwsh -Launcher $launcher -Environment @{ HOME = $user } -Command @'
                foreach ($command in 'Connect-WSMan', 'Test-WSMan') {
                    try { & $command server01 -UseSSL -CertificateThumbprint AB -ErrorAction Stop }
                    catch { $_.FullyQualifiedErrorId; "$_" }
                }
'@
        } finally {
            chmod 700 $store
        }
        $told.Lines | Should -HaveCount 4
        $told.Lines[0, 2] | Should -BeExactly 'WsManError,Microsoft.WSMan.Management.ConnectWSManCommand',
            'WsManError,Microsoft.WSMan.Management.TestWSManCommand'
        $told.Lines[1, 3] | Should -BeLike "*CurrentUser\My cannot be read: *$store*denied*ClientCertificateFile*"
    }
}

Describe 'A computer that has nothing above TLS 1.1' {
    BeforeAll {
        $old, $other = '127.21.41.1', '127.21.41.2'
        $controller = Start-Computer $old, $other -Option '--tls-version', '1.1'
        Set-ClientSetting
    }
    AfterEach { Disconnect-EveryComputer }
    AfterAll { Stop-Computer $controller }

    It 'is refused whatever is skipped, with the setting that names it and what that gives up' {
        $skip = New-WSManSessionOption -SkipCACheck -SkipCNCheck -SkipRevocationCheck
        $login = $controller.Login
        $failure = Get-OneError { Connect-WSMan $old @login -SessionOption $skip }
        Assert-WSManError $failure ConnectWSMan $old 'the server has no TLS 1.2 or later'
        $failure.ErrorDetails.RecommendedAction |
            Should -BeLike "*Client\LegacyTLSHosts -Value '$old' -Concatenate*passwords included*"
    }

    It 'is connected once it is named, and no other is' {
        $login = $controller.Login
        Set-Item WSMan:\localhost\Client\LegacyTLSHosts $old -Concatenate -Force
        $said = Connect-WSMan $old @login -Verbose 4>&1
        "$said" | Should -Match 'TLS 1\.1\. The client setting LegacyTLSHosts names'
        Get-OneError { Connect-WSMan $other @login } | Should -Match 'has no TLS 1.2'
    }
}
