# What is wrong in a command line, beside what Microsoft's own module says of it: the same lines are given to both.
# There is no line that needs WinRM, and none with New-WSManInstance or Invoke-WSManAction, whose original begins with a
# COM object; the facts that these errors come from are compared in Original.Metadata.
BeforeDiscovery {
    $lines = @(
        # What has to be there
        'Get-WSManInstance', 'Set-WSManInstance', 'Remove-WSManInstance', 'Remove-WSManInstance winrm/x'
        'Enable-WSManCredSSP', 'Disable-WSManCredSSP', 'Connect-WSMan -ComputerName'

        # A value that is none
        'Connect-WSMan server01 -Authentication Fancy', 'Connect-WSMan server01 -Authentication $null'
        'Connect-WSMan server01 -Authentication ""', 'Connect-WSMan server01 -Authentication Basic, Digest'
        'Connect-WSMan server01 -Authentication 3', 'Connect-WSMan server01 -Port 0', 'Connect-WSMan server01 -Port -1'
        'Connect-WSMan server01 -Port abc', 'Connect-WSMan server01 -Port 2147483648'
        'Connect-WSMan server01 -ApplicationName ""', 'Connect-WSMan server01 -ApplicationName $null'
        'Connect-WSMan server01 -CertificateThumbprint ""', 'Connect-WSMan server01 -Credential 5'
        'Connect-WSMan server01 -SessionOption $null', 'Connect-WSMan server01 -SessionOption 5'
        'Connect-WSMan server01 -OptionSet $null', 'Connect-WSMan server01 -OptionSet @{}'
        'Connect-WSMan server01 -OptionSet 5', 'Connect-WSMan -ConnectionURI $null', 'Connect-WSMan -ConnectionURI ""'
        'Connect-WSMan -ConnectionURI server01', 'Connect-WSMan server01 -UseSSL abc'
        'Connect-WSMan server01 -UseSSL:abc', 'Connect-WSMan server01 -UseSSL:5 -Port 0', 'Connect-WSMan a, b'
        'Test-WSMan a, b', 'Test-WSMan a -Authentication Fancy', 'Test-WSMan a -Port 0', 'Disconnect-WSMan a, b'
        'Get-WSManInstance $null', 'Get-WSManInstance x -ReturnType fancy', 'Get-WSManInstance x -ReturnType ""'
        'Get-WSManInstance x -Filter ""', 'Get-WSManInstance x -Fragment ""', 'Get-WSManInstance x -SelectorSet 5'
        'Get-WSManInstance x -Port abc', 'Set-WSManInstance x -SelectorSet @{}'
        'Set-WSManInstance x -SelectorSet $null', 'Set-WSManInstance x -ValueSet $null'
        'Set-WSManInstance x -ValueSet @{}', 'Set-WSManInstance x -FilePath ""', 'Set-WSManInstance x -Dialect $null'
        'Remove-WSManInstance x $null', 'Remove-WSManInstance x @{}', 'Remove-WSManInstance x y'
        'Enable-WSManCredSSP Fancy', 'Enable-WSManCredSSP ""', 'Enable-WSManCredSSP Client ""'
        'Enable-WSManCredSSP Client @()', 'Enable-WSManCredSSP Client a, ""', 'Disable-WSManCredSSP Fancy'
        'New-WSManSessionOption -OperationTimeout -1', 'New-WSManSessionOption -SPNPort -1'
        'New-WSManSessionOption -ProxyAccessType Fancy', 'New-WSManSessionOption -ProxyAccessType $null'
        'New-WSManSessionOption -ProxyAuthentication Fancy', 'New-WSManSessionOption -ProxyAuthentication $null'

        # What does not go together
        'Connect-WSMan server01 -ConnectionURI http://server01'
        'Connect-WSMan -ConnectionURI http://server01:5985/wsman -UseSSL'
        'Connect-WSMan -ConnectionURI http://server01:5985/wsman -ApplicationName x'
        'Test-WSMan -ConnectionURI http://x', 'Test-WSMan a -SessionOption 5'
        'Get-WSManInstance x -Enumerate -SelectorSet @{ a = 1 }', 'Get-WSManInstance x -Enumerate -Fragment a'
        'Get-WSManInstance x -Filter a -SelectorSet @{ a = 1 }'
        'Set-WSManInstance x -ConnectionURI http://a -ComputerName b'
        'Remove-WSManInstance x @{ a = 1 } -ConnectionURI http://a -ComputerName b'

        # What is not there
        'Connect-WSMan server01 -Nope', 'Connect-WSMan server01 server02', 'Disconnect-WSMan -Nope'
        'Disconnect-WSMan a b', 'Test-WSMan a b', 'Get-WSManInstance x y', 'Enable-WSManCredSSP Client a b'
        'Enable-WSManCredSSP -R Client -Nope', 'Disable-WSManCredSSP Client x', 'Get-WSManCredSSP x'
        'Get-WSManCredSSP -Role Client', 'Set-WSManQuickConfig x', 'Set-WSManQuickConfig -UseSSL x'
        'New-WSManSessionOption x', '1 | New-WSManSessionOption'

        # Abbreviations that could be several
        'Connect-WSMan -Co x', 'Connect-WSMan server01 -A x', 'Get-WSManInstance x -S @{}', 'Set-WSManInstance x -F y'
        'New-WSManSessionOption -Skip', 'New-WSManSessionOption -Proxy x'

        # And one that is not
        'Connect-WSMan server01 -P 0'

        # What a cmdlet refuses itself
        'Disconnect-WSMan server02', 'Disconnect-WSMan', 'Disconnect-WSMan .', 'Disconnect-WSMan ""'
        'Disconnect-WSMan $null', 'Disconnect-WSMan LOCALHOST'
        'New-WSManSessionOption -ProxyAuthentication Basic', 'New-WSManSessionOption -ProxyAuthentication Digest'
        'New-WSManSessionOption -ProxyCredential $login'

        # What is right, and made without a computer
        'New-WSManSessionOption', 'New-WSManSessionOption -ProxyAuthentication Negotiate'
        'New-WSManSessionOption -ProxyAccessType ProxyNoProxyServer -ProxyAuthentication Digest -ProxyCredential $login'
        'New-WSManSessionOption -SPNPort 5 -SkipCACheck -SkipCNCheck -SkipRevocationCheck -UseUTF16 -NoEncryption'
        'New-WSManSessionOption -OperationTimeoutMSec 2147483647 -ProxyAccessType ProxyIEConfig'
        '[Microsoft.WSMan.Management.SessionOption]::new()'
    ) + @(
        # A certificate is all that says who connects
        foreach ($cmdlet in 'Connect-WSMan a', 'Test-WSMan a', 'Get-WSManInstance x', 'Set-WSManInstance x',
            'Remove-WSManInstance x @{ a = 1 }') {
            foreach ($mechanism in 'Basic', 'Digest', 'Negotiate', 'Kerberos', 'CredSSP') {
                "$cmdlet -CertificateThumbprint ab -Authentication $mechanism"
                "$cmdlet -Authentication $mechanism -CertificateThumbprint ab"
            }
            "$cmdlet -Credential `$login -CertificateThumbprint ab"
        }
    )
    $differences = @(
        @{ line = '"server01" | Disconnect-WSMan'
            original = "ends with error WsManError,*.DisconnectWSManCommand InvalidOperation on 'localhost'"
            ours = "error InputObjectNotBound,*.DisconnectWSManCommand InvalidArgument on 'server01'"
            reason = 'the piped name is not taken for nothing' }
        @{ line = 'Disconnect-WSMan a -ErrorAction SilentlyContinue'
            original = "ends with error WsManError,*.DisconnectWSManCommand InvalidOperation on 'a'"
            ours = ''
            reason = 'an error that the caller silenced ends nothing' }
    )
}

Describe 'A command line beside that of Microsoft' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module "$PSScriptRoot/original/Comparison.psm1"
        Import-Module $env:WSMAN_TEST_MODULE -Force
        $microsoft = Start-Original

        # What comes of a line in both.
        function Get-Both([string] $Line) {
            $with = "`$login = [pscredential]::new('u', (ConvertTo-SecureString p -AsPlainText -Force)); $Line"
            $said = @(Get-OriginalOutcome $microsoft $with), @(Get-Outcome $with)
            $said -match 'PlatformNotSupported' | Should -BeNullOrEmpty -Because 'it would say nothing of Windows'
            foreach ($one in $said) { , $one }
        }
    }
    AfterAll { $null = Wait-Pwsh $microsoft }

    It 'has the same outcome: <_>' -ForEach $lines {
        $original, $ours = Get-Both $_
        $ours | Should -BeExactly $original
    }

    It 'differs with <line>, because: <reason>' -ForEach $differences {
        $said = Get-Both $line
        $said[0] | Should -BeLikeExactly $original
        $said[1] | Should -BeLikeExactly $ours
    }
}
