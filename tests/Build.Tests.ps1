BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
}

Describe 'The demo' {
    BeforeAll {
        # Runs the demo, with other steps if they are given, in a PowerShell of its own.
        function Start-Demo([string] $Steps, [string[]] $Launcher = @()) {
            $words = '-File', "$PSScriptRoot/demo/Invoke-Demo.ps1", '-Module', $env:WSMAN_TEST_MODULE, '-Service',
                $env:WSMAN_TEST_SERVICE
            if ($Steps) {
                $file = "$(New-Folder steps)/steps.ps1"
                Set-Content $file $Steps
                $words += '-Steps', $file
            }
            Start-Pwsh $words -Launcher $Launcher
        }
    }

    It 'ends with one line that says what was done, and is plain text in a file' {
        $result = Wait-Pwsh (Start-Demo) ($waitLimit * 3)

        $result.ExitCode | Should -Be 0 -Because $result.Error
        $result.Error | Should -BeNullOrEmpty
        $result.Lines[-1] | Should -BeLike 'Done: *'
        $result.Lines | Should -Contain 'PS WSMan:/> dir'
        $result.Lines | Should -Contain '   WSManConfig:'
        $result.Output | Should -Not -BeLike "*`e*"
        Assert-NoSecret $result.Output
    }

    It 'fails with a sentence for each step that comes out otherwise' {
        $result = Wait-Pwsh (Start-Demo @'
            @{ Type = '1 + 1'; Prints = '2' }
            @{ Type = '1 + 2'; Prints = '4' }
            @{ Type = '1 + 3'; Shows = 'x' }
            @{ Type = '1 + 4'; Hides = '5' }
            @{ Type = '1 + 5'; Connections = 1 }
            @{ Type = '$env:DEMO_PASSWORD' }
'@)

        $result.ExitCode | Should -Be 1
        $result.Output | Should -Not -BeLike '*Done*'
        foreach ($sentence in '1 + 2: it printed', '1 + 3: it does not show x', '1 + 4: it shows 5',
            '1 + 5: 0 connections are open instead of 1', 'DEMO_PASSWORD: it shows the password') {
            $result.Error | Should -BeLike "*Not as expected: *$sentence*"
        }
        $result.Error | Should -Not -BeLike '*1 + 1*'
        $result.Error | Should -BeLike '*The demo failed: 5 surprises, 0 connections left open.*'
    }

    It 'fails if the shell ends before the last step' {
        $result = Wait-Pwsh (Start-Demo "@{ Type = '[Environment]::Exit(0)' }; @{ Type = '1' }")

        $result.ExitCode | Should -Be 1
        $result.Output | Should -Not -BeLike '*Done*'
        $result.Error | Should -BeLike '*Exit(0): it ends the shell*'
    }

    It 'is coloured at a terminal' {
        $steps = "@{ Type = 'Import-Module Portable.WSMan.Management' }; @{ Type = 'dir WSMan:\' }"
        $terminal = Start-Demo $steps -Launcher python3, "$PSScriptRoot/terminal.py"
        Wait-Screen $terminal 'Done: ' | Should -Match '(?m)^ComputerName +Type$'

        Get-TerminalOutput $terminal | Should -Match '\e\[[\d;]+mComputerName '
        Stop-Terminal $terminal -Ended | Should -Be 0
    }
}

Describe 'The doors to the build' {
    BeforeAll {
        # Another PowerShell on PATH, which must not be taken: it says so and fails.
        $foreign = New-Folder path
        Set-Content "$foreign/pwsh" "#!/bin/sh`necho 'the other pwsh'`nexit 9"
        chmod +x "$foreign/pwsh"

        function Invoke-Build {
            $process = Start-PipedProcess "$root/build.sh" $args @{ PATH = "${foreign}:$env:PATH" } -WithError
            $output, $problem = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
            $process.StandardInput.Close()
            $process.WaitForExit($waitLimit) | Should -BeTrue
            [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result; Error = $problem.Result }
        }
        $tasks = 'demo', 'shell', 'test', 'sanitize', 'check', 'bench', 'fuzz', 'torture', 'soak'
    }

    It 'list the tasks when none is named, whatever other pwsh is on PATH' {
        $result = Invoke-Build
        $result.ExitCode | Should -Be 0
        $result.Error | Should -BeNullOrEmpty
        foreach ($task in $tasks) { $result.Output | Should -Match "(?m)^  $task +\S" }
        $result.Output | Should -Not -Match 'the other pwsh'
    }

    It 'refuse "<Words>" with <Says>, the tasks and the exit code 64' -ForEach @(
        @{ Words = 'nonsense'; Says = 'There is no task "nonsense".' }
        @{ Words = 'demo fast'; Says = 'demo takes no arguments.' }
        @{ Words = 'check -Command dir'; Says = 'check takes no arguments.' }
        @{ Words = 'fuzz soon'; Says = 'fuzz takes a number of seconds.' }
        @{ Words = 'shell dir'; Says = 'shell takes -Command TEXT' }
    ) {
        $arguments = $Words -split ' '
        $result = Invoke-Build @arguments
        $result.ExitCode | Should -Be 64
        $result.Output | Should -BeNullOrEmpty
        $result.Error | Should -BeLike "*$([wildcardpattern]::Escape($Says))*"
        foreach ($task in $tasks) { $result.Error | Should -Match "(?m)^  $task +\S" }
    }

    It 'refuse to make a package with <Variable>=<Value>, before anything is built' -ForEach @(
        @{ Variable = 'PROJECT_URI'; Value = 'http://example.org/wsman'; Entry = 'ProjectUri' }
        @{ Variable = 'PROJECT_URI'; Value = 'example.org'; Entry = 'ProjectUri' }
        @{ Variable = 'PROJECT_URI'; Value = 'https://'; Entry = 'ProjectUri' }
        @{ Variable = 'ICON_URI'; Value = '/docs/icon.png'; Entry = 'IconUri' }
        @{ Variable = 'ICON_URI'; Value = 'https://example.org/an icon.png'; Entry = 'IconUri' }
    ) {
        # Not by build.sh, which would ask for what a package is compiled with.
        $process = Start-PipedProcess dotnet ("$PSHOME/pwsh.dll", '-NoProfile', '-File', "$root/build.ps1", 'package') @{
            $Variable = $Value
        } -WithError
        $output, $problem = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        $process.StandardInput.Close()
        $process.WaitForExit($waitLimit) | Should -BeTrue
        $process.ExitCode | Should -Be 64
        $output.Result | Should -BeNullOrEmpty
        $problem.Result | Should -BeLike "`"$Value`" is no https address for ${Entry}: PROJECT_URI and ICON_URI give them.*"
    }
}

Describe 'A name of no Pester file' {
    It 'is refused before anything runs, wherever it stands: <Names>' -ForEach @(
        @{ Names = "'Shell', 'Typo', 'Tpyo.*'"; Says = "There is no test file 'Typo', 'Tpyo.*'." }
        @{ Names = "'Typo'"; Says = "There is no test file 'Typo'." }
    ) {
        $results = New-Folder results
        $words = "-Module '$module' -Service '$env:WSMAN_TEST_SERVICE' -Results '$results' -Name $Names"
        $run = "try { & '$PSScriptRoot/Invoke-Tests.ps1' $words } catch { `"`$_`" }"
        $result = Wait-Pwsh (Start-Pwsh '-Command', $run)
        $result.Lines | Should -Be $Says
        Get-ChildItem $results | Should -BeNullOrEmpty
    }
}

