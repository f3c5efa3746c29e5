# The name that stands for the local computer, with and without a session under it. The service is reached as
# localhost here, as through a tunnel.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $computer = Start-Computer 127.0.0.1
    $login, $credential = $computer.Login, $computer.Credential
    $uri = "https://localhost:$($computer.Https)/wsman"
    $cannot = 'The local computer cannot be disconnected'

    function Assert-LocalhostListedOnce { (Get-ChildItem WSMan:\).Name | Should -Be localhost }
}
AfterAll { Stop-Computer $computer }

Describe 'Disconnect-WSMan for the local computer' {
    AfterEach {
        Set-Location WSMan:\
        Set-Location $PSScriptRoot
        Disconnect-EveryComputer
    }

    Context 'said as:<command>' -ForEach @(
        @{ command = { Disconnect-WSMan }; target = 'localhost' }
        @{ command = { Disconnect-WSMan '' }; target = 'localhost' }
        @{ command = { Disconnect-WSMan $null }; target = 'localhost' }
        @{ command = { Disconnect-WSMan . }; target = 'localhost' }
        @{ command = { Disconnect-WSMan localhost }; target = 'localhost' }
        @{ command = { Disconnect-WSMan LOCALHOST }; target = 'LOCALHOST' }
        @{ command = { Disconnect-WSMan -ComputerName:. }; target = 'localhost' }
    ) {
        It 'fails without a session, and causes no traffic' {
            $before = (Get-Count $computer).accepted
            Assert-WSManError (Get-OneError $command) DisconnectWSMan $target $cannot
            (Get-Count $computer).accepted | Should -Be $before
            Assert-LocalhostListedOnce
        }

        It 'disconnects a session, once' {
            $item = Connect-WSMan localhost @login -PassThru
            $item.State | Should -Be 'Opened'
            Get-HeldCount $computer -Until 1 | Should -Be 1
            & $command
            $item.State | Should -Be 'Closed'
            Get-HeldCount $computer | Should -Be 0
            Assert-LocalhostListedOnce
            Assert-WSManError (Get-OneError $command) DisconnectWSMan $target $cannot
        }
    }

    It 'disconnects what was connected with:<connect>' -ForEach @(
        @{ connect = { Connect-WSMan @login } }
        @{ connect = { Connect-WSMan . @login } }
        @{ connect = { Connect-WSMan LocalHost @login } }
        @{ connect = { Connect-WSMan -ConnectionURI $uri -Authentication Basic -Credential $credential } }
        @{ connect = { $null = New-Item WSMan:\ -Name localhost @login } }
    ) {
        & $connect
        Get-HeldCount $computer -Until 1 | Should -Be 1
        Assert-LocalhostListedOnce
        Disconnect-WSMan localhost
        Get-HeldCount $computer | Should -Be 0
    }

    It 'fails while the location is there' {
        Connect-WSMan localhost @login
        Set-Location WSMan:\localhost
        Assert-WSManError (Get-OneError { Disconnect-WSMan }) DisconnectWSMan localhost 'Set-Location WSMan:\'
        Get-HeldCount $computer -Until 1 | Should -Be 1
    }

    It 'fails for the location <_> first, without a session as well' -ForEach 'WSMan:\localhost', 'WSMan:\localhost\Client' {
        Set-Location $_
        Assert-WSManError (Get-OneError { Disconnect-WSMan }) DisconnectWSMan localhost 'Set-Location WSMan:\'
        Set-Location /
        Assert-WSManError (Get-OneError { Disconnect-WSMan }) DisconnectWSMan localhost $cannot
    }
}

Describe 'Remove-Item WSMan:\localhost' {
    AfterEach { Disconnect-EveryComputer }

    It 'disconnects the session' {
        Connect-WSMan localhost @login
        Remove-Item WSMan:\localhost
        Get-HeldCount $computer | Should -Be 0
        Assert-LocalhostListedOnce
    }

    It 'fails without a session' {
        $failure = Get-OneError { Remove-Item WSMan:\localhost }
        $id = 'System.InvalidOperationException,Microsoft.PowerShell.Commands.RemoveItemCommand'
        Assert-Error $failure $id NotSpecified $null $cannot
    }
}

Describe 'WSMan:\localhost' {
    AfterEach { Disconnect-EveryComputer }

    It 'has the containers of the session as long as it lasts, and always the client settings of the user' {
        $own = 'MaxEnvelopeSizekb', 'MaxTimeoutms', 'MaxBatchItems', 'Client'
        (Get-ChildItem WSMan:\localhost).Name | Should -Be $own
        Connect-WSMan localhost @login
        (Get-ChildItem WSMan:\localhost).Name | Should -Be ($own +
            'Service', 'Shell', 'Listener', 'Plugin', 'ClientCertificate')
        Test-Path WSMan:\localhost\Client\TestTimeoutms | Should -BeTrue
        (Get-Item WSMan:\localhost\Service\MaxConnections).Value | Should -Be 300
        Get-ChildItem WSMan:\localhost\Listener | Should -HaveCount 1
        Disconnect-WSMan localhost
        Test-Path WSMan:\localhost\Service | Should -BeFalse
        (Get-ChildItem WSMan:\localhost).Name | Should -Be $own
    }

    It 'says for a change of a plugin how the service is restarted here' {
        Connect-WSMan localhost @login
        $plugin = 'WSMan:\localhost\Plugin\microsoft.powershell'
        Set-Item $plugin\AutoRestart false -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -HaveCount 1
        $warned | Should -BeLike '*Restart-Service WinRM*'
    }
}
