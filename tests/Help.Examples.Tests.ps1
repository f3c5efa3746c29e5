# Every example of the help runs at a prompt and prints what is printed there. Only the names of the computers and of
# the user, the default ports and how long it took are other ones.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1"

    # What is different about an example: who the user is, and what was done before an example that begins in the
    # middle.
    $before = @{
        'Connect-WSMan, Example 7' = @{ user = 'tester@WSMAN.TEST' }
        'Connect-WSMan, Example 8' = @{ user = '.\tester' }
        'Connect-WSMan, Example 9' = @{ user = 'tester@WSMAN.TEST' }
        'Connect-WSMan, Example 10' = @{
            user = 'tester@WSMAN.TEST'
            first = '$null = Enable-WSManCredSSP -Role Client -DelegateComputer server01.example.com -Force'
        }
        'Disconnect-WSMan, Example 1' = @{ connected = 'server01' }
        'Disconnect-WSMan, Example 3' = @{ connected = 'server01', 'server02' }
        'Disconnect-WSMan, Example 4' = @{ connected = 'server01' }
        'Disconnect-WSMan, Example 7' = @{ connected = 'server01' }
        'Disconnect-WSMan, Example 8' = @{ connected = 'server01', 'server02' }
        'Get-WSManSession, Example 1' = @{ connected = 'server01', 'server02' }
        'Get-WSManSession, Example 2' = @{ connected = 'server01', 'server02' }
        'Remove-WSManSession, Example 1' = @{ connected = 'server01', 'server02' }
        'Remove-WSManSession, Example 2' = @{ connected = 'server01', 'server02' }
        'Remove-WSManSession, Example 3' = @{ connected = 'server01', 'server02' }
        'Remove-WSManSession, Example 4' = @{ connected = 'server01' }
        'Remove-WSManSession, Example 5' = @{ connected = 'server01' }
    }
    $withTicket = 'Connect-WSMan, Example 6'
    $withPassword = 'Connect-WSMan, Example 7', 'Connect-WSMan, Example 8', 'Connect-WSMan, Example 9',
        'Connect-WSMan, Example 10'
    $withCertificate = 'Connect-WSMan, Example 12'
    $withProxy = 'Connect-WSMan, Example 13'

    $manifest = Import-PowerShellDataFile "$env:WSMAN_TEST_MODULE/Portable.WSMan.Management.psd1"
    $examples = foreach ($cmdlet in $manifest.CmdletsToExport) {
        foreach ($example in (Get-Help $cmdlet).examples.example) {
            $title = "$cmdlet, $($example.title.Trim('-', ' '))"
            $number = ($title -split ':')[0]
            $row = @{ number = $number; title = $title; user = 'tester'; first = $null; connected = @() }
            $row.steps = Split-Transcript ($example.code -split '\r?\n')
            # Where an example of the instance cmdlets asks for no credential, the computers it names are connected:
            # the page says so.
            $typed = $row.steps.Line -join "`n"
            if ($cmdlet -match '-WSManInstance$|-WSManAction$' -and $typed -notlike '*Get-Credential*') {
                $row.connected = 'server01', 'server02' | Where-Object { $typed -match "\b$_\b" }
            }
            foreach ($key in $before[$number].Keys) { $row.$key = $before[$number].$key }
            $row
        }
    }
    $elsewhere = @($withTicket, $withCertificate, $withProxy) + $withPassword
    $isRealm = Test-Realm
    $isForeign = Test-ThirdPartyServer

    # What is typed and printed in the topic has a wider margin than what is said about it.
    $margin = ' ' * 8
    $topic = (Get-Help about_WSMan_Provider) -split '\r?\n'
    $topic = $topic[$topic.IndexOf('  A TOUR')..$topic.IndexOf('  READING AND CHANGING')]
    $tour = Split-Transcript $topic.Where{ $_.StartsWith($margin) }.ForEach{ $_.Substring($margin.Length) }
    $asData = @{ tour = $tour }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force

    function Edit-Word([string] $Text, [string] $From, [string] $To) {
        $Text -creplace "\b$([regex]::Escape($From))\b", $To
    }

    # Texts of the help as they are here, and back. Names: what the help calls it, and what it is here.
    function ConvertTo-Here([string] $Text, [hashtable] $Name) {
        foreach ($one in $Name.Keys) { $Text = Edit-Word $Text $one $Name[$one] }
        $Text
    }
    function ConvertTo-Help([string] $Text, [hashtable] $Name) {
        foreach ($one in $Name.Keys) { $Text = Edit-Word $Text $Name[$one] $one }
        $Text
    }

    # A line and what it printed, with times left open.
    function Format-Step($Step) { @("> $($Step.Line)") + $Step.Output -replace '\b\d+ ms\b', 'a few ms' -join "`n" }

    # A terminal of which nothing is known but that it has 120 columns, as the help has (term(5)). Behind a pipe there
    # would be 80.
    $terminals = New-Folder terminals
    $null = New-Item -ItemType Directory "$terminals/p"
    $columns = 120
    [IO.File]::WriteAllBytes("$terminals/p/plain", [byte[]](
            @(0x1A, 1, 6, 0, 0, 0, 1, 0, 0, 0, 0, 0) + [Text.Encoding]::ASCII.GetBytes("plain`0") + @($columns, 0)))

    # Begins a PowerShell for examples. PSReadLine, which wants a keyboard, would leave errors behind.
    function Start-ExamplePrompt([hashtable] $Environment = @{}, [hashtable] $Setting) {
        $prompt = Start-Prompt ($Environment + @{ TERM = 'plain'; TERMINFO = $terminals }) $Setting
        $null = Read-Prompt $prompt 'Remove-Module PSReadLine; $known = (Get-Variable).Name + "known"'
        $prompt
    }

    # Makes a prompt one that nobody has typed at: in an empty folder, with a user whose password nobody is asked for.
    function Reset-Prompt($Prompt, [string] $User = $userName) {
        $null = Read-Prompt $Prompt (@(
                "Set-Location '$(New-Folder work)'"
                'Get-Variable | Where-Object Name -notin $known | Remove-Variable -Force'
                "function Get-Credential { $($credentialText.Replace("'$userName'", "'$User'")) }"
                '$Error.Clear()') -join '; ')
    }

    # Types lines, which must print nothing.
    function Enter-Silent($Prompt, [string[]] $Line) {
        $first, $more = $Line
        (Split-Transcript (Read-Prompt $Prompt $first $more -Lines)).Output | Should -BeNullOrEmpty
    }

    # Types the lines, each of which must print what the help prints, and leave no error.
    function Test-Step($Prompt, [hashtable[]] $Step, [hashtable] $Name) {
        $expected = $Step + @{ Line = '$Error.Count'; Output = '0' }
        $first, $more = $expected.ForEach{ ConvertTo-Here $_.Line $Name }
        $seen = foreach ($one in Split-Transcript (Read-Prompt $Prompt $first $more -Lines)) {
            Format-Step @{ Line = ConvertTo-Help $one.Line $Name; Output = @($one.Output.ForEach{ ConvertTo-Help $_ $Name }) }
        }
        $seen -join "`n" | Should -Be ($expected.ForEach{ Format-Step $_ } -join "`n")
    }

    # Ends the sessions of an example; the service must be left with nothing.
    function Assert-NothingIsLeft($Prompt, $Computer) {
        $null = Read-Prompt $Prompt ('Set-Location WSMan:\; Set-Location /; ' +
            'Remove-WSManSession *')
        Assert-NothingHeld $Computer
    }

    function Get-PortSetting($At) { @{ DefaultPorts = @{ HTTP = $At.Http; HTTPS = $At.Https } } }
}

