# The words by which scripts that were written for Windows know a failure. A sentence stays ours and is for people to
# read, and these words are in it, letter case aside. Each row names what was seen to look for its words, with -match,
# -like or switch -Wildcard; what only stands in documentation has no row.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1"

    $rows = @(
        @{ case = 'a wrong password'; words = 'Access is denied'
            seen = 'Convert-WinrmError, HyperVErrorMapper, and most scripts that look for anything' }
        @{ case = 'an authentication that is not offered'; words = 'Access is denied'; seen = 'the same' }
        @{ case = 'a name without an address'; words = 'server name cannot be resolved'
            seen = 'Convert-WinrmError, scripts that name a PSSession Offline or PS Connect Failed' }
        @{ case = 'a name without an address'
            words = 'The WinRM client cannot process the request because the server name cannot be resolved'
            seen = 'New-AzurePSSession and other wrappers of New-PSSession' }
        @{ case = 'a port where nobody listens'; words = 'The client cannot connect to the destination'
            seen = 'lists of errors after which to try again' }
        @{ case = 'no answer in time'; words = 'WinRM cannot complete the operation'
            seen = 'Convert-WinrmError, scripts that reset passwords, collectors of inventories' }
        @{ case = 'no answer in time'; words = 'timed out'; seen = 'Get-FailureClassification, HyperVErrorMapper' }
        @{ case = 'an authority that is not trusted'; words = 'unknown certificate authority'
            seen = 'people who search for the sentence of Windows' }
        @{ case = 'an authority that is not trusted'; words = 'certificate'; seen = 'SSL|certificate in RMM modules' }
        @{ case = 'a computer that is not in TrustedHosts'; words = 'TrustedHosts'
            seen = 'Get-FailureClassification, RMM modules, which then add the computer' }
        @{ case = 'a computer that is not in TrustedHosts'; words = 'The WinRM client cannot process the request'
            seen = 'scripts that tell a client from a server that is wrongly set up' }
        @{ case = 'a password in clear text'; words = 'The WinRM client cannot process the request'; seen = 'the same' }
        @{ case = 'a resource that is not there'; words = 'cannot find the resource'
            seen = 'scripts around Get-NetAdapter; the words are the server''s' }
        @{ case = 'a shell too many'; words = 'concurrent shells'
            seen = 'discovery scripts of a CMDB; the words are the server''s' }
    )
    $realmRows = @(
        @{ case = 'a wrong password'; words = 'user name or password is incorrect'
            seen = 'scripts that reset passwords or restart agents' }
        @{ case = 'a wrong password'; words = 'WinRM cannot process the request'; seen = 'Test-IsAuthenticationError' }
        @{ case = 'an unknown user'; words = 'user name or password is incorrect'; seen = 'the same as of a password' }
        @{ case = 'a computer that the KDC does not know'; words = 'cannot find the computer'
            seen = 'scripts that look for the hypervisor of a machine' }
    )
}

