# The drive and its items as a person sees them.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.1.1'
    $computer = Start-Computer $one
    $login = $computer.Login

    # What is displayed, without trailing blanks and empty lines.
    function Get-Shown { @($input | Out-String -Stream -Width 120 | ForEach-Object TrimEnd | Where-Object { $_ }) }
}
AfterAll { Stop-Computer $computer }

Describe 'What the WSMan drive displays' {
    AfterEach { Disconnect-EveryComputer }

    It 'is the listing of the help page at the prompt' {
        $prompt = Start-Prompt
        Read-Prompt $prompt 'cd WSMan:' | Should -BeLike '*> cd WSMan:'
        $shown = Read-Prompt $prompt dir -Lines
        $null = Wait-Pwsh $prompt
        $shown[0..6] | Should -BeExactly @(
            'PS WSMan:/> dir'
            ''
            '   WSManConfig:'
            ''
            'ComputerName                                  Type'
            '------------                                  ----'
            'localhost                                     Container'
        )
    }

    It 'has a line for a connected computer beside localhost' {
        Connect-WSMan $one @login
        Get-ChildItem WSMan:\ | Get-Shown | Select-Object -Last 2 | Should -BeExactly @(
            'localhost                                     Container'
            '127.20.1.1                                    Container'
        )
    }

    It 'has the columns of Windows for <path>' -ForEach @(
        @{ path = 'Client\Auth'; item = 'Basic'; shown = @(
                '   WSManConfig: Microsoft.WSMan.Management\WSMan::127.20.1.1\Client\Auth'
                'Type            Name                           SourceOfValue   Value'
                '----            ----                           -------------   -----'
                'System.String   Basic                                          true') }
        @{ path = 'Listener'; item = '*'; shown = @(
                '   WSManConfig: Microsoft.WSMan.Management\WSMan::127.20.1.1\Listener'
                'Type            Keys                                Name'
                '----            ----                                ----'
                'Container       {Address=*, Transport=HTTP}         Listener_2132651585') }
        @{ path = 'Plugin\microsoft.powershell\InitializationParameters'; item = '*'; shown = @(
                '   WSManConfig: Microsoft.WSMan.Management\WSMan::127.20.1.1\Plugin\microsoft.powershell' +
                '\InitializationParameters'
                'ParamName                      ParamValue'
                '---------                      ----------'
                'PSVersion                      5.1') }
    ) {
        Connect-WSMan $one @login
        Get-ChildItem WSMan:\$one\$path\$item | Get-Shown | Should -BeExactly $shown
    }

    It 'is a list for the answer of Test-WSMan' {
        $shown = Test-WSMan $one -Port $computer.Http | Get-Shown
        $shown -replace ' *:.*' | Should -BeExactly wsmid, ProtocolVersion, ProductVendor, ProductVersion
    }

    It 'is a view of its own for the report of Disconnect-WSMan' {
        Connect-WSMan $one @login
        Disconnect-WSMan $one -InformationVariable report
        $shown = $report.MessageData | Get-Shown
        $shown[0..2] + $shown[4..5] | Should -BeExactly @(
            'ComputerName          : 127.20.1.1'
            "ConnectionUri         : https://127.20.1.1:$($computer.Https)/wsman"
            'UserName              : tester'
            'State                 : Closed'
            'Graceful              : True'
        )
        $shown[3] | Should -Match '^StartTime             : \d{4}-\d\d-\d\dT[\d:.]+Z$'
        $shown[6] | Should -Match '^ElapsedMs             : \d+\.\d$'
        $shown[7..12] -replace ' +:.*' | Should -Be OperationsCancelled, CommandsTerminated, CommandsAbandoned,
            ShellsDeleted, ShellsAbandoned, EnumerationsReleased
    }
}
