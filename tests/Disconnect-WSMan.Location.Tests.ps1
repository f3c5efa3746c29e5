# Where one may stand while Disconnect-WSMan runs: anywhere but inside the computer, or a location is left that leads
# nowhere. Nobody stands where a drive merely remembers to have been.

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
        foreach ($stack in 'default', 'mine', 'my $"stack') {
            while ((Get-Location -StackName $stack -ErrorAction Ignore).Count) { Pop-Location -StackName $stack }
        }
        Set-Location WSMan:\
        Set-Location $PSScriptRoot
        Get-PSDrive Other -ErrorAction Ignore | ForEach-Object { Remove-PSDrive $_ }
        Disconnect-EveryComputer
    }

    It 'fails inside the computer and disconnects nothing:<way>' -ForEach @(
        @{ way = { Set-Location WSMan:\127.20.1.1 } }
        @{ way = { Set-Location WSMan:/127.20.1.1/Client/Auth } }
        @{ way = { Set-Location wsman:\127.20.1.1 } }
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan::WSMan\127.20.1.1 } }
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan::WSMan/127.20.1.1 } }
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan::127.20.1.1 } }
        @{ way = { Set-Location WSMan::127.20.1.1/Client } }
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan::WSMan; Set-Location 127.20.1.1\Client } }
        @{ way = { Set-Location (Get-Item WSMan:\127.20.1.1).PSPath } }
        @{ way = { Set-Location (Get-ChildItem WSMan:\127.20.1.1\Listener).PSPath } }
        @{ way = { Set-Location WSMan:\localhost\..\127.20.1.1\Client\.\Auth\ } }
        @{ way = { Set-Location WSMan:\; Set-Location 127.20.1.1 } }
    ) {
        . $way
        $failure = Get-OneError { Disconnect-WSMan $one }
        Assert-WSManError $failure DisconnectWSMan $one $one, "'Set-Location WSMan:\'"
        Assert-Connected $computer $one
    }

    It 'fails while Push-Location keeps a location inside the computer, and names the way out:<way>' -ForEach @(
        @{ way = { Push-Location WSMan:\127.20.1.1; Push-Location WSMan:\ }; out = 'Pop-Location' }
        @{ way = { Set-Location WSMan:\127.20.1.1; Push-Location /; Set-Location / }; out = 'Pop-Location' }
        @{
            way = { Set-Location WSMan:\127.20.1.1\Client; Push-Location / -StackName mine }
            out = 'Pop-Location -StackName mine'
        }
        @{
            way = { Set-Location WSMan:\127.20.1.1; Push-Location / -StackName 'my $"stack' }
            out = 'Pop-Location -StackName "my `$`"stack"'
        }
        @{
            way = {
                Set-Location Microsoft.WSMan.Management\WSMan::127.20.1.1\Client
                Push-Location / -StackName mine
            }
            out = 'Pop-Location -StackName mine'
        }
    ) {
        . $way
        $failure = Get-OneError { Disconnect-WSMan $one }
        Assert-WSManError $failure DisconnectWSMan $one $one, "'$out'"
        # The same from a module, which has stacks of its own.
        $failure = Get-OneError { & (New-Module { function Stop-It($name) { Disconnect-WSMan $name } }) { Stop-It $args[0] } $one }
        Assert-WSManError $failure DisconnectWSMan $one $one, "'$out'"
        Assert-Connected $computer $one

        Invoke-Expression $out
        Set-Location /
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
    }

    It 'fails inside the computer in another drive with the root "<root>"' -ForEach @(
        @{ root = ''; path = 'Other:\127.20.1.1' }, @{ root = 'WSMan'; path = 'Other:/127.20.1.1' }
    ) {
        $null = New-PSDrive Other -PSProvider WSMan -Root $root -Scope Global
        Set-Location $path
        $failure = Get-OneError { Disconnect-WSMan $one }
        Assert-WSManError $failure DisconnectWSMan $one $one, "'Set-Location Other:\'"
        Assert-Connected $computer $one

        Set-Location /
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
        (Get-PSDrive Other).CurrentLocation | Should -BeNullOrEmpty
    }

    It 'ends the session of a runbook that entered the computer and left it again' {
        try {
            Push-Location WSMan:\$one
            (Get-Item Client\NetworkDelayms).Value | Should -Not -BeNullOrEmpty
            Pop-Location
        } finally {
            Disconnect-WSMan $one
        }
        Assert-Disconnected $computer $one
    }

    It 'sets a drive that remembers the computer back to its root:<way>' -ForEach @(
        @{ way = { Set-Location WSMan:\127.20.1.1\Client; Set-Location / } }
        @{ way = { Push-Location WSMan:\127.20.1.1; Pop-Location } }
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan::WSMan\127.20.1.1; Set-Location / } }
        @{ way = { (Get-PSDrive WSMan).CurrentLocation = '127.20.1.1/Client' } }
        @{ way = { (Get-PSDrive WSMan).CurrentLocation = '127.20.1.1\Client\Auth' } }
    ) {
        . $way
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
        Set-Location WSMan:
        $PWD.Path | Should -Be WSMan:/
    }

    It 'leaves a drive where it is that remembers another computer' {
        Connect-WSMan $ten @login
        Set-Location WSMan:\$ten
        Set-Location /
        Disconnect-WSMan $one
        (Get-PSDrive WSMan).CurrentLocation | Should -Be $ten
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
        @{ way = { Set-Location Microsoft.WSMan.Management\WSMan:: } }
        @{ way = { Set-Location WSMan:\127.20.1.1\..\.. } }
        @{ way = { Push-Location WSMan:\; Set-Location / } }
    ) {
        . $way
        Disconnect-WSMan $one
        Assert-Disconnected $computer $one
    }

    It 'works while another runspace has a location there, which leads nowhere then and can be left' {
        $there, $gone = [Threading.ManualResetEvent]::new($false), [Threading.ManualResetEvent]::new($false)
        $background = Start-BackgroundScript {
            Set-Location WSMan:\$name\Client
            $null = $there.Set()
            $gone.WaitOne($waitLimit)
            Test-Path .
            try { Get-ChildItem -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
            Set-Location WSMan:\
            (Get-ChildItem).Name
        } @{ name = $one; there = $there; gone = $gone; waitLimit = $waitLimit }
        $there.WaitOne($waitLimit) | Should -BeTrue
        Disconnect-WSMan $one
        $null = $gone.Set()
        Wait-BackgroundScript $background |
            Should -Be $true, $false, 'PathNotFound,Microsoft.PowerShell.Commands.GetChildItemCommand', localhost
        Assert-Disconnected $computer $one
    }

    It 'says of another name that it is not connected' {
        Set-Location WSMan:\$one
        Assert-WSManError (Get-OneError { Disconnect-WSMan $two }) DisconnectWSMan $two 'Check the computer name'
    }
}

