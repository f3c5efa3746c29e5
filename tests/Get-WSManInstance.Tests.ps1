BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    # Nobody listens at the second.
    $one, $nobody = '127.21.1.1', '127.21.1.99'
    $computer = Start-Computer $one
    $login = $computer.Login
    $service = 'wmicimv2/Win32_Service'
    $winrm = 'wmicimv2/Win32_Service?Name=winrm'
}
AfterAll { Stop-Computer $computer }

Describe 'Get-WSManInstance' {
    AfterEach { Disconnect-EveryComputer }

    It 'writes the instance as an XML element with the type name of its class, and closes its connection' {
        $instance = Get-WSManInstance $service -SelectorSet @{ Name = 'winrm' } -ComputerName $one @login
        $instance | Should -HaveCount 1
        $instance | Should -BeOfType Xml.XmlElement
        $instance.LocalName | Should -Be 'Win32_Service'
        $instance.ParentNode | Should -BeOfType Xml.XmlDocument
        $namespace = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service'
        $instance.pstypenames[0] | Should -BeExactly "System.Xml.XmlElement#$namespace#Win32_Service"
        Assert-Disconnected $computer $one
    }

    It 'uses the session for an object of the pipeline without a credential, behind one that had its own' {
        Connect-WSMan $one @login
        $credential = [pscredential]::new('nobody', [securestring]::new())
        $found = [pscustomobject]@{ ResourceURI = $winrm; Credential = $credential },
            [pscustomobject]@{ ResourceURI = $winrm } |
            Get-WSManInstance -ComputerName $one -ErrorAction SilentlyContinue -ErrorVariable failed
        # The first wants a connection of its own, to the default port, where nobody listens.
        $failed | Should -HaveCount 1
        $found.Name | Should -BeExactly 'winrm'
    }

    Context 'of an instance with values of every kind' {
        BeforeAll { $instance = Get-WSManInstance $winrm -ComputerName $one @login }

        It 'has <what> as the property <name>' -ForEach @(
            @{ name = 'Name'; value = 'winrm'; what = 'a text' }
            @{ name = 'Started'; value = 'true'; what = 'a boolean' }
            @{ name = 'ProcessId'; value = '1204'; what = 'a number' }
            @{ name = 'Description'; value = "Answers WS-Management.`nWritten on two lines."; what = 'two lines' }
            @{ name = 'lang'; value = 'en-US'; what = 'the language' }
        ) {
            $instance.$name | Should -BeOfType string
            $instance.$name | Should -BeExactly $value
        }

        It 'has a date as a property of the element' {
            $instance.InstallDate.Datetime | Should -BeExactly '2021-05-08T08:20:24.5Z'
        }

        It 'has an array as a property with several values' {
            $instance.Triggers | Should -BeExactly 'network', 'a;b', '<domain join>'
        }

        It 'has an embedded object as an element with properties' {
            $instance.Recovery.DelaySeconds | Should -BeExactly '60'
            $instance.Recovery.Commands | Should -BeExactly 'first', 'second'
        }

        It 'has a reference as an element with the selectors of what it means' {
            $instance.Process.ReferenceParameters.SelectorSet.Selector.'#text' | Should -BeExactly '1204'
        }
    }

    It 'marks a value that is not there as nil' {
        (Get-WSManInstance "${service}?Name=bits" -ComputerName $one @login).Description.nil | Should -Be 'true'
    }

    It 'takes the selectors from the resource <resource>' -ForEach @(
        @{ resource = 'wmicimv2/Win32_Service?Name=winrm' }
        @{ resource = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service?Name=winrm' }
    ) {
        (Get-WSManInstance $resource -ComputerName $one @login).Name | Should -Be 'winrm'
    }

    It 'takes resources from the pipeline' {
        $instances = "${service}?Name=winrm", "${service}?Name=spooler" | Get-WSManInstance -ComputerName $one @login
        $instances.Name | Should -Be 'winrm', 'spooler'
    }

    It 'writes a fragment as a string' {
        $text = Get-WSManInstance $winrm -Fragment State -ComputerName $one @login
        $text | Should -BeOfType string
        $text | Should -BeExactly 'XmlFragment=Running'
    }

    It 'finds the computer in a connection URI' {
        $how = @{ ConnectionURI = "https://${one}:$($computer.Https)/wsman"; Credential = $computer.Credential }
        (Get-WSManInstance $winrm @how -Authentication Basic).Name | Should -Be 'winrm'
        Assert-Disconnected $computer $one
    }

    It 'takes -Port with a connection URI <what>' -ForEach @(
        @{ what = 'without a port'; uri = { "https://$one/wsman" }; port = { $computer.Https } }
        @{ what = 'with a port, which comes first'; uri = { "https://${one}:$($computer.Https)/wsman" }; port = { 1 } }
    ) {
        $how = @{ ConnectionURI = & $uri; Port = & $port; Credential = $computer.Credential }
        (Get-WSManInstance $winrm @how -Authentication Basic).Name | Should -Be 'winrm'
    }

    Context 'with a fault from the server' {
        It 'gives the exception the parts of the fault, and the message is a sentence' {
            $failure = Get-ErrorLeavingNothing $computer {
                Get-WSManInstance $service -SelectorSet @{ Nmae = 'winrm' } -ComputerName $one @login
            }
            Assert-WSManError $failure GetWSManInstance $service '0x8033805B', $one
            "$failure" | Should -Not -BeLike '*<*'
            $parts = $failure.Exception
            $parts.Code | Should -Be 'Fault'
            $parts.WSManCode | Should -BeOfType uint32
            $parts.WSManCode | Should -Be 0x8033805Bu
            $parts.SignedCode | Should -BeOfType int
            $parts.SignedCode | Should -Be 0x8033805B
            $parts.WSManCodeName | Should -BeExactly 'ERROR_WSMAN_UNEXPECTED_SELECTORS'
            $parts.SoapCode | Should -BeExactly 'Sender'
            $parts.SoapSubcode | Should -BeExactly 'InvalidSelectors'
            $parts.Reason | Should -BeLike '*Nmae*'
            $parts.FaultDetail | Should -BeLike '*faultDetail*'
            $parts.Machine | Should -Not -BeNullOrEmpty
            $parts.SoapFaultXml | Should -BeLike '<*'
            $xml = ([xml] $parts.FaultXml).WSManFault
            $xml.Code | Should -BeExactly '2150858843'
            $xml.Machine | Should -BeExactly $parts.Machine
            $xml.Message | Should -BeLike '*Nmae*'
        }

        It 'names the provider that failed' {
            $failure = Get-ErrorLeavingNothing $computer {
                Get-WSManInstance $service -SelectorSet @{ Name = 'nobody' } -ComputerName $one @login
            }
            Assert-WSManError $failure GetWSManInstance $service '0x80338000', $one
            $failure.Exception.Provider | Should -Not -BeNullOrEmpty
            $failure.Exception.ProviderPath | Should -Not -BeNullOrEmpty
            $failure.Exception.ProviderMessage | Should -BeLike '*Win32_Service*'
        }

        It 'has no parts of a fault if there was none' {
            $failure = Get-OneError { Get-WSManInstance $service -ComputerName $nobody @login }
            Assert-WSManError $failure GetWSManInstance $service $nobody, '0x80338012'
            $failure.Exception.Code | Should -Be 'CannotConnect'
            $parts = 'SoapCode', 'SoapSubcode', 'Reason', 'FaultDetail', 'Machine', 'Provider', 'SoapFaultXml'
            foreach ($part in $parts) {
                $failure.Exception.$part | Should -BeOfType string
                $failure.Exception.$part | Should -BeExactly '' -Because "$part is a part of a fault"
            }
        }
    }

    Context 'with a resource that the server refuses' {
        It 'fails with <code> for <resource> with <words>' -ForEach @(
            @{ resource = 'wmicimv2/No_Such_Class'; selectors = @{}; code = '0x80338000'; words = 'no selector' }
            @{ resource = 'urn:nothing'; selectors = @{}; code = '0x8033803B'; words = 'no selector' }
            @{ resource = 'wmicimv2/Win32_Service'; selectors = @{}; code = '0x8033805A'; words = 'no selector' }
            @{ resource = 'wmicimv2/Win32_Service'; selectors = @{ Nmae = 'winrm' }; code = '0x8033805B'
                words = 'a selector that the class does not have' }
            @{ resource = 'wmicimv2/Win32_Service'; selectors = @{ Name = 'nobody' }; code = '0x80338000'
                words = 'the selector of no instance' }
            @{ resource = 'wmicimv2/Loopback_Row'; selectors = @{ Index = 'first' }; code = '0x8033805D'
                words = 'a selector of another type' }
        ) {
            $which = $selectors.Count ? @{ SelectorSet = $selectors } : @{}
            $failure = Get-ErrorLeavingNothing $computer { Get-WSManInstance $resource @which -ComputerName $one @login }
            Assert-WSManError $failure GetWSManInstance $resource $code, $one
        }
    }

    Context 'with a request that cannot be sent' {
        It 'names a selector that <what>' -ForEach @(
            @{ value = $null; what = 'is null'; text = 'The selector Name is $null' }
            @{ value = 'a', 'b'; what = 'is an array'; text = 'The selector Name has several values' }
        ) {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Get-WSManInstance $service -SelectorSet @{ Name = $value } -ComputerName $one @login
            }
            Assert-WSManError $failure GetWSManInstance $service $text
        }

        It 'fails for a resource that names a selector without a value' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Get-WSManInstance "${service}?Name" -ComputerName $one @login }
            Assert-WSManError $failure GetWSManInstance "${service}?Name" 'Name=value'
        }

        It 'says that the resource is missing' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Get-WSManInstance '' -ComputerName $one @login }
            Assert-WSManError $failure GetWSManInstance '' 'The resource URI is missing'
        }

        It 'tells the reason of a fault in the language of the user, where it has more than one' {
            $failure = Get-OneError {
                Get-WSManInstance wmicimv2/Win32_Nothing -ComputerName $one @login -ApplicationName two-texts/wsman
            }
            $failure.Exception.SoapFaultXml | Should -Match 'Das gibt es hier nicht'
            $failure.Exception.Message | Should -Match '0x80338000'
            $failure.Exception.Message | Should -Not -Match 'Das gibt es hier nicht'
        }

        It 'names a connection URI that is none as the target' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Get-WSManInstance winrm/config -ConnectionURI server01/wsman
            }
            Assert-WSManError $failure GetWSManInstance server01/wsman 'connection URI'
        }

        It 'names the port <_>, which there cannot be' -ForEach -1, 65536 {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Get-WSManInstance winrm/config -ComputerName $one -UseSSL -Port $_
            }
            Assert-WSManError $failure GetWSManInstance winrm/config "$_"
        }
    }

    Context 'with a session to the computer' {
        BeforeEach {
            Connect-WSMan $one @login
            $before = Get-Count $computer
        }

        It 'asks over the session' {
            (Get-WSManInstance $winrm -ComputerName $one).Name | Should -Be 'winrm'
            (Get-Count $computer).accepted | Should -Be $before.accepted
            Assert-Connected $computer $one
        }

        It 'makes a connection of its own if it is told how' {
            (Get-WSManInstance $winrm -ComputerName $one @login).Name | Should -Be 'winrm'
            (Get-Count $computer).accepted | Should -Be ($before.accepted + 1)
            Assert-Connected $computer $one
        }

        # Each lacks something to reach the service, which is how it shows that the session was not used.
        It 'takes <name> for how to connect' -ForEach @(
            @{ name = '-Port'; how = { @{ Port = 1 } }; text = '0x803381BB' }
            @{ name = '-UseSSL'; how = { @{ UseSSL = $true } }; text = '0x803381BB' }
            @{ name = '-ApplicationName'; how = { @{ ApplicationName = 'wsman' } }; text = '0x803381BB' }
            @{ name = '-SessionOption'; how = { @{ SessionOption = New-WSManSessionOption } }; text = '0x803381BB' }
            @{ name = '-Credential'; how = { @{ Credential = $computer.Credential } }; text = 'TrustedHosts' }
            @{ name = '-Authentication'; how = { @{ Authentication = 'Basic' } }; text = 'Add -Credential' }
            @{ name = '-CertificateThumbprint'; how = { @{ CertificateThumbprint = '0123' } }; text = '0x80338082' }
        ) {
            $parameters = & $how
            $failure = Get-OneError { Get-WSManInstance $winrm -ComputerName $one @parameters }
            Assert-WSManError $failure GetWSManInstance $winrm $text
            (Get-Count $computer).requests | Should -Be $before.requests
            Assert-Connected $computer $one
        }

        It 'does not find the session any more after Disconnect-WSMan' {
            Disconnect-WSMan $one
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Get-WSManInstance $winrm -ComputerName $one }
            Assert-WSManError $failure GetWSManInstance $winrm '0x803381BB', 'needs a credential'
        }
    }

    It 'finds the session by its name in another letter case' {
        # The loopback address again, as IPv6 has it, with letters in it.
        Connect-WSMan ::ffff:127.21.1.1 @login -SessionOption (New-WSManSessionOption -SkipCNCheck)
        (Get-WSManInstance $winrm -ComputerName ::FFFF:127.21.1.1).Name | Should -Be 'winrm'
        (Get-Count $computer).connections | Should -Be 1
    }
}
