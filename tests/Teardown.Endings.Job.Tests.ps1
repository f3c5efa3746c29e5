# The end of a job, and of what PowerShell serves another PowerShell in, as the rows of Teardown.Endings.psd1 and alone.
BeforeDiscovery { $table = Import-PowerShellDataFile "$PSScriptRoot/Teardown.Endings.psd1" }
BeforeAll { . "$PSScriptRoot/Teardown.Endings.ps1" }

Describe 'The end of a job by <How>' -ForEach $table.Jobs {
    BeforeAll {
        $row = $_
        $computer = Start-Cell $row
        $job = Start-Job ([scriptblock]::Create("$(Get-HoldingText $row); 'held'; $($row.Waits ? 'Start-Sleep 600' : '')"))
        while (-not ($said = Receive-Job $job)) { $null = Wait-Job $job -Timeout 0.1 }
        $said | Should -Be 'held'
        . ([scriptblock]::Create($row.Ending))
    }
    AfterAll { Stop-Computer $computer -Now }

    It 'leaves what about_WSMan_Teardown says if the server <Fault>' -ForEach $table.Faults {
        Assert-Left $row.Way $_ $false
    }
}

# The client kills such a process as soon as its runspace has closed, without a signal that could be handled. What ends
# like a job, and what does not.
Describe 'A process that serves another PowerShell' {
    BeforeAll {
        $computer = Start-Computer (1..4).ForEach{ "127.20.2.$_" }
        $login = $computer.Login
        # Connects an address, has a shell with a command and a context there, and says the id of the process.
        $hold = {
            param($address, $login)
            Connect-WSMan $address @login
            $shell = (New-WSManInstance shell/cmd @{} -ComputerName $address).ReferenceParameters.SelectorSet.Selector.'#text'
            $sleep = @{ SelectorSet = @{ ShellId = $shell }; ValueSet = @{ Command = 'sleep' } }
            $null = Invoke-WSManAction shell/cmd -Action Command -ComputerName $address @sleep
            $PID
        }

        # Begins a job, and returns when it holds all that.
        function Start-Holder([string] $Address) {
            $job = Start-Job ([scriptblock]::Create("$hold; Start-Sleep 600")) -ArgumentList $Address, $login
            while (-not (Receive-Job $job -Keep) -and $job.State -eq 'Running') { $null = Wait-Job $job -Timeout 0.1 }
            $job
        }

        # What is open at an address: connections, contexts, shells and commands.
        function Get-Open([string] $Address) {
            'connections', 'contexts', 'shells', 'commands' | ForEach-Object { Get-HeldCount $computer $_ -At $Address }
        }
    }
    AfterAll {
        Stop-Computer $computer
    }

    It 'leaves nothing when <how>' -ForEach @(
        @{ how = 'Ctrl+C at the terminal sends it SIGINT'; address = '127.20.2.1'
            end = { $job = Start-Holder $address; /bin/kill -INT (Receive-Job $job) }
        }
        @{ how = 'the session over ssh is removed'; address = '127.20.2.2'
            end = {
                $folder = New-Folder
                Set-Content "$folder/ssh" "#!/bin/sh`nexec dotnet '$PSHOME/pwsh.dll' -sshs -NoLogo -NoProfile"
                /bin/chmod +x "$folder/ssh"
                $path = $env:PATH
                try { $env:PATH = "${folder}:$path"; $session = New-PSSession -HostName $address } finally { $env:PATH = $path }
                $null = Invoke-Command $session $hold -ArgumentList $address, $login
                Remove-PSSession $session
            }
        }
    ) {
        . $end
        Get-Open $address | Should -Be 0, 0, 0, 0
        (Get-Count $computer).byAddress.$address.accepted | Should -BeGreaterThan 0
    }

    It 'ends no session with a runspace of the script, and all with its own while a thread job still runs' {
        $job = Start-Job {
            $login = $using:login
            1 | ForEach-Object -Parallel { $login = $using:login; Connect-WSMan 127.20.2.3 @login }
            $connecting = Start-ThreadJob {
                $login = $using:login
                Connect-WSMan 127.20.2.4 @login
                (Get-ChildItem WSMan:\).Name
                $null = New-WSManInstance shell/cmd @{} -ComputerName 127.20.2.4
                'held'
                Start-Sleep 600
            }
            while ($connecting.State -eq 'NotStarted' -or (Receive-Job $connecting -Keep) -notcontains 'held') {
                $null = Wait-Job $connecting -Timeout 0.1
            }
            Receive-Job $connecting
        }
        Receive-Job $job -Wait -AutoRemoveJob | Should -Be localhost, 127.20.2.3, 127.20.2.4, 'held'
        Get-Open 127.20.2.3 | Should -Be 0, 0, 0, 0
        Get-Open 127.20.2.4 | Should -Be 0, 0, 0, 0
    }
}
