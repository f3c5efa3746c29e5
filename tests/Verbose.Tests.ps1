BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.21.4.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $at = @{ ComputerName = $one } + $login
    $winrm = 'wmicimv2/Win32_Service?Name=winrm'

    # The lines among messages that tell of a request for an operation: how much was sent, and how long it took.
    function Get-Line($Records, [string] $Operation) {
        $Records.Message | ForEach-Object { Assert-NoSecret $_ }
        $Records.Message -match "^$Operation\b.*: 200, [\d,]+ bytes sent, [\d,]+ received, [\d,]+ ms$"
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Get-WSManInstance with -Verbose or -Debug' {
    AfterEach { Disconnect-EveryComputer }

    It 'has a verbose line for its request, and nothing for the debug stream' {
        $said = Get-WSManInstance $winrm @at -Verbose 4>&1 5>&1
        $said | Where-Object { $_ -is [Management.Automation.DebugRecord] } | Should -BeNullOrEmpty
        $verbose = $said | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        Get-Line $verbose Get | Should -HaveCount 1
    }

    It 'has a verbose line for each page of an enumeration' {
        $said = $(Get-WSManInstance wmicimv2/Loopback_Row -Enumerate @at -Verbose | Out-Null) 4>&1
        Get-Line $said Enumerate | Should -HaveCount 1
        @(Get-Line $said Pull).Count | Should -BeGreaterThan 1
    }

    It 'has a verbose line for a request that failed' {
        $said = [Collections.Generic.List[object]]::new()
        $failure = Get-OneError {
            Get-WSManInstance wmicimv2/Win32_Service?Name=nobody @at -Verbose 4>&1 | ForEach-Object { $said.Add($_) }
        }
        Assert-WSManError $failure GetWSManInstance wmicimv2/Win32_Service?Name=nobody '0x80338000'
        $said | Should -BeOfType Management.Automation.VerboseRecord
        $said -match '^Get .*: 500, [\d,]+ bytes sent' | Should -HaveCount 1
    }

    It 'shows requests and answers with -Debug alone, with what has the name of a secret masked' {
        $values = @{ Password = 'hunter2'; Shown = 'what everybody may see' }
        $said = $(Invoke-WSManAction wmicimv2/Loopback_Echo Echo -ValueSet $values @at -Debug | Out-Null) *>&1
        $said | Should -BeOfType Management.Automation.DebugRecord
        Get-Line $said Invoke | Should -HaveCount 1
        $said -match '<s:Envelope' | Should -HaveCount 2
        $said -match 'what everybody may see' | Should -HaveCount 2
        "$said" | Should -Not -BeLike '*hunter2*'
        Assert-NoSecret "$said"
    }

    It 'divides the same between the two streams with -Verbose -Debug' {
        $said = $(Get-WSManInstance $winrm @at -Verbose -Debug | Out-Null) *>&1
        $debug, $verbose = $said.Where({ $_ -is [Management.Automation.DebugRecord] }, 'Split')
        $debug -match '<s:Envelope' | Should -HaveCount 2
        $verbose | Should -BeOfType Management.Automation.VerboseRecord
        Get-Line $verbose Get | Should -HaveCount 1
        Get-Line $debug Get | Should -BeNullOrEmpty
    }

    It 'takes the preference <_> of the script for the switch' -ForEach @(
        'Continue', [Management.Automation.ActionPreference]::Continue
    ) {
        $VerbosePreference = $_
        $said = $(Get-WSManInstance $winrm @at | Out-Null) 4>&1
        Get-Line $said Get | Should -HaveCount 1
    }

    It 'says nothing without both, and nothing with -Verbose:$false' {
        Get-WSManInstance $winrm @at 4>&1 5>&1 | Should -BeOfType Xml.XmlElement
        $VerbosePreference = 'Continue'
        Get-WSManInstance $winrm @at -Verbose:$false 4>&1 5>&1 | Should -BeOfType Xml.XmlElement
    }
}

Describe 'Test-WSMan, Connect-WSMan and Disconnect-WSMan with -Verbose or -Debug' {
    AfterEach { Disconnect-EveryComputer }

    It 'have a verbose line for the Identify of <_>' -ForEach 'Test-WSMan', 'Connect-WSMan' {
        $said = $(& $_ @at -Verbose | Out-Null) 4>&1
        Get-Line $said Identify | Should -HaveCount 1
    }

    # Without -Verbose the engine asks after each verbose line whether to go on, and nobody is here to answer.
    It 'write to the debug stream alone with -Debug alone' {
        Test-WSMan @at -Debug *>&1 | Select-Object -SkipLast 1 |
            Should -BeOfType Management.Automation.DebugRecord
        Connect-WSMan @at -Debug *>&1 | Should -BeOfType Management.Automation.DebugRecord
        Disconnect-WSMan $one -Debug 5>&1 | Should -BeOfType Management.Automation.DebugRecord
        Assert-Disconnected $computer $one
    }
}
