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
        @{ path = 'Plugin\microsoft.powershell\Resources\Resource_537963738'; item = 'Capability'; shown = @(
                '   WSManConfig: Microsoft.WSMan.Management\WSMan::127.20.1.1\Plugin\microsoft.powershell' +
                '\Resources\Resource_537963738'
                'Type            Name                           SourceOfValue   Value'
                '----            ----                           -------------   -----'
                'System.Object[] Capability                                     {Shell}') }
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

    It 'has codes for what would steer the terminal, in <what>' -ForEach @(
        @{ what = 'the keys of an item'; read = { $made }; codes = '{Name=a%E2%80%AEb%C2%9Bc}' }
        @{ what = 'a value'; read = { Get-Item "$($made.PSPath)\Name" }; codes = ' a%E2%80%AEb%C2%9Bc' }
        @{ what = 'an initialization parameter'; codes = ' a%C2%9Bb'
            read = { New-Item "$($made.PSPath)\InitializationParameters" -ParamName p -ParamValue "a`u{9b}b" } }
        @{ what = 'the answer of Test-WSMan'; codes = ': a%C2%85b'
            read = {
                $ns = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'
                $answer = "<i:IdentifyResponse xmlns:i='$ns'><i:ProductVendor>a&#x85;b</i:ProductVendor></i:IdentifyResponse>"
                ([xml] $answer).DocumentElement
            } }
    ) {
        Connect-WSMan $one @login
        $made = New-Item WSMan:\$one\Plugin -Plugin "a`u{202e}b`u{9b}c" -FileName '%windir%\system32\a.dll' `
            -SDKVersion 2 -Resource http://example.org/ -Capability Get -XMLRenderingType text
        try {
            $shown = (& $read | Get-Shown) -join "`n"
            $shown.Replace("`n", '') | Should -Not -Match '[\p{Cc}\p{Cf}]'
            $shown | Should -BeLike "*$codes*"
        } finally {
            Remove-Item $made.PSPath -Recurse
        }
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
