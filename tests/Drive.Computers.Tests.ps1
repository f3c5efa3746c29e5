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
        Disconnect-All
    }

    It 'connects and writes the item: <command>' -ForEach @(
        @{ command = { New-Item WSMan:\ -Name $one @login } }
        @{ command = { New-Item -Path WSMan:/ -Name $one @login } }
        @{ command = { Set-Location WSMan:\; New-Item . -Name $one @login } }
        @{ command = {
                $uri = "https://${one}:$($computer.Https)/wsman"
                New-Item WSMan:\ -ConnectionURI $uri -Authentication Basic -Credential $credential
            } }
    ) {
        $item = & $command
        $item | Should -HaveCount 1
        $item.Name | Should -Be $one
        $item.State | Should -Be Opened
        $item.PSTypeNames[0] | Should -Be 'Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel'
        Assert-Connected $computer $one
    }

    It 'replaces a session as Connect-WSMan does' {
        $old = Connect-WSMan $one @login -PassThru
        $new = New-Item WSMan:\ -Name $one @login
        $old.State | Should -Be Closed
        $new.State | Should -Be Opened
        Assert-Connected $computer $one
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
        Disconnect-All
    }

    It 'disconnects it without a question: <command>' -ForEach @(
        @{ command = { Remove-Item WSMan:\$one } }
        @{ command = { Remove-Item WSMan:/$one } }
        @{ command = { Remove-Item Microsoft.WSMan.Management\WSMan::WSMan/$one } }
        @{ command = { Remove-Item WSMan:\$one -Recurse } }
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

    It 'fails where one stands there: <command>' -ForEach @(
        @{ command = { Set-Location WSMan:\$one; Set-Location /; Remove-Item WSMan:\$one } }
        @{ command = { Push-Location WSMan:/$one; Push-Location WSMan:\; Remove-Item WSMan:\$one } }
    ) {
        try {
            Assert-DriveError (Get-OneError $command) RemoveItem 'Set-Location WSMan:\'
        } finally {
            while ((Get-Location -Stack).Count) { Pop-Location }
        }
        Assert-Connected $computer $one
    }
}