Describe 'An example of the help' {
    BeforeAll {
        # The store of the user whose HOME this is has one certificate, which was issued by itself.
        $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=admin', $key, 'SHA256')
        $now = [DateTimeOffset]::UtcNow
        $certificate = $request.CreateSelfSigned($now.AddDays(-1), $now.AddDays(1))
        $keys = New-Folder home
        Set-Content "$keys/admin.pem" $certificate.ExportCertificatePem()
        [IO.File]::WriteAllBytes("$keys/admin.pfx", $certificate.Export('Pfx', ''))

        $prompt = Start-ExamplePrompt @{ HOME = $keys }
        $names = @{ server01 = '127.20.41.1'; server02 = '127.20.41.2'; admin = 'tester' }
    }
    AfterAll { $null = Wait-Pwsh $prompt }

    # Each has computers of its own, because it changes what they hold.
    Context 'with passwords' {
        BeforeEach {
            $computer = Start-Computer $names.server01, $names.server02, 127.0.0.1 -Option --offer, 'basic,digest'
            Set-ClientSetting (Get-PortSetting $computer)
        }
        AfterEach { Stop-Computer $computer }

        It 'prints what it says: <title>' -ForEach $examples.Where{ $_.number -notin $elsewhere } {
            Reset-Prompt $prompt $user
            if ($connected) {
                $how = '-UseSSL -Authentication Basic -Credential (Get-Credential)'
                Enter-Silent $prompt $connected.ForEach{ "Connect-WSMan $($names.$_) $how" }
            }
            Test-Step $prompt $steps $names
            Assert-NothingIsLeft $prompt $computer
        }

        It 'prints what it says in the tour of about_WSMan_Provider' -ForEach $asData {
            $tour.Count | Should -BeGreaterThan 35
            Reset-Prompt $prompt
            Test-Step $prompt $tour $names
            Assert-NothingIsLeft $prompt $computer
        }

        It 'runs as a script in the tour of about_WSMan_Provider' -ForEach $asData {
            $script = "$(New-Folder script)/tour.ps1"
            Set-Content $script @(
                '$ErrorActionPreference = ''Stop'''
                'Import-Module Portable.WSMan.Management'
                "function Get-Credential { $credentialText }"
                $tour.ForEach{ ConvertTo-Here $_.Line $names }
                '''the end''')
            $told = Wait-Pwsh (Start-Pwsh '-File', $script)
            $told.ExitCode | Should -Be 0 -Because $told.Error
            $told.Error | Should -BeNullOrEmpty
            $told.Lines[-1] | Should -Be 'the end'
            Assert-NothingHeld $computer
        }
    }

    Context 'with a client certificate' -Skip:(-not $isForeign) {
        BeforeAll {
            $computer = Start-Computer 127.0.0.1
            $apache = Start-Apache $computer '--scheme', 'certificate', '--client-ca', "$keys/admin.pem"
            Set-ClientSetting (Get-PortSetting $apache)
        }
        AfterAll {
            Stop-ThirdPartyServer $apache
            Stop-Computer $computer
        }

        It 'prints what it says: <title>' -ForEach $examples.Where{ $_.number -in $withCertificate } {
            $kind = 'Security.Cryptography.X509Certificates.X509'
            Reset-Prompt $prompt
            Enter-Silent $prompt @(
                "`$store = [${kind}Store]::new('My', 'CurrentUser', 'ReadWrite')"
                "`$store.Add([${kind}Certificate2]::new('$keys/admin.pfx', '', 'Exportable'))"
                '$store.Dispose()')
            Test-Step $prompt $steps @{ server01 = '127.0.0.1' }
            # It keeps its own connections for the next client.
            Stop-ThirdPartyServer $apache
            Assert-NothingIsLeft $prompt $computer
        }
    }

    Context 'in a realm' -Skip:(-not $isRealm) {
        BeforeAll {
            $realm = Start-Realm
            $inRealm = 'server01.wsman.test'
            $address = $realm.hosts.$inRealm
        }
        AfterAll { Stop-ThirdPartyServer $realm }

        Context 'with Kerberos or NTLM' {
            BeforeAll {
                $secret = $realm.users.tester
                $computer = Start-Computer $address -Option --offer, 'negotiate,kerberos,credssp' -Password $secret `
                    -Environment $realm.service
                Add-RealmService $realm "HTTP/${inRealm}:$($computer.Http)"
                $inside = @{ 'server01.example.com' = $inRealm; '192.0.2.7' = $address; '5985' = "$($computer.Http)" }
                # Without a ticket at first.
                $tickets = "$(New-Folder tickets)/ccache"
                $environment = $realm.client + $realm.names + @{ WSMAN_TEST_PASSWORD = $secret }
                $environment.KRB5CCNAME = "FILE:$tickets"
                $realmPrompt = Start-ExamplePrompt $environment (Get-PortSetting $computer)
            }
            AfterAll {
                $null = Wait-Pwsh $realmPrompt
                Stop-Computer $computer
            }

            It 'prints what it says, with a password: <title>' -ForEach $examples.Where{ $_.number -in $withPassword } {
                Reset-Prompt $realmPrompt $user
                if ($first) { Enter-Silent $realmPrompt (ConvertTo-Here $first $inside) }
                Test-Step $realmPrompt $steps $inside
                Assert-NothingIsLeft $realmPrompt $computer
            }

            It 'prints what it says, with a ticket: <title>' -ForEach $examples.Where{ $_.number -in $withTicket } {
                Copy-Item $realm.ccache $tickets
                Reset-Prompt $realmPrompt
                Test-Step $realmPrompt $steps $inside
                Assert-NothingIsLeft $realmPrompt $computer
            }
        }

        # The name of the computer is one that only the proxy knows.
        It 'prints what it says, through a proxy: <title>' -ForEach $examples.Where{ $_.number -in $withProxy } {
            $proxy = Start-Tinyproxy $realm.names
            $computer = Start-Computer $address -Option --name, $inRealm
            Set-ClientSetting (Get-PortSetting $computer)
            try {
                Reset-Prompt $prompt $user
                Test-Step $prompt $steps @{ 'server01.example.com' = $inRealm; '192.0.2.8:3128' = "127.0.0.1:$($proxy.http)" }
                Assert-NothingIsLeft $prompt $computer
            } finally {
                Stop-Computer $computer
                Stop-ThirdPartyServer $proxy
            }
        }
    }
}
