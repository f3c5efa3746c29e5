BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two = '127.20.3.1', '127.20.3.2'
    # Nobody listens there.
    $nobody = '127.20.3.99'
    $computer = Start-Computer $one, $two, 127.0.0.1
    $login = $computer.Login
    $masked = 'OS: 0.0.0 SP: 0.0 Stack: 3.0'
}
AfterAll { Stop-Computer $computer }

Describe 'Test-WSMan' {
    AfterEach { Disconnect-EveryComputer }

    It 'gets an answer with a masked version without a credential' {
        $answer = Test-WSMan $one -UseSSL -Port $computer.Https
        $answer | Should -BeOfType Xml.XmlElement
        $answer.LocalName | Should -Be 'IdentifyResponse'
        $answer.ParentNode | Should -BeOfType Xml.XmlDocument
        $answer.ProductVersion | Should -Be $masked
        $answer.ProductVendor | Should -Be 'Microsoft Corporation'
        $answer.ProtocolVersion | Should -Be 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'
        Assert-Disconnected $computer $one
    }

    It 'gets the same answer over http' {
        $answer = Test-WSMan $one -Port $computer.Http
        $answer | Should -BeOfType Xml.XmlElement
        $answer.ProductVersion | Should -Be $masked
        Assert-Disconnected $computer $one
    }

    It 'gets the whole version with a credential' {
        $answer = Test-WSMan $one @login
        $answer | Should -BeOfType Xml.XmlElement
        $answer.ProductVersion | Should -Match '^OS: [1-9]'
        Assert-Disconnected $computer $one
    }

    It 'says of a service that is silent without a credential that one may be missing' {
        $at = @{ ComputerName = $one; ApplicationName = 'silent/wsman' }
        Set-ClientSetting @{ TestTimeoutms = 2000 }
        try { $failure = Get-OneError { Test-WSMan @at -UseSSL -Port $computer.Https } } finally { Set-ClientSetting }
        $failure.ErrorDetails.RecommendedAction | Should -Match 'say nothing to a request without a credential'
        (Test-WSMan @at @login).ProductVendor | Should -Be 'Microsoft Corporation'
    }

    It 'gives the answer the type name of its view' {
        $namespace = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'
        (Test-WSMan $one @login).pstypenames[0] | Should -Be "System.Xml.XmlElement#$namespace#IdentifyResponse"
    }

    It 'asks the local computer: <command>' -ForEach @(
        @{ command = { Test-WSMan -Port $computer.Http } }, @{ command = { Test-WSMan $null -Port $computer.Http } }
        @{ command = { Test-WSMan '' -Port $computer.Http } }, @{ command = { Test-WSMan . -Port $computer.Http } }
        @{ command = { Test-WSMan localhost -Port $computer.Http } }
    ) {
        $asked = [int] (Get-Count $computer).byAddress.'127.0.0.1'.requests
        $answer = & $command
        $answer.wsmid | Should -BeExactly 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'
        $answer.pstypenames[0] | Should -BeExactly "System.Xml.XmlElement#$($answer.wsmid)#IdentifyResponse"
        $answer.ProductVersion | Should -BeExactly $masked
        (Get-Count $computer).byAddress.'127.0.0.1'.requests - $asked | Should -Be 1
    }

    It 'takes names from the pipeline, and goes on after one that fails' {
        $answers = $one, $nobody, $two | Test-WSMan @login -ErrorVariable told -ErrorAction SilentlyContinue
        $answers | Should -HaveCount 2
        $told | Should -HaveCount 1
        Assert-WSManError $told[0] TestWSMan $nobody $nobody
    }

    It 'says nothing about a computer that is not there with -ErrorAction SilentlyContinue' {
        Test-WSMan $nobody @login -ErrorAction SilentlyContinue *>&1 | Should -BeNullOrEmpty
    }

    It 'uses no session, but a connection and a credential of its own' {
        Connect-WSMan $one @login
        $accepted = (Get-Count $computer).accepted
        $wrong = New-Credential 'not the password'
        $failure = Get-OneError {
            Test-WSMan $one -UseSSL -Port $computer.Https -Authentication Basic -Credential $wrong
        }
        Assert-WSManError $failure TestWSMan $one 'user name and the password'
        (Get-Count $computer).accepted - $accepted | Should -Be 1
        Assert-Connected $computer $one
    }

    It 'names an answer that is not WS-Management: <application>' -ForEach @(
        @{ application = 'html'; text = 'web page' }
        @{ application = 'no/such/path'; text = '404' }
        @{ application = 'malformed'; text = 'XML' }
    ) {
        $failure = Get-OneError { Test-WSMan $one @login -ApplicationName $application }
        Assert-WSManError $failure TestWSMan $one $one, $text
        Test-WSMan $one @login -ApplicationName $application -ErrorAction Ignore | Should -BeNullOrEmpty
        Assert-Disconnected $computer $one
    }

    It 'does not bind an authentication that there is not' {
        $failure = Get-OneError { Test-WSMan $one -Authentication foo }
        Assert-Error $failure 'CannotConvertArgumentNoMessage,Microsoft.WSMan.Management.TestWSManCommand' `
            InvalidArgument $null Authentication
    }

    It 'takes a thumbprint with no credential' {
        $failure = Get-OneError { Test-WSMan $one -CertificateThumbprint 0123 -Credential $computer.Credential }
        Assert-Error $failure -Id 'ParameterBindingFailed,Microsoft.WSMan.Management.TestWSManCommand' `
            -Category WriteError -Target $null -Text 'CertificateThumbprint'
    }

    It 'waits as long as the client setting TestTimeoutms says' {
        Set-ClientSetting @{ TestTimeoutms = 321 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        try {
            $failure = Get-OneError { Test-WSMan $one -Port $computer.Http -ApplicationName stall }
        } finally {
            Set-ClientSetting
        }
        $watch.ElapsedMilliseconds | Should -BeGreaterOrEqual 321
        Assert-WSManError $failure TestWSMan $one 'it timed out after', '0x80338126'
        # Without the setting it would be five seconds.
        "$failure" -match '\b(\d+) ms\b' | Should -BeTrue
        [int] $Matches[1] | Should -BeLessThan 3210
    }
}

Describe 'The class of Test-WSMan in a program' {
    BeforeEach { $command = [Microsoft.WSMan.Management.TestWSManCommand]::new() }

    It 'takes <given> for the computer <is>' -ForEach @(
        @{ given = 'foo'; is = 'foo' }, @{ given = $null; is = 'localhost' }, @{ given = '.'; is = 'localhost' }
    ) {
        $command.ComputerName = $given
        $command.ComputerName | Should -BeExactly $is
    }

    It 'takes the authentication <_>' -ForEach 'None', 'Default', 'Digest', 'Negotiate', 'Basic', 'Kerberos',
        'ClientCertificate', 'Credssp' {
        $command.Authentication = $_
        $command.Authentication | Should -BeOfType Microsoft.WSMan.Management.AuthenticationMechanism
        "$($command.Authentication)" | Should -BeExactly $_
    }

    It 'takes no authentication that there is not' {
        $failure = Get-OneError { $command.Authentication = 'foo' }
        $failure.FullyQualifiedErrorId | Should -Be ExceptionWhenSetting
        $command.Authentication | Should -Be None
    }

    It 'takes <value> for <name>' -ForEach @(
        @{ name = 'Port'; value = 5985 }, @{ name = 'Port'; value = 8888 }, @{ name = 'UseSSL'; value = $true }
        @{ name = 'UseSSL'; value = $false }, @{ name = 'ApplicationName'; value = 'foo' }
    ) {
        $command.$name = $value
        [object]::Equals($command.$name, $command.$name.GetType() -eq [switch] ? [switch] $value : $value) |
            Should -BeTrue
    }
}
