BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
}

Describe 'Set-WSManQuickConfig' {
    BeforeEach { Set-ClientSetting }

    It 'fails with the commands that set a computer up, given <given>' -ForEach @(
        @{ given = 'nothing'; parameters = @{}; text = @(
                'This computer has no WinRM service', 'run Enable-PSRemoting or winrm quickconfig;'
                'Connect-WSMan server01; New-Item WSMan:\server01\Listener -Address * -Transport HTTP') }
        @{ given = '-Force and -SkipNetworkProfileCheck'
            parameters = @{ Force = $true; SkipNetworkProfileCheck = $true }
            text = 'Enable-PSRemoting -SkipNetworkProfileCheck or winrm quickconfig' }
        @{ given = '-UseSSL'; parameters = @{ UseSSL = $true }
            text = 'winrm quickconfig -transport:https', '-Address * -Transport HTTPS' }
    ) {
        $failure = Get-Refusal { Set-WSManQuickConfig @parameters }
        Assert-WSManError $failure SetWSManQuickConfig $null $text
    }
}