Describe 'A PowerShell that runs Pester files' {
    It 'fails its last file, whatever that had passed, if it ends badly <When>' -ForEach @(
        @{
            When = 'when the module is removed'; Code = 3
            Text = @'
                New-Module Portable.WSMan.Management {
                    $ExecutionContext.SessionState.Module.OnRemove = { [Environment]::Exit(3) }
                } | Import-Module -Global
'@
        }
        @{
            When = 'when the process ends'; Code = 4
            Text = @'
                # No script: there is no runspace to run it in.
                $of = [Linq.Expressions.Expression]
                $body = $of::Assign($of::Property($null, [Environment], 'ExitCode'), $of::Constant(4))
                $given = [Linq.Expressions.ParameterExpression[]] @($of::Parameter([object]), $of::Parameter([EventArgs]))
                [AppDomain]::CurrentDomain.add_ProcessExit($of::Lambda([EventHandler], $body, $given).Compile())
'@
        }
    ) {
        # It takes the files that stand beside it.
        $tests = New-Folder tests
        Copy-Item "$PSScriptRoot/Invoke-Tests.ps1" $tests
        $null = New-Item -ItemType Directory "$tests/units"
        Copy-Item "$PSScriptRoot/units/*.csproj" "$tests/units"
        Set-Content "$tests/Some.Tests.ps1" "Describe 'Some' { It 'passes' { $Text } }"
        $words = '-Module', $module, '-Service', $env:WSMAN_TEST_SERVICE, '-Results', "$tests/results"

        $result = Wait-Pwsh (Start-Pwsh (@('-File', "$tests/Invoke-Tests.ps1") + $words))

        $result.ExitCode | Should -Be 1 -Because "it wrote $($result.Output)$($result.Error)"
        $result.Lines | Should -Contain "Some ended its PowerShell with $Code."
        $told = Get-Content "$tests/results/Some.json" -Raw | ConvertFrom-Json
        $told.Passed, $told.Failed | Should -Be 1, 1
        $told.Failures | Should -Be "Some: it ended its PowerShell with $Code"
    }
}

