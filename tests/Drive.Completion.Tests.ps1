# What the drive answers where nobody has asked: the Tab key, a prompt, a view. There is nothing that Ctrl+C could end
# then, so a server that does not answer costs a second at most.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $few = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one
    # Another service, since this one freezes.
    $many = 3..7 | ForEach-Object { "127.20.1.$_" }
    $quick = Start-Computer (@($few) + $many)
    $login, $quickLogin = $computer.Login, $quick.Login
    Connect-WSMan $one @login
    Connect-WSMan $few @quickLogin
    # Each answers well in time, and all of them together do not.
    foreach ($name in $many) { Connect-WSMan $name @quickLogin -ApplicationName delay/300/wsman }
    $h = "WSMan:\$one"
    $soon = Get-TimeBound '00:00:10'

    function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.ListItemText }

    # A duration, and that no error was left behind.
    function Assert-Brief([scriptblock] $Script) {
        $global:Error.Clear()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        & $Script
        $watch.Elapsed | Should -BeLessThan $soon
        $global:Error | Should -BeNullOrEmpty
    }
}
AfterAll {
    Resume-Computer $computer
    Disconnect-EveryComputer
    Stop-Computer $computer
    Stop-Computer $quick
}

Describe 'Tab below a computer' {
    It 'knows the names in <section> without a request' -ForEach @(
        @{ section = '' }, @{ section = '\Client' }, @{ section = '\Client\Auth' }, @{ section = '\Client\DefaultPorts' }
        @{ section = '\Service' }, @{ section = '\Service\Auth' }, @{ section = '\Service\DefaultPorts' }
        @{ section = '\Shell' }
    ) {
        $there = Get-ChildItem "WSMan:\$few$section"
        $before = (Get-Count $quick).requests
        Get-Completion "Get-Item WSMan:\$few$section\" | Should -BeExactly ($there.Name | Sort-Object)
        Get-Completion "Set-Location WSMan:\$few$section\" | Should -BeExactly (
            $there | Where-Object { $_.Type -eq 'Container' } | ForEach-Object Name | Sort-Object)
        (Get-Count $quick).requests | Should -Be $before
    }

    It 'asks for the names that only the service knows' {
        (Wait-Completion "Get-Item WSMan:\$few\Listener\").ListItemText | Should -Be Listener_2132651585
        (Wait-Completion "Get-Item WSMan:\$few\Plugin\microsoft.powershell\Quo").ListItemText | Should -Be Quotas
    }

    It 'leaves the values to whoever reads them in a completion' {
        Register-ArgumentCompleter -CommandName Use-It -ParameterName Value -ScriptBlock {
            (Get-Item WSMan:\$few\Client\NetworkDelayms).Value
            (Get-ChildItem WSMan:\$few\Client\DefaultPorts).Value
        }
        function Use-It($Value) { }
        Get-Completion 'Use-It -Value ' | Should -Be 5000, 5985, 5986
    }
}

