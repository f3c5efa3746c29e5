BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.2.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $at = @{ ComputerName = $one } + $login
    # Loopback_Row has 10000 instances, whose Index counts from 0, and a page of them is smaller than 100.
    $rows = 'wmicimv2/Loopback_Row'

    # The elements below an object that have this name.
    function Get-Child($Instance, [string] $Name = '*') {
        $Instance.ChildNodes | Where-Object { $_ -is [Xml.XmlElement] -and $_.LocalName -like $Name }
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Get-WSManInstance -Enumerate' {
    AfterEach { Disconnect-EveryComputer }

    Context 'over a connection of its own, with nothing left open at the end' {
        AfterEach {
            Get-ConnectedComputer | Should -BeNullOrEmpty
            Assert-NothingHeld $computer
        }

        It 'writes all instances in the order of the server' {
            $services = Get-WSManInstance wmicimv2/Win32_Service -Enumerate @at
            $services | Should -HaveCount 12
            $services[0..1].Name | Should -Be 'winrm', 'spooler'
        }

        It 'writes ten thousand instances once each, in order' {
            $found = Get-WSManInstance $rows -Enumerate @at
            $found | Should -HaveCount 10000
            $found.Index -join ' ' | Should -BeExactly (0..9999 -join ' ')
        }

        It 'writes elements with the language and the type name of their class' {
            $first = @(Get-WSManInstance wmicimv2/Win32_Service -Enumerate @at)[0]
            $first | Should -BeOfType Xml.XmlElement
            $first.lang | Should -Be 'en-US'
            $namespace = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service'
            $first.pstypenames[0] | Should -BeExactly "System.Xml.XmlElement#$namespace#Win32_Service"
        }

        It 'writes <what> with -ReturnType <type>' -ForEach @(
            @{ type = 'object'; what = 'the instances'; name = 'Win32_Service' }
            @{ type = 'EPR'; what = 'references to the instances'; name = 'EndpointReference' }
            @{ type = 'objectandepr'; what = 'instances with their references'; name = 'Item' }
        ) {
            $found = Get-WSManInstance wmicimv2/Win32_Service -Enumerate -ReturnType $type @at
            $found | Should -HaveCount 12
            $found | Should -BeOfType Xml.XmlElement
            $found.LocalName | Select-Object -Unique | Should -BeExactly $name
        }

        It 'writes <what> with <words>' -ForEach @(
            @{ words = 'no switch'; what = 'derived classes as they are'; switches = @{}; hasState = $true
                classes = 'CIM_Service', 'Win32_Service', 'Win32_SystemDriver' }
            @{ words = '-Shallow'; what = 'the class alone'; switches = @{ Shallow = $true }; hasState = $false
                classes = 'CIM_Service' }
            @{ words = '-Shallow and -BasePropertiesOnly'; what = 'the class alone'; hasState = $false
                switches = @{ Shallow = $true; BasePropertiesOnly = $true }; classes = 'CIM_Service' }
            @{ words = '-BasePropertiesOnly'; what = 'derived classes as the base class'; hasState = $false
                switches = @{ BasePropertiesOnly = $true }; classes = 'CIM_Service' }
        ) {
            $found = @(Get-WSManInstance wmicimv2/CIM_Service -Enumerate @switches @at)
            # Twelve services, a driver, and one of the base class itself; only derived classes have a state.
            $found | Should -HaveCount ($switches.Shallow ? 1 : 14)
            $found.LocalName | Sort-Object -Unique | Should -BeExactly $classes
            [bool](Get-Child $found State) | Should -Be $hasState
        }

        It 'takes a filter for WQL with <words>' -ForEach @(
            @{ words = 'no dialect'; dialect = @{} }
            @{ words = '-Dialect WQL'; dialect = @{ Dialect = 'WQL' } }
            @{ words = 'the URI of WQL'; dialect = @{ Dialect = 'http://schemas.microsoft.com/wbem/wsman/1/WQL' } }
        ) {
            $query = "select * from Win32_Service where Name = 'winrm'"
            $found = @(Get-WSManInstance wmicimv2/* -Enumerate -Filter $query @dialect @at)
            $found.Name | Should -Be 'winrm'
        }

        It 'writes a fragment with the selected properties only' {
            $query = "select Name, State from Win32_Service where Name = 'winrm'"
            $found = @(Get-WSManInstance wmicimv2/* -Enumerate -Filter $query @at)
            $found | Should -HaveCount 1
            $found[0].LocalName | Should -BeExactly 'XmlFragment'
            Get-Child $found[0] | ForEach-Object { "$($_.LocalName)=$($_.InnerText)" } |
                Should -BeExactly 'Name=winrm', 'State=Running'
        }

        It 'finds instances by their keys with -Dialect selector' {
            $filter = 'Name="spooler"'
            $found = @(Get-WSManInstance wmicimv2/Win32_Service -Enumerate -Dialect selector -Filter $filter @at)
            $found.Name | Should -Be 'spooler'
        }

        It 'finds what is associated with an instance with -Dialect association' {
            $filter = '{Object=Win32_Service?Name=rpcss;AssociationClassName=Win32_DependentService;' +
                'ResultClassName=Win32_Service;Role=Antecedent}'
            $found = @(Get-WSManInstance wmicimv2/* -Enumerate -Dialect association -Filter $filter @at)
            $found.LocalName | Should -BeExactly 'Win32_Service', 'Win32_Service'
            $found.Name | Sort-Object | Should -Be 'spooler', 'winrm'
        }

        It 'finds the associations themselves with -Associations' {
            $filter = '{Object=Win32_Service?Name=rpcss;ResultClassName=Win32_DependentService}'
            $found = @(Get-WSManInstance wmicimv2/* -Enumerate -Dialect association -Filter $filter -Associations @at)
            $found.LocalName | Should -BeExactly 'Win32_DependentService', 'Win32_DependentService'
            Get-Child $found Name | Should -BeNullOrEmpty
        }

        # They have other prefixes and paddings, and the last gives no items before the first Pull.
        It 'reads a server of the family <_> alike' -ForEach 'omi', 'openwsman', 'amt' {
            $resource = 'cimv2/Win32_Service?__cimnamespace=root/cimv2'
            $found = Get-WSManInstance $resource -Enumerate -ApplicationName "flavour/$_/wsman" @at
            $found | Should -HaveCount 12
            $found[0..1].Name | Should -Be 'winrm', 'spooler'
        }

        It 'writes nothing if nothing was found' {
            $query = "select * from Win32_Service where Name = 'nobody'"
            Get-WSManInstance wmicimv2/* -Enumerate -Filter $query @at | Should -BeNullOrEmpty
        }

        It 'asks for smaller pages if a page is too large for the server' {
            $pulls = [int](Get-Count $computer).operations.Pull
            $found = Get-WSManInstance $rows -Enumerate -ApplicationName encoding-limit/25/wsman @at |
                Select-Object -First 300
            $found.Index -join ' ' | Should -BeExactly (0..299 -join ' ')
            (Get-Count $computer).operations.Pull | Should -BeGreaterThan ($pulls + 11)
        }

        It 'delivers what came before <what>' -ForEach @(
            @{ what = 'a fault'; path = 'pull/fault-after/1'; text = '0x0000054F' }
            @{ what = 'the loss of the enumeration context'; path = 'pull/expired'; text = '0x8033801B' }
            @{ what = 'a page with more items than were asked for'; path = 'pull/extra'; text = '0x80338143' }
        ) {
            $seen = [Collections.Generic.List[string]]::new()
            $failure = Get-OneError {
                Get-WSManInstance $rows -Enumerate -ApplicationName $path/wsman @at |
                    ForEach-Object { $seen.Add($_.Index) }
            }
            Assert-WSManError $failure GetWSManInstance $rows $text
            $seen | Should -Not -BeNullOrEmpty
            $seen -join ' ' | Should -BeExactly (0..($seen.Count - 1) -join ' ')
        }
    }

    Context 'as elements, each in a document of its own' {
        BeforeAll {
            $prefixes = @{
                w = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'
                a = 'http://schemas.xmlsoap.org/ws/2004/08/addressing'
            }
            $written = @{}
            foreach ($type in 'object', 'epr', 'objectandepr') {
                $written.$type = @(Get-WSManInstance wmicimv2/Win32_Service -Enumerate -ReturnType $type @at)
            }
            $names = $written.object.Name
        }

        It 'writes the root of a document with -ReturnType <_>' -ForEach 'object', 'epr', 'objectandepr' {
            $items = $written.$_
            $items | Should -HaveCount 12
            foreach ($item in $items) {
                $item.ParentNode.NodeType | Should -Be 'Document'
                $item.OwnerDocument.DocumentElement | Should -Be $item
            }
            $items.OwnerDocument | ForEach-Object GetHashCode | Sort-Object -Unique | Should -HaveCount 12
        }

        It 'writes an instance from whose root its own properties are found' {
            $written.object | ForEach-Object { $_.SelectNodes('//*[local-name()="Name"]').Count } |
                Sort-Object -Unique | Should -Be 1
        }

        It 'writes references with -ReturnType <_> from whose roots Select-Xml finds their own selectors' -ForEach @(
            'epr', 'objectandepr'
        ) {
            # All selectors of a page would be found for each, and the first would act on the wrong instance.
            $path = "//a:EndpointReference//w:Selector[@Name='Name']"
            $found = foreach ($item in $written.$_) {
                $selectors = @(Select-Xml -Xml $item -XPath $path -Namespace $prefixes)
                $selectors | Should -HaveCount 1
                $selectors[0].Node.InnerText
            }
            $found | Should -Be $names
        }

        It 'writes what can be saved and read again with -ReturnType <_>' -ForEach 'object', 'epr', 'objectandepr' {
            foreach ($item in $written.$_) {
                $again = ([xml]$item.OuterXml).DocumentElement
                $again.OuterXml | Should -BeExactly $item.OuterXml
                # The value of xsi:type is a name whose prefix has to be declared.
                foreach ($type in Select-Xml -Xml $again -XPath '//@*[local-name()="type"]') {
                    $type.Node.OwnerElement.GetNamespaceOfPrefix(($type.Node.Value -split ':')[0]) |
                        Should -Not -BeNullOrEmpty
                }
            }
        }

        It 'declares once, on the root, what <type> uses of the protocol, and nothing else of it' -ForEach @(
            @{ type = 'object'; declared = 'p', 'xsi', 'cim', 'a', 'w'; name = 'winrm' }
            @{ type = 'object'; declared = 'p', 'xsi', 'cim'; name = 'bits' }
            @{ type = 'epr'; declared = 'a', 'w'; name = 'spooler' }
        ) {
            $item = $written.$type[[array]::IndexOf($names, $name)]
            $item.OuterXml | Select-String ' xmlns:(\w+)=' -AllMatches | ForEach-Object { $_.Matches } |
                ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -ne 'e' } | Should -Be $declared
        }

        It 'writes items of which one can be changed and taken away while the others stay' {
            $first, $second = Get-WSManInstance wmicimv2/Win32_Service -Enumerate @at | Select-Object -First 2
            $before = $second.OuterXml
            $first.Name = 'changed'
            $null = $first.ParentNode.RemoveChild($first)
            $second.OuterXml | Should -BeExactly $before
            $all = [xml]'<all/>'
            $second, $first | ForEach-Object { $null = $all.DocumentElement.AppendChild($all.ImportNode($_, $true)) }
            $all.all.Win32_Service.Name | Should -Be 'spooler', 'changed'
            $second.ParentNode.NodeType | Should -Be 'Document'
        }

        It 'writes items that are found their way through on several threads' {
            $found = Get-WSManInstance $rows -Enumerate @at | Select-Object -First 500 |
                ForEach-Object -Parallel { $_.SelectSingleNode('//*[local-name()="Index"]').InnerText } -ThrottleLimit 4
            $found | Sort-Object { [int]$_ } | Should -Be (0..499)
        }
    }

    Context 'with a filter that cannot be used' {
        It 'fails with the words of the server for <what>' -ForEach @(
            @{ what = 'a query that is none'; query = 'select from where' }
            @{ what = 'a query for a class that is not there'; query = 'select * from No_Such_Class' }
        ) {
            $failure = Get-ErrorLeavingNothing $computer { Get-WSManInstance wmicimv2/* -Enumerate -Filter $query @at }
            Assert-WSManError $failure GetWSManInstance wmicimv2/* '0x8033801A', ($query -split ' from ')[-1]
        }

        It 'refuses -Dialect without -Filter' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent { Get-WSManInstance wmicimv2/* -Enumerate -Dialect WQL @at }
            Assert-WSManError $failure GetWSManInstance wmicimv2/* '-Filter'
        }

        It 'refuses the filter <filter> of the dialect <dialect>' -ForEach @(
            @{ dialect = 'selector'; filter = 'Name' }
            @{ dialect = 'association'; filter = 'Win32_Service' }
        ) {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Get-WSManInstance wmicimv2/* -Enumerate -Dialect $dialect -Filter $filter @at
            }
            Assert-WSManError $failure GetWSManInstance wmicimv2/* "The $dialect filter cannot be read"
        }

        It 'does not bind a return type that there is not' {
            $failure = Get-ErrorLeavingNothing $computer -Unsent {
                Get-WSManInstance wmicimv2/* -Enumerate -ReturnType all @at
            }
            $id = 'ParameterArgumentValidationError,Microsoft.WSMan.Management.GetWSManInstanceCommand'
            Assert-Error $failure $id InvalidData $null "'ReturnType'", 'objectandepr'
        }
    }

    Context 'with a session to the computer' {
        BeforeEach {
            Connect-WSMan $one @login
            $before = Get-Count $computer
        }

        It 'asks over the session, with one more connection of it at most' {
            Get-WSManInstance $rows -Enumerate -ComputerName $one | Should -HaveCount 10000
            (Get-Count $computer).accepted | Should -BeIn $before.accepted, ($before.accepted + 1)
            Get-ConnectedComputer | Should -Be $one
            Get-HeldCount $computer contexts | Should -Be 0
        }

        It 'makes a connection of its own if it is told how' {
            Get-WSManInstance $rows -Enumerate @at | Should -HaveCount 10000
            (Get-Count $computer).accepted | Should -BeGreaterThan $before.accepted
            Assert-Connected $computer $one
        }

        It 'fails once its reader has disconnected the computer' {
            $failure = Get-OneError {
                Get-WSManInstance $rows -Enumerate -ComputerName $one |
                    ForEach-Object { if ($_.Index -eq 10) { Disconnect-WSMan $one } }
            }
            Assert-WSManError $failure GetWSManInstance $rows $one
            Assert-NothingHeld $computer
            Assert-Disconnected $computer $one
        }
    }
}
