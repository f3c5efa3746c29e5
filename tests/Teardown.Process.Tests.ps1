# What ends all sessions of a process at once, where it is more than a row of Teardown.Endings.psd1. The process is
# another PowerShell, which holds a shell with a command, an enumeration over its session and one over a connection of
# its own.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    $name = '127.20.1.1'

    # Connects $name as @login.
    function Get-Connecting {
        "`$name, `$credential = '$name', $credentialText"
        "`$login = @{ UseSSL = `$true; Port = $($computer.Https); Authentication = 'Basic'; Credential = `$credential }"
        'Connect-WSMan $name @login'
    }

    $holding = {
        $shell = (New-WSManInstance shell/cmd @{} -ComputerName $name).ReferenceParameters.SelectorSet.Selector.'#text'
        $sleep = @{ ComputerName = $name; SelectorSet = @{ ShellId = $shell }; ValueSet = @{ Command = 'sleep' } }
        $null = Invoke-WSManAction shell/cmd -Action Command @sleep
        $toCome = [Threading.CountdownEvent]::new(2)
        foreach ($how in @{}, $login) {
            $null = Start-ThreadJob {
                Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $using:name @using:how |
                    ForEach-Object { $null = ($using:toCome).Signal(); Start-Sleep 60 }
            }
        }
        if (-not $toCome.Wait(30000)) { Get-Job | Receive-Job }
    }

    # Waits for the test.
    $waiting = '$null = [Console]::In.ReadLine()'

    # Begins a PowerShell that holds all that, does Before, says 'held', and goes on with Ending at the next line.
    function Start-Holder(
        [string] $Ending, [string] $Before = '', [hashtable] $Setting = @{}, [string[]] $Launcher = @()
    ) {
        $lines = @(Get-Connecting) + "$holding" + $Before + "'held'" + $waiting + $Ending
        $pwsh = Start-Pwsh '-Command', ($lines -join "`n") -Setting $Setting -Launcher $Launcher
        Wait-Line $pwsh 'held'
        Assert-Held
        $pwsh
    }

    function Assert-Held {
        $counts = Get-Count $computer
        $counts.contexts, $counts.shells, $counts.commands | Should -Be 2, 1, 1
        $counts.connections | Should -BeGreaterThan 0
    }
}

Describe 'All sessions' {
    # One process for all cases: it goes on.
    BeforeAll {
        $computer = Start-Computer $name
        $pwsh = Start-Pwsh '-Command', '-' -Setting @{}
    }
    AfterAll {
        $null = Wait-Pwsh $pwsh
        Stop-Computer $computer
    }
    BeforeEach {
        $lines = @('Import-Module Portable.WSMan.Management') + (Get-Connecting) + $holding
        (Invoke-Script $pwsh ($lines -join "`n")).Lines | Should -BeNullOrEmpty
        Assert-Held
    }
    AfterEach {
        $null = Invoke-Script $pwsh {
            Get-Job | Remove-Job -Force
            Set-Location /
            Remove-Module Portable.WSMan.Management -ErrorAction Ignore
        }
    }

    It 'stay when the module is removed from inside the drive, and end when it is removed again from outside' {
        (Invoke-Script $pwsh {
            Set-Location WSMan:
            Remove-Module Portable.WSMan.Management -WarningAction Ignore
        }).Lines | Should -BeNullOrEmpty
        Assert-Held

        (Invoke-Script $pwsh {
            Import-Module Portable.WSMan.Management
            Set-Location /
            Remove-Module Portable.WSMan.Management
        }).Lines | Should -BeNullOrEmpty
        Assert-NothingHeld $computer
    }
}

Describe 'All sessions of a process' {
    BeforeEach { $computer = Start-Computer $name }
    AfterEach { Stop-Computer $computer }

    It 'end with a process that removed the module from inside the drive' {
        $pwsh = Start-Holder 'Set-Location WSMan:; Remove-Module Portable.WSMan.Management -WarningAction Ignore'

        Send-Line $pwsh
        (Wait-Pwsh $pwsh).ExitCode | Should -Be 0

        Assert-NothingHeld $computer
    }

    It 'stay at SIGTERM if the process handles it and goes on' {
        # What is registered last is called first. A script block could not run on the thread that handles signals.
        $pwsh = Start-Holder "'still here'; $waiting" -Before {
            Add-Type -TypeDefinition @'
                using System.Runtime.InteropServices;
                public static class Terminate {
                    static PosixSignalRegistration s_handled;
                    public static void Handle() =>
                        s_handled = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
                }
'@
            [Terminate]::Handle()
        }

        Send-Signal $pwsh.Process TERM
        Send-Line $pwsh
        Wait-Line $pwsh 'still here'
        Assert-Held

        (Wait-Pwsh $pwsh).ExitCode | Should -Be 0
        Assert-NothingHeld $computer
    }

    It 'stay at SIGHUP if the process was started with nohup' {
        $pwsh = Start-Holder "'still here'; $waiting" -Launcher nohup

        Send-Signal $pwsh.Process HUP
        Send-Line $pwsh
        Wait-Line $pwsh 'still here'
        Assert-Held

        (Wait-Pwsh $pwsh).ExitCode | Should -Be 0
        Assert-NothingHeld $computer
    }

    It 'do not keep a process for longer than ExitTimeoutms if the server hangs' {
        $setting = 500
        $pwsh = Start-Holder 'exit 3' -Setting @{ ExitTimeoutms = $setting; TeardownTimeoutms = 60000 }
        Suspend-Computer $computer
        try {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Send-Line $pwsh
            $result = Wait-Pwsh $pwsh
            $took = $watch.Elapsed.TotalMilliseconds
        } finally {
            Resume-Computer $computer
        }

        $result.ExitCode | Should -Be 3
        $result.Error | Should -BeNullOrEmpty
        $took | Should -BeGreaterThan (0.8 * $setting)
        $took | Should -BeLessThan (Get-TimeBound ([timespan]::FromMilliseconds(10 * $setting))).TotalMilliseconds
    }
}