# What the Tab key puts into a line is run with Enter, and a server names its plugins as it likes.
Describe 'A plugin that is called <shown>' -ForEach @(
    @{ name = "zz`nb"; shown = 'zz%0Ab' }, @{ name = "zz`rb"; shown = 'zz%0Db' }
    @{ name = "zz`u{85}b"; shown = 'zz%C2%85b' }, @{ name = "zz`u{a0}b"; shown = 'zz%C2%A0b' }
    @{ name = "zz`u{2028}b"; shown = 'zz%E2%80%A8b' }, @{ name = "zz`u{3000}b"; shown = 'zz%E3%80%80b' }
    @{ name = "zz`u{202e}b"; shown = 'zz%E2%80%AEb' }, @{ name = "zz`u{200b}b"; shown = 'zz%E2%80%8Bb' }
    @{ name = "zz`u{2019}; b; `u{2018}"; shown = 'zz%E2%80%99; b; %E2%80%98' }
    @{ name = 'zz"; b; "'; shown = 'zz%22; b; %22' }
    @{ name = 'zz>b'; shown = 'zz%3Eb' }, @{ name = 'zz<b'; shown = 'zz%3Cb' }
    @{ name = 'zz*'; shown = 'zz%2A' }, @{ name = 'zz?b'; shown = 'zz%3Fb' }
    @{ name = 'zz%0Ab'; shown = 'zz%250Ab' }, @{ name = 'zz%41'; shown = 'zz%41' }
    @{ name = 'zz; b'; shown = 'zz; b' }, @{ name = 'zz b'; shown = 'zz b' }, @{ name = 'zz[b]'; shown = 'zz[b]' }
    @{ name = 'zz$(b)'; shown = 'zz$(b)' }, @{ name = 'zz$b'; shown = 'zz$b' }, @{ name = 'zz`b'; shown = 'zz%60b' }
    @{ name = "zz'b'c"; shown = "zz'b'c" }, @{ name = 'zz|b'; shown = 'zz|b' }, @{ name = 'zz&b'; shown = 'zz&b' }
    @{ name = 'zz{b}'; shown = 'zz{b}' }, @{ name = 'zz,@b#c'; shown = 'zz,@b#c' }
) {
    BeforeAll {
        $path = "WSMan:\$few\Plugin"
        $new = @{ FileName = '%windir%\system32\x.dll'; SDKVersion = 2; XMLRenderingType = 'text' }
        $made = New-Item $path -Plugin $name @new -Resource http://example.org/zz -Capability Get

        # What PowerShell reads of a line with one argument; nothing where that is more than one constant.
        function Get-Argument([string] $Line) {
            $syntaxErrors = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($Line, [ref] $null, [ref] $syntaxErrors)
            $commands = $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
            $argument = $commands[0].CommandElements[-1]
            $isOne = -not $syntaxErrors -and $commands.Count -eq 1 -and $commands[0].CommandElements.Count -eq 2 -and
                -not $commands[0].Redirections
            if ($isOne) { try { $argument.SafeGetValue() } catch { } }
        }
    }
    AfterAll { Remove-Item -LiteralPath $made.PSPath -Recurse }

    It 'is completed to one argument that is the plugin, behind <quote>' -ForEach @(
        @{ quote = 'no quote'; begins = '' }, @{ quote = "'"; begins = "'" }, @{ quote = '"'; begins = '"' }
    ) {
        $matched = Wait-Completion "Get-Item $begins$path\zz"
        $matched.ListItemText | Should -BeExactly $shown
        $text = $matched.CompletionText
        $text | Should -Not -Match '[\p{C}\p{Zl}\p{Zp}]|[\p{Zs}-[ ]]'
        $argument = Get-Argument "Get-Item $text"
        $argument | Should -Not -BeNullOrEmpty -Because "$text is one argument"
        (Get-Item $argument).Keys | Should -BeExactly "Name=$name"
        (& ([scriptblock]::Create("Get-Item $text"))).Keys | Should -BeExactly "Name=$name"
    }

    It 'is found by the name that the drive shows, and by its own' {
        $made.Name | Should -BeExactly $shown
        (Get-ChildItem $path | Where-Object Keys -CEQ "Name=$name").Name | Should -BeExactly $shown
        foreach ($known in $shown, $name) {
            # A code in its own name would be read as one.
            if ($known -match '%0A' -and $known -eq $name) { continue }
            (Get-Item -LiteralPath "$path\$known").PSPath | Should -BeExactly $made.PSPath
            (Get-Item -LiteralPath "$path\$known\Name").Value | Should -BeExactly $name
            Test-Path -LiteralPath "$path\$known" | Should -BeTrue
        }
    }
}

Describe 'A parameter of a plugin' {
    It 'is completed safely as well, whatever it is called' {
        $path = "WSMan:\$few\Plugin\microsoft.powershell\InitializationParameters"
        $null = New-Item $path -ParamName "zz`n; b>c" -ParamValue x
        try {
            $text = (Wait-Completion "Get-Item $path\zz").CompletionText
            $text | Should -BeExactly "'$($path.Replace('\', '/'))/zz%0A; b%3Ec'"
            (& ([scriptblock]::Create("Get-Item $text"))).Value | Should -BeExactly x
        } finally {
            Remove-Item -LiteralPath "$path\zz`n; b>c"
        }
    }
}

