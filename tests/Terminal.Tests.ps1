# What a user sees at a terminal with the line editor of PowerShell (PSReadLine): keys go to a pseudo-terminal, and
# what its screen shows is compared.

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    $one, $two = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one, $two -Option '--rows', '100000'
    # Only Ctrl+C ends what a case begins. An answer that is on its way then is heard out for as long as a teardown may
    # take, behind the prompt.
    $setting = @{
        DefaultPorts = @{ HTTP = $computer.Http; HTTPS = $computer.Https }
        TestTimeoutms = 60000; TeardownTimeoutms = 10000
    }
    # The promise is a quarter of a second.
    $atOnce = Get-TimeBound '00:00:02.5'
    $rows = 'Get-WSManInstance wmicimv2/Loopback_Row -Enumerate'

    # A terminal at whose prompt @login connects.
    function Start-Session {
        Start-Terminal -Setting $setting -Before @"
            Import-Module Portable.WSMan.Management
            `$login = @{ UseSSL = `$true; Authentication = 'Basic'; Credential = $credentialText }
"@
    }

    function Assert-OnlyLocalhost { Invoke-Line $terminal '(dir WSMan:\).Name' | Should -Be localhost }

    # Returns when the service has read more requests than before.
    function Wait-Request([int] $Before) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while ((Get-Count $computer).requests -le $Before) { $watch.Elapsed | Should -BeLessThan $waitLimit }
    }
}
AfterAll { Stop-Computer $computer }

