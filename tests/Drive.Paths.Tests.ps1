# Which paths lead to which computer, and that every command takes every form of a path. What is below a computer is
# Drive.Read.
BeforeDiscovery {
    $provider = 'Microsoft.WSMan.Management\WSMan::'
    $spellings = @(
        'WSMan:\{0}', 'WSMan:/{0}', 'wsman:\{0}', 'WSMan:\{0}\', 'WSMan:\localhost\..\{0}', 'WSMan:\..\{0}'
        'WSMan::WSMan\{0}', 'WSMan::WSMan/{0}', 'WSMan::{0}', "${provider}WSMan\{0}", "${provider}WSMan/{0}"
        "${provider}{0}", "${provider}{0}\"
    ) | ForEach-Object { @{ spelling = $_ } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two, $three, $ten = '127.20.1.1', '127.20.1.2', '127.20.1.3', '127.20.1.10'
    $computer = Start-Computer $one, $two, $three, $ten
    $login = $computer.Login
    $provider = 'Microsoft.WSMan.Management\WSMan::'
}
AfterAll { Stop-Computer $computer }

Describe 'The WSMan drive' {
    AfterEach {
        Set-Location WSMan:\
        Set-Location $root
        Disconnect-EveryComputer
    }

    It 'leads to a connected computer when its path is spelt <spelling>' -ForEach $spellings {
        Connect-WSMan $one @login
        $path = $spelling -f $one
        Test-Path $path | Should -BeTrue
        Test-Path $path -PathType Container | Should -BeTrue
        $item = Get-Item $path
        $item.Name | Should -Be $one
        $item.State | Should -Be Opened
        $item.PSPath | Should -BeExactly "${provider}WSMan\$one"
        $item.PSParentPath | Should -BeExactly "${provider}WSMan"
        Set-Location $path
        (Get-Location).ProviderPath | Should -BeExactly $one
    }

    It 'does not find a computer that is not connected when its path is spelt <spelling>' -ForEach $spellings {
        $path = $spelling -f $three
        $accepted = (Get-Count $computer).accepted
        Test-Path $path | Should -BeFalse
        Test-Path $path -PathType Container | Should -BeFalse
        Assert-PathNotFound (Get-OneError { Get-Item $path }) GetItem
        Assert-PathNotFound (Get-OneError { Get-ChildItem $path }) GetChildItem
        Assert-PathNotFound (Get-OneError { Set-Location $path }) SetLocation
        (Get-Count $computer).accepted | Should -Be $accepted -Because 'looking there must not connect'
    }

    It 'takes <path> for a computer that is not connected' -ForEach @(
        @{ path = 'WSMan:\wsman' }, @{ path = 'WSMan:\WSMan' }, @{ path = 'WSMan::wsman' }
        @{ path = 'Microsoft.WSMan.Management\WSMan::WSMan/wsman' }
        @{ path = 'Microsoft.WSMan.Management\WSMan::WSMan\wsman' }
        @{ path = 'WSMan:\my_server' }, @{ path = 'WSMan:\MY_SERVER' }
    ) {
        Test-Path $path | Should -BeFalse
        Assert-PathNotFound (Get-OneError { Get-Item $path }) GetItem
    }

    It 'lists localhost first, then the computers by name' {
        $two, $one | ForEach-Object { Connect-WSMan $_ @login }
        $items = Get-ChildItem WSMan:\
        $items.Name | Should -Be 'localhost', $one, $two
        foreach ($item in $items) {
            $item.PSTypeNames[0] | Should -Be 'Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel'
            $item.Type | Should -Be Container
            $item.PSPath | Should -BeExactly "${provider}$($item.Name)"
            $item.PSParentPath | Should -BeExactly ''
            $item.PSChildName | Should -BeExactly $item.Name
            $item.PSDrive | Should -Be WSMan
            $item.PSIsContainer | Should -BeTrue
        }
        $items[1, 2].State | Should -Be Opened, Opened
    }

    It 'finds every item again by the path that the item has' {
        $items = @(
            Get-Item WSMan:\
            Connect-WSMan $one @login -PassThru
            New-Item WSMan:\ -Name $two @login
            Get-Item WSMan:\$one
            Get-ChildItem WSMan:\
            Set-Location WSMan:\
            Get-Item $one
            Get-Item Microsoft.WSMan.Management\WSMan::WSMan
            Get-Item WSMan:\localhost
        )
        $items | Should -HaveCount 10
        foreach ($item in $items) {
            $same = Get-Item -LiteralPath $item.PSPath
            $same.Name | Should -Be $item.Name
            if ($item.PSParentPath) { (Get-Item $item.PSParentPath).Name | Should -Be WSMan }
        }
    }

    It 'has a root that is an item' {
        $item = Get-Item WSMan:\
        $item.Name, $item.Type | Should -Be WSMan, Container
        $item.PSPath | Should -BeExactly "${provider}WSMan"
        Test-Path WSMan:\ | Should -BeTrue
    }

    It 'takes an IPv6 literal for a name' {
        $name = "::ffff:$one"
        Connect-WSMan $name -Port $computer.Http -Authentication None
        Set-Location WSMan:\
        $item = Get-ChildItem WSMan:\ | Where-Object Name -EQ $name
        $item.State | Should -Be Opened
        (Get-Item $item.PSPath).Name | Should -Be $name
        Test-Path $item.PSPath | Should -BeTrue
        Disconnect-WSMan $name
        $item.State | Should -Be Closed
        Assert-Disconnected $computer $one
    }

    It 'resolves wildcards in names of computers' {
        $one, $ten, $two | ForEach-Object { Connect-WSMan $_ @login }
        Set-Location WSMan:\
        (Resolve-Path "$one*").Path | Should -BeExactly "WSMan:/$one", "WSMan:/$ten"
        (Get-Item "$one*").Name | Should -Be $one, $ten
        Join-Path WSMan:\ $one | Should -BeExactly "WSMan:\$one"
    }

    It 'belongs to the provider that Windows has' {
        $said = Get-PSProvider WSMan
        $said.Name, $said.Capabilities | Should -Be WSMan, Credentials
        Split-Path $said.HelpFile -Leaf | Should -Be Microsoft.WSMan.Management.dll-Help.xml
        $drive = Get-PSDrive WSMan
        $drive.Name, $drive.Root | Should -Be WSMan, ''
        "$($drive.Provider)" | Should -Be 'Microsoft.WSMan.Management\WSMan'
    }

    # The engine gives every provider here the separators of the system, which are the reverse of those of Windows.
    It 'has the separators of this system, and they cannot be changed: <name>' -ForEach @(
        @{ name = 'ItemSeparator'; is = '/' }, @{ name = 'AltItemSeparator'; is = '\' }
    ) {
        $said = Get-PSProvider WSMan
        (Get-OneError { $said.$name = 'x' }).FullyQualifiedErrorId | Should -Be PropertyAssignmentException
        "$($said.$name)" | Should -BeExactly $is
    }
}

Describe 'Get-ChildItem of the whole WSMan drive' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'reads each resource of a computer once' {
        $before = (Get-Count $computer).requests
        $items = Get-ChildItem WSMan:\ -Recurse
        (Get-Count $computer).requests - $before | Should -Be 4
        @($items | Where-Object PSPath -Like "*$one\*").Count | Should -BeGreaterThan 250
    }

    It 'reports a computer that cannot be read, and lists the others' {
        Connect-WSMan $two @login -ApplicationName flavour/omi/wsman
        $items = Get-ChildItem WSMan:\ -Recurse -ErrorAction SilentlyContinue -ErrorVariable failure
        @($items | Where-Object PSPath -Like "*$one\Client\*") | Should -HaveCount 14
        $failure | Should -HaveCount 1
        Assert-Error $failure[0] 'WsManError,Microsoft.PowerShell.Commands.GetChildItemCommand' InvalidOperation `
            $two $two, 'no WinRM configuration'
    }
}
