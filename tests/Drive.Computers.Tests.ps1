# Connecting and disconnecting by New-Item and Remove-Item at the root of the drive.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one, $two
    $login = $computer.Login
    $credential = $computer.Credential
}
AfterAll { Stop-Computer $computer }

Describe 'New-Item at the root of the WSMan drive' {
    AfterEach {
        Set-Location $root
        Disconnect-EveryComputer
    }

    It 'connects and writes the item: <command>' -ForEach @(
        @{ command = { New-Item WSMan:\ -Name $one @login } }
        @{ command = { New-Item -Path WSMan:/ -Name $one @login } }
        @{ command = { New-Item WSMan:\ -Name "$one\" @login } }
        @{ command = { New-Item WSMan:\$one @login } }
        @{ command = { New-Item WSMan:\$one\ @login } }
        @{ command = { Set-Location WSMan:\; New-Item . -Name $one @login } }
        @{ command = {
                $uri = "https://${one}:$($computer.Https)/wsman"
                New-Item WSMan:\ -ConnectionURI $uri -Authentication Basic -Credential $credential
            } }
        @{ command = {
                $how = @{ ConnectionURI = "https://$one/wsman"; Port = $computer.Https }
                New-Item WSMan:\ @how -Authentication Basic -Credential $credential
            } }
    ) {
        $before = @(Get-ChildItem WSMan:\).Count
        $item = & $command
        @(Get-ChildItem WSMan:\).Count - $before | Should -Be 1
        $item | Should -HaveCount 1
        $item.Name | Should -Be $one
        $item.State | Should -Be Opened
        $item.PSTypeNames[0] | Should -Be 'Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel'
        Assert-Connected $computer $one
    }

    It 'connects this machine by its own name, and Remove-Item disconnects it: <form>' -ForEach @(
        @{ form = '{0}' }, @{ form = '{0}\' }
    ) {
        $machine = [Environment]::MachineName
        $addresses = try { [Net.Dns]::GetHostAddresses($machine).IPAddressToString } catch { }
        $own = $addresses | Where-Object { $_ -like '127.*' } | Select-Object -First 1
        if (-not $own) {
            Set-ItResult -Skipped -Because 'the name of this machine leads to no address where a service can listen'
        }
        $here = Start-Computer $own
        try {
            $item = New-Item WSMan:\ -Name ($form -f $machine) -Port $here.Http -Authentication None
            $item.Name | Should -Be $machine
            $item.PSTypeNames[0] | Should -Be 'Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel'
            @(Get-ChildItem WSMan:\).Count | Should -Be 2
            Remove-Item ('WSMan:\{0}' -f ($form -f $machine)) -Recurse
            @(Get-ChildItem WSMan:\).Count | Should -Be 1
            Get-HeldCount $here | Should -Be 0
        } finally {
            Stop-Computer $here
        }
    }

    It 'replaces a session as Connect-WSMan does' {
        $old = Connect-WSMan $one @login -PassThru
        $new = New-Item WSMan:\ -Name $one @login
        $old.State | Should -Be Closed
        $new.State | Should -Be Opened
        Assert-Connected $computer $one
    }

    It 'fails and replaces nothing while the location is in the computer' {
        $old = Connect-WSMan $one @login -PassThru
        Set-Location WSMan:\$one
        Assert-DriveError (Get-OneError { New-Item WSMan:\ -Name $one @login }) NewItem 'Set-Location WSMan:\'
        $old.State | Should -Be Opened
        Set-Location /
        (New-Item WSMan:\ -Name $one @login).State | Should -Be Opened
        $old.State | Should -Be Closed
    }

    It 'connects nobody if the password is wrong' {
        $login = $login + @{}
        $login.Credential = New-Credential 'not the password'
        $failure = Get-OneError { New-Item WSMan:\ -Name $one @login }
        Assert-DriveError $failure NewItem $one, 'user name and the password'
        Assert-Disconnected $computer $one
    }
}

# These tests run in a PowerShell that is not interactive: a question would be an error.
Describe 'Remove-Item of a computer' {
    BeforeEach { $item = Connect-WSMan $one @login -PassThru }
    AfterEach {
        Set-Location WSMan:\
        Set-Location $root
        Disconnect-EveryComputer
    }

    It 'disconnects it without a question: <command>' -ForEach @(
        @{ command = { Remove-Item WSMan:\$one } }
        @{ command = { Remove-Item WSMan:\$one\ } }
        @{ command = { Remove-Item WSMan:/$one } }
        @{ command = { Remove-Item Microsoft.WSMan.Management\WSMan::WSMan/$one } }
        @{ command = { Remove-Item WSMan:\$one -Recurse } }
        @{ command = { Remove-Item WSMan:\$one -Recurse -Force } }
        @{ command = { Remove-Item (Get-Item WSMan:\$one).PSPath } }
        @{ command = { Get-ChildItem WSMan:\ | Where-Object Name -EQ $one | Remove-Item -Recurse } }
        @{ command = { Get-Item WSMan:\$one | Remove-Item } }
        @{ command = { Set-Location WSMan:\; Remove-Item $one } }
    ) {
        & $command | Should -BeNullOrEmpty
        $item.State | Should -Be Closed
        Assert-Disconnected $computer $one
    }

    It 'writes the report of Disconnect-WSMan' {
        Remove-Item WSMan:\$one -InformationVariable told
        $told | Should -HaveCount 1
        $told.Tags | Should -Be WSMan.Teardown
        $told.MessageData.ComputerName | Should -Be $one
        $told.MessageData.Graceful | Should -BeTrue
    }

    It 'removes what wildcards below it match, and keeps it connected: <path>' -ForEach @(
        @{ path = 'WSMan:\127.20.1.1\List*\{0}' }
        @{ path = 'WSMan:\127.20.1.1\[LP]*\{0}' }
        @{ path = 'WSMan:\127.20.*\List*\{0}' }
    ) {
        $made = New-Item WSMan:\$one\Listener -Address IP:1.2.3.6 -Transport HTTP -Force
        Remove-Item ($path -f $made.Name) -Recurse
        Test-Path $made.PSPath | Should -BeFalse
        $item.State | Should -Be Opened
    }

    It 'fails while Push-Location keeps a location there' {
        Push-Location WSMan:/$one
        Push-Location WSMan:\
        try {
            Assert-DriveError (Get-OneError { Remove-Item WSMan:\$one }) RemoveItem 'Pop-Location'
        } finally {
            while ((Get-Location -Stack).Count) { Pop-Location }
        }
        Assert-Connected $computer $one
    }

    It 'sets a drive that remembers the computer back to its root, but not with -WhatIf' {
        Set-Location WSMan:\$one\Client
        Set-Location /
        Remove-Item WSMan:\$one -WhatIf
        (Get-PSDrive WSMan).CurrentLocation | Should -BeLike "$one*"
        Remove-Item WSMan:\$one
        Assert-Disconnected $computer $one
        Set-Location WSMan:
        $PWD.Path | Should -Be WSMan:/
    }
}