Describe 'A runspace without the drive' {
    # The drive is removed in another process, because its computers are disconnected everywhere then.
    BeforeAll {
        $pwsh = Start-Pwsh '-Command', '-'
        $how = "-UseSSL -Port $($computer.Https) -Authentication Basic -Credential $credentialText"
        $null = Invoke-Script $pwsh "Import-Module Portable.WSMan.Management; Remove-PSDrive WSMan"
    }
    AfterAll { $null = Wait-Pwsh $pwsh }

    It 'connects, works and disconnects' {
        $said = Invoke-Script $pwsh "
            (Connect-WSMan $one $how -PassThru).State
            (Connect-WSMan $one $how -PassThru).State
            (Get-WSManInstance winrm/config/client -ComputerName $one).NetworkDelayms
            (Test-WSMan $one $how).LocalName
            Disconnect-WSMan $one
            try { Disconnect-WSMan $one } catch { `$_.FullyQualifiedErrorId }"
        $said.Lines | Should -Be Opened, Opened, 5000, IdentifyResponse,
            'WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand'
        Get-HeldCount $computer -At $one | Should -Be 0
    }

    It 'says how to leave the computer where one stands in it all the same' {
        $said = Invoke-Script $pwsh "
            Connect-WSMan $one $how
            Set-Location Microsoft.WSMan.Management\WSMan::WSMan\$one
            Disconnect-WSMan $one"
        $said.Output | Should -BeLike "*$one*'Set-Location /'*"
        (Invoke-Script $pwsh "Set-Location /; Disconnect-WSMan $one; 'done'").Lines | Should -Be done
        Get-HeldCount $computer -At $one | Should -Be 0
    }

    It 'says how to leave the computer where Push-Location keeps it all the same' {
        $said = Invoke-Script $pwsh "
            Connect-WSMan $one $how
            Set-Location Microsoft.WSMan.Management\WSMan::WSMan\$one
            Push-Location /
            Disconnect-WSMan $one"
        $said.Output | Should -BeLike "*$one*'Pop-Location'*'Set-Location /'*"
        (Invoke-Script $pwsh "Pop-Location; Set-Location /; Disconnect-WSMan $one; 'done'").Lines | Should -Be done
        Get-HeldCount $computer -At $one | Should -Be 0
    }
}