Describe 'An error for a script that was written for Windows' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module $env:WSMAN_TEST_MODULE -Force
        $one, $two = '127.20.53.1', '127.20.53.2'
        # Nobody listens there.
        $nobody = '127.20.53.99'
        $computer = Start-Computer $one -Option '--max-shells', '1'
        $omi = Start-Computer $two -Option '--flavour', 'omi'
        $http, $https, $login = @{ Port = $computer.Http }, @{ UseSSL = $true; Port = $computer.Https }, $computer.Login
        $right, $wrong = $computer.Credential, (New-Credential 'not the password')

        $cases = @{
            'a wrong password' = { Test-WSMan $one @https -Authentication Basic -Credential $wrong }
            'an authentication that is not offered' = {
                Connect-WSMan $one @https -Authentication Digest -Credential $right
            }
            'a name without an address' = { Test-WSMan no-such-host.invalid }
            'a port where nobody listens' = { Connect-WSMan $nobody @login }
            'no answer in time' = {
                Set-ClientSetting @{ TestTimeoutms = 300 }
                Test-WSMan $one @http -ApplicationName stall
            }
            'an authority that is not trusted' = {
                Set-Content "$env:XDG_CONFIG_HOME/wsman/client.json" '{}'
                Test-WSMan $one @https
            }
            'a computer that is not in TrustedHosts' = {
                Connect-WSMan $one @http -Authentication Negotiate -Credential $right
            }
            'a password in clear text' = { Connect-WSMan $one @http -Authentication Basic -Credential $right }
            'a resource that is not there' = {
                $what = @{
                    ResourceURI = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Win32_Service'
                    SelectorSet = @{ Name = 'nobody' }
                }
                $how = $omi.Login
                Get-WSManInstance @what -ComputerName $two @how
            }
            'a shell too many' = {
                Connect-WSMan $one @login
                $null = New-WSManInstance shell/cmd @{} -ComputerName $one
                New-WSManInstance shell/cmd @{} -ComputerName $one
            }
        }
    }
    AfterEach {
        Set-ClientSetting
        Disconnect-EveryComputer
    }
    AfterAll { $omi, $computer | ForEach-Object { Stop-Computer $_ } }

    It 'has the words "<words>" for <case>, as looked for by <seen>' -ForEach $rows {
        $failure = Get-OneError $cases[$case]
        # Scripts look into either, and one has the advice.
        "$failure" | Should -Match ([regex]::Escape($words))
        $failure.Exception.Message | Should -Match ([regex]::Escape($words))
    }

    It 'has the code, the computer and the message as XML, as it is the message on Windows: <case>' -ForEach @(
        @{ case = 'a port where nobody listens'; code = '2150858770' }
        @{ case = 'no answer in time'; code = '2150859046' }
        @{ case = 'an authority that is not trusted'; code = '12175' }
        @{ case = 'a wrong password'; code = '5' }
    ) {
        $failure = Get-OneError $cases[$case]
        $fault = ([xml] $failure.Exception.FaultXml).WSManFault
        $fault.Code | Should -BeExactly $code
        $fault.Machine | Should -BeExactly ([Environment]::MachineName)
        $fault.Message | Should -BeExactly $failure.Exception.Message
        # As scripts take it apart that look for it without reading XML.
        $failure.Exception.FaultXml -match '<f:WSManFault [^>]*Code="(\d+)".*<f:Message>.*</f:Message>' | Should -BeTrue
        $Matches[1] | Should -BeExactly $code
    }

    It 'has the XML of the server where it sent one, with what is in it' {
        $failure = Get-OneError {
            Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{ Name = 'nobody' } -ComputerName $one @login
        }
        $fault = ([xml] $failure.Exception.FaultXml).WSManFault
        $fault.Code | Should -BeExactly "$($failure.Exception.WSManCode)"
        $fault.Machine | Should -BeExactly $failure.Exception.Machine
        $fault.Message.ProviderFault.provider | Should -BeExactly $failure.Exception.Provider
        $failure.Exception.SoapFaultXml | Should -BeLike '*:Fault*WSManFault*'
    }
}

Describe 'An error in a realm for a script that was written for Windows' -Skip:(-not (Test-Realm)) {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        $realm = Start-Realm
        $computer = Start-Computer 127.0.0.1 -Password $realm.users.tester -Environment $realm.service `
            -Option '--offer', 'negotiate,kerberos'
        $client = Start-Pwsh '-Command', '-' $realm.client
        $cases = @{
            'a wrong password' = '-Credential ([pscredential]::new("tester@WSMAN.TEST", $wrong))'
            'an unknown user' = '-Credential ([pscredential]::new("nobody@WSMAN.TEST", $wrong))'
            'a computer that the KDC does not know' = '-SessionOption (New-WSManSessionOption -SPNPort 1)'
        }
    }
    AfterAll {
        if ($client) { Stop-PipedProcess $client.Process }
        Stop-Computer $computer
        Stop-ThirdPartyServer $realm
    }

    It 'has the words "<words>" for <case>, as looked for by <seen>' -ForEach $realmRows {
        $result = Invoke-Script $client @"
            `$wrong = [Net.NetworkCredential]::new('', 'not the password').SecurePassword
            try { Connect-WSMan localhost -Port $($computer.Http) -Authentication Kerberos $($cases[$case]) }
            catch { `$_.Exception.Message }
"@
        $result.Output | Should -Match ([regex]::Escape($words))
    }
}