Describe 'A computer that does not answer' {
    BeforeAll { Suspend-Computer $computer }
    AfterAll { Resume-Computer $computer }

    It 'still has the names that are known: <typed>' -ForEach @(
        @{ typed = 'dir WSMan:\127.20.1.1\Cli'; expected = 'Client', 'ClientCertificate' }
        @{ typed = 'dir WSMan:\127.20.1.1\Service\Auth\Kerb'; expected = 'Kerberos' }
        @{ typed = 'Set-Item WSMan:\127.20.1.1\Client\Trus'; expected = 'TrustedHosts' }
        @{ typed = 'Disconnect-WSMan 127.20.1.1'; expected = '127.20.1.1' }
    ) {
        Assert-Brief { Get-Completion $typed | Should -Be $expected }
    }

    It 'has no other names, and costs a completion no more than a second: <typed>' -ForEach @(
        @{ typed = 'dir WSMan:\127.20.1.1\Listener\' }
        @{ typed = 'dir WSMan:\127.20.1.1\Plugin\micro' }
        @{ typed = 'dir WSMan:\127.20.1.1\Plugin\microsoft.powershell\Quotas\' }
        @{ typed = 'dir WSMan:\127.20.1.1\*\Listener_1\' }
    ) {
        Assert-Brief { Get-Completion $typed | Should -BeNullOrEmpty }
    }

    It 'costs a prompt no more than a second, and shows no error there' {
        function prompt {
            "[$((Get-Item $h\Client\NetworkDelayms).Value)$((Get-ChildItem $h\Listener).Name)] $(Test-Path $h\Shell\IdleTimeout)"
        }
        Assert-Brief { prompt | Should -Be '[] False' }
    }

    It 'costs a view no more than a second, and shows no error there' {
        $view = "$(New-Folder)/view.ps1xml"
        Set-Content $view @"
            <Configuration><ViewDefinitions><View><Name>frozen</Name>
            <ViewSelectedBy><TypeName>Frozen.Computer</TypeName></ViewSelectedBy>
            <TableControl><TableHeaders><TableColumnHeader><Label>delay</Label></TableColumnHeader></TableHeaders>
            <TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem>
            <ScriptBlock>"is [`$((Get-Item $h\Client\NetworkDelayms).Value)]"</ScriptBlock>
            </TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries></TableControl>
            </View></ViewDefinitions></Configuration>
"@
        # In a runspace of its own, which alone has the view.
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $background = Start-BackgroundScript {
            Update-FormatData -PrependPath $view
            [pscustomobject]@{ PSTypeName = 'Frozen.Computer'; Name = 'x' } | Format-Table -View frozen | Out-String
        } @{ view = $view }
        Wait-BackgroundScript $background | Should -BeLike '*is `[`]*'
        $background.Shell.Streams.Error | Should -BeNullOrEmpty
        $watch.Elapsed | Should -BeLessThan $soon
    }

    It 'leaves the rows of the other computers in a view' {
        $rows = (@($one) + $many + $one).ForEach{ [pscustomobject]@{ Name = $_ } }
        $delay = @{ Name = 'shown'; Expression = { "$($_.Name) has [$((Get-Item "WSMan:\$($_.Name)\Client\NetworkDelayms").Value)]" } }
        Assert-Brief {
            $shown = $rows | Format-Table $delay -HideTableHeaders | Out-String -Stream | Where-Object { $_ }
            $shown.Trim() | Should -Be (@("$one has []") + $many.ForEach{ "$_ has [5000]" } + "$one has []")
        }
    }

    It 'is waited for by a command that was asked for' {
        $started = [Threading.ManualResetEventSlim]::new()
        $background = Start-BackgroundScript { $started.Set(); Get-Item $h\Client\NetworkDelayms } @{ h = $h; started = $started }
        $started.Wait($waitLimit) | Should -BeTrue
        # Longer than the second of the others, and not over.
        $background.Running.AsyncWaitHandle.WaitOne([timespan]::FromSeconds(3)) | Should -BeFalse
        Resume-Computer $computer
        (Wait-BackgroundScript $background).Value | Should -Be 5000
        Suspend-Computer $computer
    }

    It 'has all names again once it answers, and the session is as it was' {
        Resume-Computer $computer
        # What was given up is given back.
        Get-HeldCount $computer contexts | Should -Be 0
        (Get-Item $h\Client\NetworkDelayms).Value | Should -Be 5000
        (Get-Item $h).State | Should -Be Opened
        $watch = [Diagnostics.Stopwatch]::StartNew()
        do { $names = Get-Completion "dir $h\Listener\" } while (-not $names -and $watch.Elapsed -lt $waitLimit)
        $names | Should -Be Listener_2132651585
    }
}

Describe 'A computer that <what>' -ForEach @(
    @{ what = 'is gone'; application = 'wsman'; isGone = $true }
    @{ what = 'refuses each request'; application = 'config/any/fault-5/wsman'; isGone = $false }
) {
    BeforeAll {
        $other = Start-Computer 127.20.1.20
        $otherLogin = $other.Login
        Connect-WSMan 127.20.1.20 @otherLogin -ApplicationName $application
        if ($isGone) { Stop-Computer $other -Now }
        $h = 'WSMan:\127.20.1.20'
    }
    AfterAll {
        Disconnect-WSMan 127.20.1.20
        Stop-Computer $other
    }

    It 'still has the names that are known' {
        Assert-Brief { Get-Completion "dir $h\Service\Auth\Kerb" | Should -Be Kerberos }
    }

    It 'has no other names in a completion, which does not fail: <typed>' -ForEach @(
        @{ typed = 'dir WSMan:\127.20.1.20\Listener\' }
        @{ typed = 'dir WSMan:\127.20.1.20\Plugin\micro' }
        @{ typed = 'dir WSMan:\127.20.1.20\Plugin\microsoft.powershell\Quotas\' }
        @{ typed = 'dir WSMan:\127.20.1.20\*\Listener_1\' }
    ) {
        Assert-Brief { Get-Completion $typed | Should -BeNullOrEmpty }
    }

    It 'shows no error in a prompt' {
        function prompt { "[$((Get-Item $h\Client\NetworkDelayms).Value)] $(Test-Path $h\Shell\IdleTimeout)" }
        Assert-Brief { prompt | Should -Be '[] False' }
    }

    It 'is an error for a command that was asked for' {
        { Get-Item $h\Client\NetworkDelayms -ErrorAction Stop } | Should -Throw '*127.20.1.20*'
    }
}
