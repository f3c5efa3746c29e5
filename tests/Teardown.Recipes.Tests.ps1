# What the help says to do to disconnect everything, done to sessions in every state.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1"
    # What is typed in an example of a cmdlet's page.
    function Get-Typed([string] $Cmdlet, [string] $Title) {
        $example = (Get-Help $Cmdlet).examples.example | Where-Object title -Like "*: $Title*"
        (Split-Transcript ($example.code -split '\r?\n')).Line -join "`n"
    }
    Import-Module $env:WSMAN_TEST_MODULE
    $recipes = @(
        @{ from = 'Disconnect-WSMan'; recipe = Get-Typed Disconnect-WSMan 'Disconnect everything' }
        @{ from = 'Remove-WSManSession'; recipe = Get-Typed Remove-WSManSession 'Disconnect everything' }
        @{ from = 'Remove-WSManSession, with a file'
            recipe = Get-Typed Remove-WSManSession 'Keep a report of each computer in a file' }
        @{ from = 'about_WSMan_Teardown'; recipe = Get-TopicCode about_WSMan_Teardown 'To end whatever is connected' }
        @{ from = 'about_WSMan_Teardown, from anywhere'; leavesComputer = $true
            recipe = Get-TopicCode about_WSMan_Teardown 'computer still holds the session of that one:' }
    )
    $selective = @{ recipe = Get-TopicCode about_WSMan_Teardown 'To end what is of no use any more' }
    $fleet = @{ recipe = Get-TopicCode about_WSMan_Teardown 'answer any more costs the time of one:' }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $opened, $broken, $frozenName, $standing = '127.20.49.1', '127.20.49.2', '127.20.49.3', '127.20.49.4'

    # Runs a recipe as a script does, and returns its errors.
    function Invoke-Recipe([string] $Text) {
        $ErrorActionPreference = 'Continue'
        . ([scriptblock]::Create($Text)) 2>&1 3>$null | Where-Object { $_ -is [Management.Automation.ErrorRecord] }
    }
}

Describe 'The recipe' {
    BeforeEach {
        Push-Location (New-Folder recipe)
        $computer = Start-Computer $opened, $standing, 127.0.0.1
        $other = Start-Computer $broken
        $frozen = Start-Computer $frozenName
        foreach ($at in @{ of = $computer; names = $opened, $standing, 'localhost' }, @{ of = $other; names = $broken },
            @{ of = $frozen; names = $frozenName }) {
            $login = $at.of.Login
            # The bound of each end is a second, so that the frozen one costs no more.
            $short = New-WSManSessionOption -OperationTimeout 1000
            $at.names | ForEach-Object { Connect-WSMan $_ @login -SessionOption $short }
        }
        $opened, $broken, $frozenName | ForEach-Object { $null = New-BusyShell $_ }
        # The service of the broken one comes again and knows another password.
        Stop-Computer $other -Now
        $other = Start-Computer $broken -Option '--https-port', $other.Https -Password "other-$(New-Guid)"
        while ((Get-WSManSession $broken).State -ne 'Broken') {
            $null = Get-OneError { Get-WSManInstance winrm/config -ComputerName $broken }
        }
        Suspend-Computer $frozen
        (Get-WSManSession).State | Should -Be Opened, Broken, Opened, Opened, Opened
    }
    AfterEach {
        Set-Location /
        Resume-Computer $frozen
        Disconnect-EveryComputer
        $computer, $other, $frozen | ForEach-Object { Stop-Computer $_ -Now }
    }

    It 'of <from> ends sessions in every state' -ForEach $recipes {
        $recipe | Should -Not -BeNullOrEmpty
        Invoke-Recipe $recipe | Should -BeNullOrEmpty
        Get-WSManSession | Should -BeNullOrEmpty
        Assert-NothingHeld $computer
    }

    It 'of <from> ends all others where somebody stands in one' -ForEach $recipes {
        Set-Location WSMan:\$standing
        $failures = @(Invoke-Recipe ($recipe -replace 'teardown\.jsonl', "$(New-Folder recipe)/teardown.jsonl"))
        if ($leavesComputer) {
            $failures | Should -BeNullOrEmpty
            Get-WSManSession | Should -BeNullOrEmpty
        } else {
            $failures | Should -HaveCount 1
            Assert-WSManError $failures[0] RemoveWSManSession $standing $standing, 'Set-Location'
            (Get-WSManSession).Name | Should -Be $standing
        }
    }

    It 'for what is of no use any more ends the broken session alone' -ForEach $selective {
        Invoke-Recipe $recipe | Should -BeNullOrEmpty
        (Get-WSManSession).Name | Should -Be $opened, $frozenName, $standing, localhost
    }

    It 'for a fleet leaves nothing, also when a computer of it cannot be reached' -ForEach $fleet {
        $names = $opened, $standing, '127.20.49.99'
        $how = $computer.Login
        { Invoke-Recipe $recipe } | Should -Throw '*127.20.49.99*'
        (Get-WSManSession).Name | Should -Be $broken, $frozenName, localhost
        (Get-HeldCount $computer -At $opened), (Get-HeldCount $computer -At $standing) | Should -Be 0, 0
    }
}
