# Where one may stand while Disconnect-WSMan runs: anywhere but inside the computer, or a location is left that leads
# nowhere.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    # The name of the first computer is the beginning of the name of the last.
    $one, $two, $ten = '127.20.1.1', '127.20.1.2', '127.20.1.10'
    $computer = Start-Computer $one, $two, $ten
    $login = $computer.Login
}
AfterAll { Stop-Computer $computer }

Describe 'Disconnect-WSMan with a location in the drive' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach {
        while ((Get-Location -Stack).Count) { Pop-Location }
        Set-Location WSMan:\
        Set-Location $PSScriptRoot
        Get-PSDrive Other -ErrorAction Ignore | ForEach-Object { Remove-PSDrive $_ }
        Disconnect-All
    }

    It 'fails inside the computer and disconnects nothing:<way>' -ForEach @(
        @{ way = { Set-Location WSMan:\127.20.1.1 } }
        @{ way = { Set-Location WSMan:/127.20.1.1 } }
        @{ way = { Set-Location wsman:\127.20.1.1 } }
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan::WSMan\127.20.1.1 } }
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan::WSMan/127.20.1.1 } }
        @{ way = { Set-Location WSMan:\; Set-Location 127.20.1.1 } }
        @{ way = { Set-Location WSMan:\127.20.1.1; Set-Location / } }
        @{ way = { Push-Location WSMan:\127.20.1.1; Push-Location WSMan:\ } }
        @{ way = { (Get-PSDrive WSMan).CurrentLocation = '127.20.1.1/Client' } }
        @{ way = { (Get-PSDrive WSMan).CurrentLocation = '127.20.1.1\Client\Auth' } }
    ) {
        . $way
        $failure = Get-OneError { Disconnect-WSMan $one }
        Assert-WSManError $failure DisconnectWSMan $one $one, 'Set-Location WSMan:\'
        Assert-Connected $computer $one
    }

    It 'fails inside the computer in another drive with the root "<root>", and after <path> was left' -ForEach @(
        @{ root = ''; path = 'Other:\127.20.1.1' }, @{ root = 'WSMan'; path = 'Other:/127.20.1.1' }
    ) {
        $null = New-PSDrive Other -PSProvider WSMan -Root $root -Scope Global
        Set-Location $path
        $failure = Get-OneError { Disconnect-WSMan $one }
        Assert-WSManError $failure DisconnectWSMan $one $one, 'Set-Location Other:\'
        Set-Location /
        $failure = Get-OneError { Disconnect-WSMan $one }
        Assert-WSManError $failure DisconnectWSMan $one $one, 'Set-Location Other:\'
        Assert-Connected $computer $one
    }

    It 'works after the command that the error names' {
        Set-Location WSMan:\$one
        $failure = Get-OneError { Disconnect-WSMan $one }
        Assert-WSManError $failure DisconnectWSMan $one $one, 'Set-Location WSMan:\'
        Set-Location WSMan:\
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
    }

    It 'works inside a computer whose name only begins like that' {
        Connect-WSMan $ten @login
        Set-Location WSMan:\$ten
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
        Assert-Connected $computer $ten
    }

    It 'works at the root of the drive:<way>' -ForEach @(
        @{ way = { Set-Location WSMan:\ } }
        @{ way = { Set-Location WSMan:/ } }
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan::WSMan } }
        @{ way = { Push-Location WSMan:\; Set-Location / } }
    ) {
        . $way
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
    }

    It 'works when the location inside the computer was popped' {
        Push-Location WSMan:\$one
        Push-Location WSMan:\
        Pop-Location
        Pop-Location
        Set-Location WSMan:\
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
    }

    It 'says of another name that it is not connected' {
        Set-Location WSMan:\$one
        Assert-WSManError (Get-OneError { Disconnect-WSMan $two }) DisconnectWSMan $two 'Check the computer name'
    }
}

Describe 'Disconnect-WSMan without the drive' {
    It 'fails as everything that needs a drive does' {
        # The drive is removed from another runspace, because its computers are disconnected everywhere then.
        $beside = Start-Beside {
            Remove-PSDrive WSMan
            Disconnect-WSMan server01
        }
        Wait-Beside $beside
        $beside.Shell.Streams.Error | Should -HaveCount 1
        Assert-Error $beside.Shell.Streams.Error[0] 'DriveNotFound,Microsoft.WSMan.Management.DisconnectWSManCommand' `
            ObjectNotFound WSMan WSMan
    }
}