Describe 'At a terminal' {
    BeforeAll { $script:terminal = $null }
    AfterAll { Stop-Terminal $terminal }
    BeforeEach {
        # One for all cases, unless one of them broke it.
        if (-not $terminal -or $terminal.Process.HasExited) { $script:terminal = Start-Session }
    }
    AfterEach {
        if ($terminal.Process.HasExited) { return }
        $null = Send-CtrlC $terminal
        $null = Invoke-Line $terminal 'cd WSMan:\; cd /; dir WSMan:\ | ? State -eq Opened | % { Disconnect-WSMan $_ }'
    }

    Context 'Ctrl+C' {
        It 'brings the prompt back at once, and leaves nothing:<command>' -ForEach @(
            @{ command = 'Connect-WSMan {0} @login -ApplicationName stall' }
            @{ command = 'New-Item WSMan:\ -Name {0} @login -ApplicationName stall' }
            @{ command = 'Test-WSMan {0} @login -ApplicationName stall' }
            @{ command = 'Get-WSManInstance winrm/config -ComputerName {0} @login -ApplicationName stall' }
            @{ command = 'Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -Comp {0} @login -App pull/stall/wsman' }
        ) {
            Enter-Line $terminal ($command -f $one)
            Get-HeldCount $computer -Until 1 -At $one | Should -Be 1

            Send-CtrlC $terminal | Should -BeLessThan $atOnce

            Get-HeldCount $computer | Should -Be 0
            Assert-OnlyLocalhost
        }

        It 'ends the wait for a server that accepts a connection and never says a word' {
            $listener = [Net.Sockets.TcpListener]::new('127.20.1.3', 0)
            $listener.Start()
            try {
                $port = $listener.LocalEndpoint.Port
                Enter-Line $terminal "Connect-WSMan 127.20.1.3 -Port $port @login"
                $accepted = $listener.AcceptTcpClientAsync()
                $accepted.Wait($waitLimit) | Should -BeTrue

                Send-CtrlC $terminal | Should -BeLessThan $atOnce

                $ended = [IO.StreamReader]::new($accepted.Result.GetStream()).ReadToEndAsync()
                $ended.Wait($waitLimit) | Should -BeTrue
                Assert-OnlyLocalhost
            } finally {
                $listener.Dispose()
            }
        }

        It 'ends an enumeration amid its objects, and releases it' {
            Enter-Line $terminal "$rows -ComputerName $one @login"
            $null = Wait-Screen $terminal '\n\w+ +: '

            Send-CtrlC $terminal | Should -BeLessThan $atOnce

            Assert-NothingHeld $computer
        }

        It 'does not wait for a server that hangs in an enumeration' {
            Enter-Line $terminal "$rows -ComputerName $one @login | % { 'object'; sleep 60 }"
            $null = Wait-Screen $terminal '\nobject\n'
            Suspend-Computer $computer
            try { Send-CtrlC $terminal | Should -BeLessThan $atOnce } finally { Resume-Computer $computer }

            # What the server is told to release when it wakes up, it releases.
            Assert-NothingHeld $computer
        }

        It 'ends the wait of Disconnect-WSMan, and the session is closed' {
            $null = Invoke-Line $terminal "`$item = Connect-WSMan $one @login -ApplicationName gate/wsman -PassThru"
            $null = Invoke-Line $terminal "`$null = New-WSManInstance shell/cmd @{} -ComputerName $one"
            $requests = (Get-Count $computer).requests
            Close-Gate $computer
            try {
                Enter-Line $terminal "Disconnect-WSMan $one"
                Wait-Request $requests
                Send-CtrlC $terminal | Should -BeLessThan $atOnce
                Get-HeldCount $computer | Should -Be 0
            } finally {
                Open-Gate $computer
            }

            Invoke-Line $terminal '"$($item.State)"' | Should -Be 'Closed'
            Assert-OnlyLocalhost
        }

        It 'ends the wait of Disconnect-WSMan, which shows that it waits: <command>' -ForEach @(
            @{ command = 'Disconnect-WSMan {0}' }, @{ command = 'Remove-Item WSMan:\{0}' }
        ) {
            $null = Invoke-Line $terminal "Connect-WSMan $one @login -ApplicationName gate/wsman"
            $null = Invoke-Line $terminal "`$null = New-WSManInstance shell/cmd @{} -ComputerName $one"
            Close-Gate $computer
            try {
                Enter-Line $terminal ($command -f $one)
                # Progress stands below the cursor, where the text of the screen ends.
                $watch = [Diagnostics.Stopwatch]::StartNew()
                while ((Get-TerminalOutput $terminal) -notlike "*Ending the session with $one*") {
                    $watch.Elapsed | Should -BeLessThan $waitLimit
                }
                Send-CtrlC $terminal | Should -BeLessThan $atOnce
            } finally {
                Open-Gate $computer
            }
            Assert-OnlyLocalhost
        }

        It 'ends a listing of the drive, and the session stays' {
            $null = Invoke-Line $terminal "Connect-WSMan $one @login -ApplicationName gate/wsman"
            $requests = (Get-Count $computer).requests
            Close-Gate $computer
            try {
                Enter-Line $terminal "dir WSMan:\$one\Client"
                Wait-Request $requests
                Send-CtrlC $terminal | Should -BeLessThan $atOnce
            } finally {
                Open-Gate $computer
            }

            Invoke-Line $terminal "(dir WSMan:\$one\Client\Auth).Name" | Should -Match '(?m)^Basic$'
        }

        It 'at the question for a password connects nothing' {
            $requests = (Get-Count $computer).requests
            Enter-Line $terminal "Connect-WSMan $one -UseSSL -Authentication Basic -Credential $userName"
            $null = Wait-Question $terminal 'Password for user [^\n]*: \Z'

            $null = Send-CtrlC $terminal

            Assert-OnlyLocalhost
            (Get-Count $computer).requests | Should -Be $requests
        }
    }

    Context 'Tab' {
        BeforeAll {
            # Completes what is typed.
            function Assert-Completed([string] $Typed, [string] $Expected) {
                Send-Text $terminal $Typed
                $null = Send-Key $terminal "`t" "(?m)> $([regex]::Escape($Expected))\Z"
            }
        }
        BeforeEach { $null = Invoke-Line $terminal "Connect-WSMan $one @login" }

        It 'completes <typed> to <expected>' -ForEach @(
            @{ typed = 'Disconnect-WSMan '; expected = 'Disconnect-WSMan 127.20.1.1' }
            @{ typed = 'Disconnect-WSMan -ComputerName 127'; expected = 'Disconnect-WSMan -ComputerName 127.20.1.1' }
            @{ typed = 'Get-WSManC'; expected = 'Get-WSManCredSSP' }
            @{ typed = 'Connect-WSMan -Authen'; expected = 'Connect-WSMan -Authentication' }
            @{ typed = 'Test-WSMan -Authentication Bas'; expected = 'Test-WSMan -Authentication Basic' }
            @{ typed = 'Get-WSManInstance wmicimv2/win32_servi'; expected = 'Get-WSManInstance wmicimv2/Win32_Service' }
            @{
                typed = 'Invoke-WSManAction wmicimv2/Win32_Service Sto'
                expected = 'Invoke-WSManAction wmicimv2/Win32_Service StopService'
            }
            @{
                typed = 'Set-Item WSMan:\localhost\Client\AllowUnencrypted f'
                expected = 'Set-Item WSMan:\localhost\Client\AllowUnencrypted false'
            }
            @{ typed = 'dir WSMan:\loc'; expected = 'dir WSMan:/localhost/' }
            @{ typed = 'dir WSMan:\127'; expected = 'dir WSMan:/127.20.1.1/' }
            @{ typed = 'dir WSMan:\localhost\Client\TrustedH'; expected = 'dir WSMan:/localhost/Client/TrustedHosts' }
            @{ typed = 'dir WSMan:\127.20.1.1\Serv'; expected = 'dir WSMan:/127.20.1.1/Service/' }
            @{ typed = 'dir WSMan:/127.20.1.1/Service/Au'; expected = 'dir WSMan:/127.20.1.1/Service/Auth/' }
            @{
                typed = 'gi WSMan:\127.20.1.1\Service\Auth\Kerb'
                expected = 'gi WSMan:/127.20.1.1/Service/Auth/Kerberos'
            }
            @{
                typed = 'dir WSMan:\127.20.1.1\Listener\'
                expected = 'dir WSMan:/127.20.1.1/Listener/Listener_2132651585/'
            }
            @{
                typed = 'dir WSMan:\127.20.1.1\Plugin\microsoft.powershell\Quo'
                expected = 'dir WSMan:/127.20.1.1/Plugin/microsoft.powershell/Quotas/'
            }
        ) {
            Assert-Completed $typed $expected
        }

        It 'completes from the location in the drive' {
            Invoke-Line $terminal "cd WSMan:\$one" | Should -Be ''
            Wait-Screen $terminal 'PS WSMan:/127.20.1.1> \Z'
            Assert-Completed 'dir Serv' 'dir ./Service/'
        }

        It 'and Enter run nothing that a server wrote' {
            $lines = "`$p = @{ Plugin = `"zz``n; 'ru'+'n'; b>c`"; FileName = '%windir%\system32\x.dll' }",
                "`$p += @{ SDKVersion = 2; Resource = 'http://example.org/zz'; Capability = 'Get' }",
                "`$made = New-Item WSMan:\$one\Plugin @p -XMLRenderingType text"
            foreach ($line in $lines) { Invoke-Line $terminal $line | Should -Be '' }
            try {
                # The cursor is before the quote that ends the path, for the name of something in the plugin.
                Assert-Completed "gi WSMan:\$one\Plugin\zz" "gi 'WSMan:/$one/Plugin/zz%0A; ''ru''+''n''; b%3Ec/"
                $null = Send-Key $terminal "`r" '\n'
                $shown = Wait-Screen $terminal $prompt
                $shown | Should -BeLike '*Container*' -Because 'the plugin is there'
                $shown | Should -Not -Match '\brun\b'
            } finally {
                $null = Invoke-Line $terminal 'Remove-Item -LiteralPath $made.PSPath -Recurse'
            }
        }

        It 'does not freeze below a computer that does not answer, and knows the fixed names' {
            Suspend-Computer $computer
            try {
                Send-Text $terminal "dir WSMan:\$one\Listener\"
                $watch = [Diagnostics.Stopwatch]::StartNew()
                # What is typed behind the Tab appears as soon as that is over.
                $null = Send-Key $terminal "`tnext" '\\Listener\\next\Z'
                $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:10')
                Send-CtrlC $terminal | Should -BeLessThan $atOnce

                Assert-Completed "dir WSMan:\$one\Service\Auth\Kerb" "dir WSMan:/$one/Service/Auth/Kerberos"
                Send-CtrlC $terminal | Should -BeLessThan $atOnce
            } finally {
                Resume-Computer $computer
            }
            Invoke-Line $terminal '$Error.Count' | Should -Be 0
        }

        It 'shows all names that are connected when it is pressed again' {
            $null = Invoke-Line $terminal "Connect-WSMan $two @login"
            Assert-Completed 'Disconnect-WSMan ' 'Disconnect-WSMan 127.20.1.'
            $null = Send-Key $terminal "`t" "127\.20\.1\.1 +127\.20\.1\.2"
        }
    }

    Context 'A password that is asked for' {
        BeforeAll { $asking = "-UseSSL -Authentication Basic -Credential $userName" }

        It 'is taken for <command>, and appears neither on the screen nor in the history' -ForEach @(
            @{ command = 'Connect-WSMan {0} {1}'; connected = $true }
            @{ command = 'New-Item WSMan:\ -Name {0} {1}'; connected = $true }
            @{ command = 'Test-WSMan {0} {1}'; connected = $false }
            @{ command = 'Get-WSManInstance winrm/config -ComputerName {0} {1}'; connected = $false }
        ) {
            $line = $command -f $one, $asking
            Enter-Line $terminal $line
            $null = Wait-Question $terminal "Password for user ${userName}: \Z"
            $shown = Send-Key $terminal "$password`r" $prompt

            $shown | Should -Not -BeLike '*Error*'
            Assert-NoSecret (Get-TerminalOutput $terminal)
            Get-HeldCount $computer -Until ([int] $connected) | Should -Be ([int] $connected)
            $history = Get-ChildItem $terminal.Data -Recurse -File | Get-Content -Raw
            $history | Should -BeLike "*$line*"
            Assert-NoSecret $history
        }

        It 'is not in the error that says it is wrong' {
            Enter-Line $terminal "Connect-WSMan $one $asking"
            $null = Wait-Question $terminal 'Password for user [^\n]*: \Z'
            $shown = Send-Key $terminal "not-$password`r" $prompt

            $shown | Should -Match 'Connect-WSMan: .*Access is denied'
            Assert-NoSecret (Get-TerminalOutput $terminal)
            Assert-OnlyLocalhost
        }
    }

    Context 'A change' {
        BeforeEach { $null = Invoke-Line $terminal "Connect-WSMan $one @login" }

        It 'is only told with -WhatIf:<command>' -ForEach @(
            @{ command = 'Set-Item WSMan:\{0}\Client\NetworkDelayms 6000'; told = 'NetworkDelayms to the value 6000' }
            @{ command = 'Remove-Item WSMan:\{0}'; told = 'End the session with 127.20.1.1' }
            @{ command = 'New-Item WSMan:\ -Name other @login'; told = 'Open a session with other' }
            @{ command = 'New-WSManInstance shell/cmd @{{}} -ComputerName {0}'; told = 'shell/cmd' }
        ) {
            $requests = (Get-Count $computer).requests
            $shown = Invoke-Line $terminal "$($command -f $one) -WhatIf"

            $shown | Should -Match "\AWhat if: .*$([regex]::Escape($told))"
            $counts = Get-Count $computer
            $counts.requests | Should -BeLessOrEqual ($requests + 1)
            $counts.connections, $counts.shells | Should -Be 1, 0
        }

        It 'is asked about, and made for "<answer>" as the answer:<command>' -ForEach @(
            foreach ($answer in 'y', 'n') {
                @{
                    command = 'Set-Item WSMan:\{0}\Client\NetworkDelayms 6000 -Confirm'; answer = $answer
                    question = 'NetworkDelayms to the value 6000'
                    look = '(gi WSMan:\{0}\Client\NetworkDelayms).Value'; y = '6000'; n = '5000'
                }
                @{
                    command = 'Set-Item WSMan:\{0}\Client\TrustedHosts x'; answer = $answer
                    question = 'trusts without proof'
                    look = '(gi WSMan:\{0}\Client\TrustedHosts).Value'; y = 'x'; n = ''
                }
                @{
                    command = 'Remove-Item WSMan:\{0} -Confirm'; answer = $answer
                    question = 'End the session'; look = 'Test-Path WSMan:\{0}'; y = 'False'; n = 'True'
                }
                @{
                    command = '$null = New-WSManInstance shell/cmd @{{}} -ComputerName {0} -Confirm'; answer = $answer
                    question = 'Are you sure'; look = '(gi WSMan:\{0}).OpenShells'; y = '1'; n = '0'
                }
            }
        ) {
            $null = Enter-Line $terminal ($command -f $one)
            Wait-Question $terminal '\(default is "Y"\): \Z' | Should -BeLike "*$question*"
            $null = Send-Key $terminal "$answer`r" $prompt

            Invoke-Line $terminal ($look -f $one) | Should -Be (Get-Variable $answer -ValueOnly)

            $undo = 'Set-Item WSMan:\{0}\Client\NetworkDelayms 5000; Clear-Item WSMan:\{0}\Client\TrustedHosts -Force'
            $null = Invoke-Line $terminal ($undo -f $one)
        }

        It 'is not made if Ctrl+C is pressed at the question' {
            Enter-Line $terminal "Set-Item WSMan:\$one\Client\TrustedHosts x"
            $null = Wait-Question $terminal '\(default is "Y"\): \Z'
            $null = Send-Key $terminal "`u{3}" $prompt
            Invoke-Line $terminal "`"[`$((gi WSMan:\$one\Client\TrustedHosts).Value)]`"" | Should -Be '[]'
        }
    }

    It 'a typing error in a path is one line, in red:<command>' -ForEach @(
        @{ command = 'dir WSMan:\127.20.1.1\Clinet'; id = 'PathNotFound,*.GetChildItemCommand' }
        @{ command = 'cd WSMan:\127.20.1.1\Client\Auht'; id = 'PathNotFound,*.SetLocationCommand' }
        @{ command = 'gi WSMan:\127.20.1.9\Client'; id = 'PathNotFound,*.GetItemCommand' }
    ) {
        $null = Invoke-Line $terminal "Connect-WSMan $one @login"
        $wrong = ($command -split '\\')[-1]

        Invoke-Line $terminal $command | Should -Match "\A[\w-]+: Cannot find path '[^\n]*$wrong[^\n]*\z"

        Get-TerminalOutput $terminal | Should -Match '\e\[31;1mCannot find path'
        Invoke-Line $terminal '$Error[0].FullyQualifiedErrorId' | Should -BeLike $id
    }

    Context 'A view' {
        It 'has coloured headings at the screen, and none in a file' {
            $file = "$(New-Folder)/listing"
            Invoke-Line $terminal 'dir WSMan:\' | Should -Match '(?m)^ComputerName +Type$'
            Get-TerminalOutput $terminal | Should -Match '\e\[[\d;]+mComputerName '

            $null = Invoke-Line $terminal "dir WSMan:\ > $file"
            $written = Get-Content -Raw $file
            $written | Should -Match '(?m)^ComputerName +Type\s*$'
            $written | Should -Not -BeLike "*`e*"
        }

        It 'has coloured labels in a list' {
            Invoke-Line $terminal "Test-WSMan $one" | Should -Match '(?m)^ProductVersion +: OS: 0\.0\.0'
            Get-TerminalOutput $terminal | Should -Match '\e\[[\d;]+mProductVersion '
        }
    }
}

Describe 'A terminal that ends' {
    It 'ends the session and what it holds:<how>' -ForEach @(
        @{ how = 'exit 3'; key = "exit 3`r"; exitCode = 3 }
        @{ how = 'Ctrl+D'; key = "`u{4}"; exitCode = 0 }
        @{ how = 'its window is closed'; key = ''; exitCode = 128 + 1 }
    ) {
        $terminal = Start-Session
        $null = Invoke-Line $terminal "Connect-WSMan $one @login"
        $null = Invoke-Line $terminal "`$null = New-WSManInstance shell/cmd @{} -ComputerName $one"
        Get-HeldCount $computer shells -Until 1 | Should -Be 1

        if ($key) { $null = Send-Key $terminal $key }
        Stop-Terminal $terminal -Ended:($key.Length -gt 0) | Should -Be $exitCode

        Assert-NothingHeld $computer
    }
}

Describe 'A stopped enumeration' {
    It 'does not wait for a server that hangs when a command behind it is slow to stop' {
        # The engine stops one command after the other, and leaves those out that have ended by the exception of one
        # that was stopped before.
        $slow = Add-Type -PassThru -TypeDefinition @'
            using System.Management.Automation;
            [Cmdlet("Wait", "Slowly")]
            public sealed class WaitSlowly : PSCmdlet {
                private readonly System.Threading.ManualResetEventSlim _stopped = new();
                protected override void ProcessRecord() { _stopped.Wait(); throw new PipelineStoppedException(); }
                protected override void StopProcessing() { _stopped.Set(); System.Threading.Thread.Sleep(1000); }
            }
'@
        Set-ClientSetting @{ TeardownTimeoutms = 60000 }
        $login = $computer.Login
        $reached = [Threading.ManualResetEventSlim]::new()
        $background = Start-BackgroundScript {
            Import-Module $slow.Assembly
            Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $one @login |
                ForEach-Object { $reached.Set(); Wait-Slowly }
        } @{ slow = $slow; one = $one; login = $login; reached = $reached }
        $reached.Wait($waitLimit) | Should -BeTrue

        Suspend-Computer $computer
        try {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $null = Wait-BackgroundScript $background -Stop
            $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:12')
        } finally {
            Resume-Computer $computer
        }
        Assert-NothingHeld $computer
    }
}
