# A plugin on the drive, beside the document that Get-WSManInstance has of it: what it shows, which changes it takes, and
# which it refuses. These are the cases that Windows itself is tested with, against a computer that is connected.
BeforeDiscovery {
    $plugins = 'tested', 'microsoft.powershell' | ForEach-Object { @{ name = $_ } }
}
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.1.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    Connect-WSMan $one @login
    $plugin = "WSMan:\$one\Plugin\tested"
    $first, $second = 'http://example.org/first', 'http://example.org/second'
    $administrators, $interactive = 'O:NSG:BAD:P(A;;GA;;;BA)', 'O:NSG:BAD:P(A;;GA;;;IU)S:P(AU;FA;GA;;;WD)'
    $file = "$(New-Folder)/plugin.xml"
    Set-Content $file @"
<PlugInConfiguration xmlns="http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration"
    Name="tested" Filename="%windir%\system32\x.dll" SDKVersion="1" XmlRenderingType="text">
  <InitializationParameters><Param Name="PSVersion" Value="5.1"/><Param Name="Other" Value="x"/></InitializationParameters>
  <Resources>
    <Resource ResourceUri="$first" SupportsOptions="true" ExactMatch="true">
      <Security Uri="$first" ExactMatch="true" Sddl="$administrators"/>
      <Capability Type="Shell"/>
    </Resource>
    <Resource ResourceUri="$second"><Capability Type="Get"/><Capability Type="Put"/></Resource>
  </Resources>
  <Quotas MaxShells="3" IdleTimeoutms="60000"/>
</PlugInConfiguration>
"@

    # The document of a plugin as the computer has it.
    function Get-Document([string] $Plugin) {
        Get-WSManInstance winrm/config/plugin -SelectorSet @{ Name = $Plugin } -ComputerName $one
    }

    # Names with values: of the settings at a path, of the attributes of an element, of the parameters in a document.
    function Get-Shown([string] $Path) {
        Get-ChildItem $Path | Where-Object -Not PSIsContainer | ForEach-Object { "$($_.Name)=$($_.Value)" } | Sort-Object
    }
    function Get-Attribute([Xml.XmlElement] $Element) {
        $Element.Attributes | ForEach-Object { "$($_.LocalName)=$($_.Value)" } | Sort-Object
    }
    function Get-Parameter([Xml.XmlElement] $Document) {
        $Document.InitializationParameters.Param |
            ForEach-Object { "$($_.GetAttribute('Name'))=$($_.GetAttribute('Value'))" } | Sort-Object
    }

    # Makes the plugin anew, with a parameter that has no name. The computer refuses a Param without one, but only the
    # drive takes a param for a Param.
    function Add-NamelessParameter {
        Remove-Item $plugin -Recurse
        $odd = "$(New-Folder)/plugin.xml"
        (Get-Content $file -Raw).Replace('</Init', '<param Value="nameless"/></Init') | Set-Content $odd
        $null = New-Item WSMan:\$one\Plugin -Name tested -File $odd
    }

    # The resource of this URI, and the one security in it.
    function Get-Resource([string] $Uri) { Get-ChildItem $plugin\Resources | Where-Object Keys -EQ "Uri=$Uri" }
    function Get-Security([string] $Uri) { Get-ChildItem "$((Get-Resource $Uri).PSPath)\Security" }
}
AfterAll {
    Disconnect-EveryComputer
    Stop-Computer $computer
}

