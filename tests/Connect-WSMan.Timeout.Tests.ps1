# A computer that takes the connection and says nothing, as a firewall or a frozen machine does. Each phase is in
# e2e/hostile.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.48.1'
    $computer = Start-Computer $one
    $credential = $computer.Credential
    # Other bounds are longer than a test lasts.
    $late = Get-TimeBound '00:00:10'
}
AfterAll {
    Set-ClientSetting
    Stop-Computer $computer -Now
}

Describe 'A computer that says nothing' {
    BeforeAll {
        Set-ClientSetting @{ ConnectTimeoutms = 500; TestTimeoutms = 400 }
        Suspend-Computer $computer
    }
    AfterAll { Resume-Computer $computer }

    It 'costs no more than ConnectTimeoutms, and the error says so, with <what>' -ForEach @(
        @{ what = 'Connect-WSMan over http'; command = 'ConnectWSMan'
            script = { Connect-WSMan $one -Port $computer.Http -Authentication None } }
        @{ what = 'Connect-WSMan over https'; command = 'ConnectWSMan'
            script = { Connect-WSMan $one -Port $computer.Https -UseSSL -Authentication Basic -Credential $credential } }
        @{ what = 'Connect-WSMan and Digest'; command = 'ConnectWSMan'
            script = { Connect-WSMan $one -Port $computer.Https -UseSSL -Authentication Digest -Credential $credential } }
        @{ what = 'a connection of its own'; command = 'GetWSManInstance'; target = 'winrm/config'
            script = { Get-WSManInstance winrm/config -ComputerName $one -Port $computer.Https -UseSSL -Authentication Basic -Credential $credential } }
    ) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $failure = Get-OneError $script
        $watch.Elapsed | Should -BeLessThan $late
        Assert-WSManError $failure $command ($target ?? $one) 'it timed out after', $one,
            'raise WSMan:\localhost\Client\ConnectTimeoutms, which is in milliseconds.'
        Get-ConnectedComputer | Should -BeNullOrEmpty
    }

    It 'costs no more with New-Item' {
        $failure = Get-OneError { New-Item WSMan:\ -Name $one -Port $computer.Http -Authentication None }
        Assert-DriveError $failure NewItem 'it timed out after', 'ConnectTimeoutms'
    }

    It 'is told of TestTimeoutms by Test-WSMan, which has that bound' {
        $failure = Get-OneError { Test-WSMan $one -Port $computer.Http }
        Assert-WSManError $failure TestWSMan $one 'it timed out after',
            'raise WSMan:\localhost\Client\TestTimeoutms, which is in milliseconds. Some services'
    }
}

Describe 'A computer that takes its time' {
    BeforeAll { Set-ClientSetting @{ ConnectTimeoutms = 1000 } }
    AfterEach { Disconnect-EveryComputer }

    It 'may take more for an operation than ConnectTimeoutms' {
        $how = $computer.Login + @{ ApplicationName = 'delay/1500/wsman' }
        (Get-WSManInstance winrm/config -ComputerName $one @how).MaxTimeoutms | Should -Not -BeNullOrEmpty
    }

    It 'is told of MaxTimeoutms where an operation takes longer' {
        Set-ClientSetting @{ MaxTimeoutms = 500; NetworkDelayms = 500 }
        try {
            $how = $computer.Login + @{ ApplicationName = 'work/get/stall/wsman' }
            Connect-WSMan $one @how
            $failure = Get-OneError { Get-WSManInstance winrm/config -ComputerName $one }
        } finally {
            Set-ClientSetting @{ ConnectTimeoutms = 1000 }
        }
        Assert-WSManError $failure GetWSManInstance winrm/config 'it timed out after',
            'raise WSMan:\localhost\MaxTimeoutms, which is in milliseconds.'
    }

    It 'is connected once the setting allows it' {
        $how = $computer.Login + @{ ApplicationName = 'delay/1500/wsman' }
        $failure = Get-OneError { Connect-WSMan $one @how }
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*ConnectTimeoutms*'
        Set-Item WSMan:\localhost\Client\ConnectTimeoutms 60000
        Connect-WSMan $one @how
        Get-ConnectedComputer | Should -Be $one
    }
}