Describe 'The archives that a package is made of' {
    BeforeAll {
        # What fetch.cmake says where nothing is to be had from anywhere.
        function Get-Fetched([hashtable] $Environment) {
            $none = @{ WSMAN_ARCHIVES = ''; XDG_CACHE_HOME = ''; HOME = ''; WSMAN_MIRROR = "file://$(New-Folder mirror)" }
            foreach ($name in $Environment.Keys) { $none[$name] = $Environment[$name] }
            $words = '-D', "INTO=$(New-Folder package)", '-P', "$root/native/package/fetch.cmake"
            $process = Start-PipedProcess cmake $words $none -WithError
            $process.StandardInput.Close()
            $problem = $process.StandardError.ReadToEnd()
            $process.WaitForExit($waitLimit) | Should -BeTrue
            $process.ExitCode | Should -Not -Be 0
            $problem -replace '\s+', ' '
        }
    }

    It 'are kept below <Variable>, where <Others>' -ForEach @(
        @{ Variable = 'WSMAN_ARCHIVES'; Below = ''; More = @{ XDG_CACHE_HOME = '/c'; HOME = '/h' }; Others = 'the others are set, too' }
        @{ Variable = 'XDG_CACHE_HOME'; Below = '/portable-wsman'; More = @{ HOME = '/h' }; Others = 'WSMAN_ARCHIVES is empty' }
        @{ Variable = 'HOME'; Below = '/.cache/portable-wsman'; More = @{}; Others = 'both others are empty' }
        @{ Variable = 'HOME'; Below = '/.cache/portable-wsman'; More = @{ XDG_CACHE_HOME = 'c' }; Others = 'the cache is relative' }
    ) {
        $given = New-Folder given
        Get-Fetched ($More + @{ $Variable = $given }) | Should -BeLike "*to be put into $given$Below as *"
        # Nothing of what could not be brought is left.
        Get-ChildItem $given -Recurse -File -Force | Should -BeNullOrEmpty
    }

    It 'are asked of apt, which brings its lists first, where no mirror is named' {
        # An apt without lists.
        $path = New-Folder path
        Set-Content "$path/apt-get" "#!/bin/sh`n"
        chmod +x "$path/apt-get"
        Get-Fetched @{ WSMAN_ARCHIVES = New-Folder given; WSMAN_MIRROR = ''; PATH = "${path}:$env:PATH" } |
            Should -BeLike '*``apt-get update`` brings its lists, or WSMAN_MIRROR names one.*'
    }

    It 'have no place where nothing is set' { Get-Fetched @{} | Should -BeLike '*There is no folder to keep archives in*' }
}