Describe 'A plugin on the drive' {
    BeforeEach { $null = New-Item WSMan:\$one\Plugin -Name tested -File $file }
    AfterEach { Remove-Item $plugin -Recurse }

    It 'shows the attributes of its document, no others, and each has a path: <name>' -ForEach $plugins {
        $path = "WSMan:\$one\Plugin\$name"
        $shown = Get-Shown $path
        $shown.Count | Should -BeGreaterThan 10
        $shown | Should -BeExactly (Get-Attribute (Get-Document $name))
        Get-ChildItem $path | ForEach-Object { Test-Path $_.PSPath } | Should -Not -Contain $false
    }

    It 'shows as many parameters and quotas as its document has, with their values: <name>' -ForEach $plugins {
        $path, $document = "WSMan:\$one\Plugin\$name", (Get-Document $name)
        $parameters, $quotas = (Get-Parameter $document), (Get-Attribute $document.Quotas)
        $parameters | Should -Not -BeNullOrEmpty
        $quotas | Should -Not -BeNullOrEmpty
        Get-Shown $path\InitializationParameters | Should -BeExactly $parameters
        Get-Shown $path\Quotas | Should -BeExactly $quotas
    }

    It 'shows as many resources as its document has, with their URIs and capabilities: <name>' -ForEach $plugins {
        $document = (Get-Document $name).Resources.Resource
        $shown = @(Get-ChildItem WSMan:\$one\Plugin\$name\Resources)
        $shown | Should -HaveCount @($document).Count
        $shown.ForEach{ (Get-Item "$($_.PSPath)\ResourceUri").Value } | Should -BeExactly $document.ResourceUri
        $shown.ForEach{ (Get-Item "$($_.PSPath)\Capability").Value } | Should -BeExactly $document.Capability.Type
    }

    It 'shows by its PSPath the attributes of a security, and the resource it is in' {
        $document = (Get-Document tested).Resources.Resource[0].Security
        $security = (Get-Security $first).PSPath
        foreach ($name in 'Uri', 'Sddl', 'ExactMatch') {
            (Get-Item $security\$name).Value | Should -BeExactly $document.GetAttribute($name)
        }
        (Get-Item $security\ParentResourceUri).Value | Should -BeExactly $first
        Get-Security $second | Should -BeNullOrEmpty
    }

    It 'keeps the letter case of the rendering type <value>' -ForEach @(
        @{ value = 'XmlReader' }, @{ value = 'xmlREADER' }, @{ value = 'text' }, @{ value = 'TEXT' }
    ) {
        Set-Item $plugin\XmlRenderingType $value -WarningAction Ignore
        (Get-Item $plugin\XmlRenderingType).Value | Should -BeExactly $value
        (Get-Document tested).XmlRenderingType | Should -BeExactly $value
    }

    It 'takes <value> for whether a resource supports options, which is then <is>' -ForEach @(
        @{ value = 'fALSe'; is = 'False' }, @{ value = 'TRue'; is = 'True' }, @{ value = $false; is = 'False' }
    ) {
        $path = "$((Get-Resource $first).PSPath)\SupportsOptions"
        Set-Item $path (-not [bool]::Parse($value)) -WarningAction Ignore
        Set-Item $path $value -WarningAction Ignore
        (Get-Item $path).Value | Should -Be $is
        (Get-Document tested).Resources.Resource[0].SupportsOptions | Should -Be $is
    }

    It 'takes the security descriptor <value>' -ForEach @(
        @{ value = 'O:NSG:BAD:P(A;;GA;;;IU)S:P(AU;FA;GA;;;WD)' }, @{ value = 'O:NSG:BAD:P(A;;GA;;;BA)(A;;GR;;;IU)' }
    ) {
        $path = "$((Get-Security $first).PSPath)\Sddl"
        Set-Item $path $value -Force
        (Get-Item $path).Value | Should -BeExactly $value
        (Get-Document tested).Resources.Resource[0].Security.Sddl | Should -BeExactly $value
    }

    It 'takes another value for the parameter PSVersion when it is spelt <spelling>' -ForEach @(
        @{ spelling = 'PSVersion' }, @{ spelling = 'psversion' }
    ) {
        Set-Item $plugin\InitializationParameters\$spelling 2.0 -WarningAction Ignore
        Get-Parameter (Get-Document tested) | Should -BeExactly Other=x, PSVersion=2.0
    }

    It 'takes a number that was computed as it is, where the culture has a decimal comma' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            $german = [cultureinfo]::InvariantCulture.Clone()
            $german.NumberFormat.NumberDecimalSeparator, $german.NumberFormat.NumberGroupSeparator = ',', '.'
            [cultureinfo]::CurrentCulture = $german
            20 / 8 | ForEach-Object {
                Set-Item $plugin\InitializationParameters\PSVersion $_ -WarningAction Ignore
            }
        } finally {
            [cultureinfo]::CurrentCulture = $culture
        }
        Get-Parameter (Get-Document tested) | Should -BeExactly Other=x, PSVersion=2.5
    }

    It 'takes the quota <name> of <value>' -ForEach @(
        @{ name = 'IdleTimeoutms'; value = 60001 }, @{ name = 'IdleTimeoutms'; value = 2147483647 }
        @{ name = 'MaxShells'; value = 1 }, @{ name = 'MaxShells'; value = 2147483647 }
    ) {
        Set-Item $plugin\Quotas\$name $value -WarningAction Ignore
        (Get-Item $plugin\Quotas\$name).Value | Should -BeExactly "$value"
        (Get-Document tested).Quotas.$name | Should -BeExactly "$value"
    }

    It 'is left as it was by what is refused: <command>' -ForEach @(
        @{ command = { Set-Item $plugin\Quotas\IdleTimeoutms 59999 }; cmdlet = 'SetItem'; text = '0x80338056' }
        @{ command = { Set-Item $plugin\Quotas\IdleTimeoutms 2147483648 }; cmdlet = 'SetItem'; text = '0x80338056' }
        @{ command = { Set-Item $plugin\Quotas\MaxShells 0 }; cmdlet = 'SetItem'; text = '0x80338056' }
        @{ command = { Set-Item $plugin\Quotas\MaxShells -1 }; cmdlet = 'SetItem'; text = '0x80338056' }
        @{ command = { Set-Item $plugin\XmlRenderingType nope }; cmdlet = 'SetItem'; text = '0x80338056' }
        @{ command = { Set-Item "$((Get-Security $first).PSPath)\Sddl" nope -Force }; cmdlet = 'SetItem'
            text = '0x80338056' }
        @{ command = { Set-Item "$((Get-Security $first).PSPath)\Sddl" 'O:NSG:BAD:P(A;;GA;;;BA' -Force }
            cmdlet = 'SetItem'; text = '0x80338056' }
        @{ command = { Set-Item $plugin\RunAsUser (New-Credential -UserName nobody) }; cmdlet = 'SetItem'
            text = '1326' }
        @{ command = { Set-Item $plugin\RunAsUser (New-Credential 'not the password') }; cmdlet = 'SetItem'
            text = '1326' }
        @{ command = { Clear-Item $plugin\Filename }; cmdlet = 'ClearItem'; text = '0x80338057' }
        @{ command = { Clear-Item $plugin\Quotas\IdleTimeoutms }; cmdlet = 'ClearItem'; text = '0x80338056' }
        @{ command = { Clear-Item $plugin\InitializationParameters\PSVersion }; cmdlet = 'ClearItem'
            text = '0x80338056' }
    ) {
        $before = (Get-Document tested).OuterXml
        Assert-DriveError (Get-OneError $command) $cmdlet $text
        (Get-Document tested).OuterXml | Should -BeExactly $before
    }

    It 'takes no $null for <path>' -ForEach @(
        @{ path = 'XmlRenderingType' }, @{ path = 'RunAsUser' }, @{ path = 'Quotas\MaxShells' }
        @{ path = 'InitializationParameters\PSVersion' }
    ) {
        $failure = Get-OneError { Set-Item $plugin\$path $null }
        Assert-DriveError $failure SetItem "$plugin\$path", '$null' -Id System.ArgumentException
    }

    It 'gets a parameter that its document has, and loses it' {
        $made = New-Item $plugin\InitializationParameters -ParamName new -ParamValue value
        Get-Parameter (Get-Document tested) | Should -BeExactly new=value, Other=x, PSVersion=5.1
        Remove-Item $made.PSPath
        Test-Path $made.PSPath | Should -BeFalse
        Get-Parameter (Get-Document tested) | Should -BeExactly Other=x, PSVersion=5.1
    }

    It 'gets a resource <uri> as <is> with every capability that is named, and loses it' -ForEach @(
        @{ uri = 'http://foo'; is = 'http://foo/'; capability = 'Shell' }
        @{ uri = 'http://foo/bar'; is = 'http://foo/bar'; capability = 'Get', 'Put', 'Invoke' }
    ) {
        $made = New-Item $plugin\Resources -ResourceUri $uri -Capability $capability
        $made.Keys | Should -BeExactly "Uri=$is"
        (Get-Item "$($made.PSPath)\ResourceUri").Value | Should -BeExactly $is
        (Get-Item "$($made.PSPath)\Capability").Value | Should -BeExactly $capability
        $written = (Get-Document tested).Resources.Resource | Where-Object ResourceUri -CEQ $is
        $written.Capability.Type | Should -BeExactly $capability
        Remove-Item $made.PSPath -Recurse
        Test-Path $made.PSPath | Should -BeFalse
        (Get-Document tested).Resources.Resource.ResourceUri | Should -BeExactly $first, $second
    }

    It 'gets another security in the place of one that was removed, under the same name' {
        $old = Get-Security $first
        Remove-Item $old.PSPath -Recurse
        Get-Security $first | Should -BeNullOrEmpty
        (Get-Document tested).Resources.Resource[0].Security | Should -BeNullOrEmpty
        $new = New-Item "$((Get-Resource $first).PSPath)\Security" -Sddl $interactive -Force
        $new.PSPath, $new.Name | Should -BeExactly $old.PSPath, $old.Name
        (Get-Item "$($new.PSPath)\Sddl").Value | Should -BeExactly $interactive
        (Get-Document tested).Resources.Resource[0].Security.Sddl | Should -BeExactly $interactive
    }

    # An empty name would lead to the container, and the engine would look into that for ever.
    It 'is searched to its end although a parameter has no name: <command>' -ForEach @(
        @{ command = { (Get-ChildItem $plugin -Recurse -Include P*n, Other).Name }; found = 'PSVersion', 'Other' }
        @{ command = { Get-ChildItem $plugin\InitializationParameters -Recurse -Name }
            found = 'PSVersion', 'Other', '%00' }
        @{ command = { (Get-Item (Get-ChildItem $plugin\InitializationParameters)[2].PSPath).Value }; found = 'nameless' }
    ) {
        Add-NamelessParameter
        & $command | Should -BeExactly $found
    }

    It 'loses the parameter without a name alone' {
        Add-NamelessParameter
        Remove-Item $plugin\InitializationParameters\%00
        Get-Shown $plugin\InitializationParameters | Should -BeExactly Other=x, PSVersion=5.1
    }

    It 'is listed under a name of any length, and with what is in it where the path is not too long' {
        $what = @{ FileName = '%windir%\system32\y.dll'; SDKVersion = 2; Resource = $first; Capability = 'Get' }
        $long = New-Item WSMan:\$one\Plugin -Plugin ('x' * 3000) @what -XMLRenderingType text
        try {
            foreach ($command in { Get-ChildItem $long.PSPath }, { Get-ChildItem $long.PSPath -Name }) {
                Assert-Error (Get-OneError $command) 'WsManError,Microsoft.PowerShell.Commands.GetChildItemCommand' `
                    InvalidOperation $one 'not listed'
            }
            (Get-Item "$($long.PSPath)\SDKVersion").Value | Should -Be 2
            $all = Get-ChildItem WSMan:\$one\Plugin -Recurse -ErrorVariable failures -ErrorAction SilentlyContinue
            $failures | Should -HaveCount 1
            $all.Name | Should -Contain $long.Name
            $all.Where{ $_.PSParentPath -like '*\tested' } | Should -Not -BeNullOrEmpty
            $all.Where{ $_.PSParentPath -like '*\xxx*' } | Should -BeNullOrEmpty
        } finally {
            Remove-Item $long.PSPath -Recurse
        }
    }

    It 'is made of parameters, with the values in its document, and removed' {
        $what = @{ FileName = '%windir%\system32\y.dll'; SDKVersion = 2; Resource = $first; Capability = 'Get' }
        $made = New-Item WSMan:\$one\Plugin -Plugin made @what -XMLRenderingType text
        $document = Get-Document made
        $document.Filename, $document.SDKVersion, $document.XmlRenderingType |
            Should -BeExactly $what.FileName, '2', text
        $document.Resources.Resource.ResourceUri | Should -BeExactly $first
        Get-Shown $made.PSPath | Should -BeExactly (Get-Attribute $document)
        Remove-Item $made.PSPath -Recurse
        Test-Path $made.PSPath | Should -BeFalse
        (Get-OneError { Get-Document made }).FullyQualifiedErrorId | Should -BeLike 'WsManError,*'
    }
}