Describe 'The parts of the realm' {
    It 'are brought, but for a package whose status is installed: <Status>' -ForEach @(
        @{ Status = 'installed'; Code = 0 }
        @{ Status = 'not-installed'; Code = 1 }
        @{ Status = 'half-installed'; Code = 1 }
        @{ Status = 'config-files'; Code = 1 }
        @{ Status = ''; Code = 1 }
        @{ Status = "not-installed`ninstalled"; Code = 0 }
    ) {
        $fetch = Get-Content "$PSScriptRoot/service/realm/fetch.sh" -Raw
        $function = [regex]::Match($fetch, '(?ms)^is_installed\(\) \{.*?^\}').Value
        bash -c "dpkg-query() { echo '$Status'; }; $function; is_installed some"
        $LASTEXITCODE | Should -Be $Code
    }
}

Describe 'A task of the build' {
    BeforeAll {
        # The functions of build.ps1, without what it does by itself.
        $tree = [Management.Automation.Language.Parser]::ParseFile("$root/build.ps1", [ref] $null, [ref] $null)
        $definition = [Management.Automation.Language.FunctionDefinitionAst]
        foreach ($function in $tree.FindAll({ $args[0] -is $definition }, $false)) {
            . ([scriptblock]::Create($function.Extent.Text))
        }
        # Stands for a program: it writes a report, if there is one, and ends with an exit code.
        function Complete-Program {
            if ($ends.Says) { $null = New-Item -Force $ends.Report -Value $ends.Says }
            $global:LASTEXITCODE = $ends.Code
        }
        function Build-Native { }
        function run-clang-tidy { "asked for $($args[-1])"; $global:LASTEXITCODE = 0 }
        function ctest { Complete-Program }
        function dotnet { Complete-Program }
        function Invoke-Pwsh { Complete-Program }
        $trx = '<TestRun><ResultSummary outcome="{0}"><Counters total="{1}" executed="{1}" passed="{1}" failed="0" />' +
            '</ResultSummary><Results /></TestRun>'
    }
    BeforeEach {
        $out = New-Folder out
        $null = New-Item -ItemType Directory "$out/dev/pester"
        $suites, $skips, $failures = 1..3 | ForEach-Object { , [Collections.Generic.List[object]]::new() }
        $ends = @{ Code = 0; Says = ''; Report = '' }
    }

    It 'goes by the commit, in a folder of somebody else too' -Skip:(-not (Get-Command git -ErrorAction Ignore)) {
        $root = New-Folder repository
        git -C $root init --quiet
        git -C $root -c user.name=Test -c user.email=test@example.com -c commit.gpgsign=false commit --quiet --allow-empty -m One
        $commit = git -C $root rev-parse HEAD
        $env:GIT_TEST_ASSUME_DIFFERENT_OWNER = '1'
        try {
            git -C $root rev-parse HEAD 2>$null | Should -BeNullOrEmpty
            Get-CommitNumber | Should -Be ([Convert]::ToInt32($commit.Substring(0, 7), 16))
        } finally {
            $env:GIT_TEST_ASSUME_DIFFERENT_OWNER = $null
        }
        $skips | Should -BeNullOrEmpty
    }

    It 'says once that it does not go by the commit, where git names none' {
        $root = New-Folder sources
        Get-CommitNumber | Should -Be 0
        Get-CommitNumber | Should -Be 0
        $skips | Should -HaveCount 1
        $skips | Should -BeLike '*git names none here*'
    }

    It 'has every allocation fail in its turn, with either version of TLS' {
        $tried = foreach ($number in 0..39) {
            $turns = Get-TortureTurn $number
            foreach ($way in $turns.Keys) { "$way $($turns[$way] % 20)" }
        }
        $ways = $tried -replace ' .*' | Sort-Object -Unique
        $ways | Should -Be basic, certificate, credssp, digest, negotiate, refused, refused-1.2, tls
        $tried | Sort-Object -Unique | Should -HaveCount ($ways.Count * 20)
    }

    It 'tells of a realm whose parts could not be fetched, and not of one that cannot be: <Code>' -ForEach @(
        @{ Code = 1; Told = 'torture: fetch.sh ended with 1*' }
        @{ Code = 77; Told = $null }
    ) {
        $root = New-Folder root
        $fetch = "$root/tests/service/realm/fetch.sh"
        $null = New-Item -Force $fetch -Value "#!/bin/sh`nexit $Code`n"
        chmod +x $fetch
        Get-TortureCommand | Should -Be "$out/dev/tests/torture/wsman_torture"
        $Told ? ($failures | Should -BeLike $Told) : ($failures | Should -BeNullOrEmpty)
    }

    It 'lints files whatever characters their path has, and fails where there are none' {
        $root = New-Folder 'c++ (1)'
        $read = "$root/native/read.cpp", "$out/dev/native/batch.cxx"
        ConvertTo-Json @($read.ForEach{ @{ file = $_ } }) | Set-Content "$out/dev/compile_commands.json"
        Invoke-Tidy dev native | Should -BeLike 'asked for *'
        $LASTEXITCODE | Should -Be 0
        $pattern = (Invoke-Tidy dev native) -replace '^asked for '
        foreach ($file in $read) { $file | Should -MatchExactly $pattern }
        "$root/tests/read.cpp" | Should -Not -MatchExactly $pattern

        Invoke-Tidy dev tests | Should -BeLike 'dev compiles no file*'
        $LASTEXITCODE | Should -Be 1
    }

    It 'has a failure where ctest ends without a report, and not the cases of the one before' {
        $ends.Code = 134
        Set-Content "$out/dev/ctest.xml" '<testsuite><testcase name="a" status="run" /></testsuite>'
        Invoke-NativeTest dev
        $suites[0].Passed, $suites[0].Failed | Should -Be 0, 1
        $failures | Should -BeLike 'native (dev): ctest ended with 134*'
    }

    It 'has a failure where ctest fails and no case did' {
        $ends.Code, $ends.Report = 8, "$out/dev/ctest.xml"
        $ends.Says = '<testsuite><testcase name="a" status="run" /></testsuite>'
        Invoke-NativeTest dev
        $suites[0].Passed, $suites[0].Failed | Should -Be 1, 1
        $failures | Should -BeLike 'native (dev): ctest ended with 8*'
    }

    It 'counts a case that failed once' {
        $ends.Code, $ends.Report = 8, "$out/dev/ctest.xml"
        $ends.Says = '<testsuite><testcase name="a" status="fail" /></testsuite>'
        Invoke-NativeTest dev
        $suites[0].Failed | Should -Be 1
        $failures | Should -Be 'dev a'
    }

    It 'has a failure where the host of the unit tests ends by itself: <Outcome>, <Code>' -ForEach @(
        @{ Outcome = 'Failed'; Count = 0; Code = 1 }
        @{ Outcome = 'Aborted'; Count = 5; Code = 0 }
        @{ Outcome = 'Completed'; Count = 5; Code = 1 }
    ) {
        $ends.Code, $ends.Report, $ends.Says = $Code, "$out/units.trx", ($trx -f $Outcome, $Count)
        Invoke-UnitTest
        $suites[0].Passed, $suites[0].Failed | Should -Be $Count, 1
        $failures | Should -BeLike "units: dotnet test ended with $Code*"
    }

    It 'has a failure where what runs the Pester files ends before the last of them' {
        $ends.Code, $ends.Report = 1, "$out/dev/pester/One.json"
        $ends.Says = '{ "Passed": 3, "Failed": 0, "Skipped": [], "Failures": [] }'
        Invoke-ModuleTest dev '*' @{} module service
        $suites[0].Passed, $suites[0].Failed | Should -Be 3, 1
        $failures | Should -BeLike 'Pester (dev): Invoke-Tests.ps1 ended with 1*'
    }

    It 'has no failure where everything ended well' {
        $ends.Report, $ends.Says = "$out/units.trx", ($trx -f 'Completed', 5)
        Invoke-UnitTest
        $ends.Report, $ends.Says = "$out/dev/ctest.xml", '<testsuite><testcase name="a" status="run" /></testsuite>'
        Invoke-NativeTest dev
        $suites.Passed | Should -Be 5, 1
        $suites.Failed | Should -Be 0, 0
        $failures | Should -BeNullOrEmpty
    }
}
