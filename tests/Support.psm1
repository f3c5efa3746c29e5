# What the test files share: computers (the loopback service), other PowerShells, errors.
#
# Invoke-Tests.ps1 runs each file in a runspace of its own, with a scratch folder and client settings that are new, and
# names the things under test in environment variables.

$module = $env:WSMAN_TEST_MODULE
$service = $env:WSMAN_TEST_SERVICE
$folder = $env:WSMAN_TEST_FOLDER
$root = Split-Path $PSScriptRoot
$realm = "$PSScriptRoot/service/realm"
$parts = "$root/out/realm"
$authority = "$folder/authority"

# Time bounds are promises of the product, and everything is slower over a library with sanitizers.
$timeFactor = [double]($env:WSMAN_TEST_TIME_FACTOR ?? 1)
$isSanitized = $timeFactor -gt 1
# A thing that is waited for is there by then, or something is broken.
$waitLimit = [timespan]::FromSeconds(180 * $timeFactor)

$userName = 'tester'
# Made anew for every run, so that it can be looked for where it must not be.
$password = "Pw-$([guid]::NewGuid().ToString('N'))"

# A script text that gives the right credential to another PowerShell, without the password in it.
$credentialText = "([pscredential]::new('$userName', " +
    "[Net.NetworkCredential]::new('', `$env:WSMAN_TEST_PASSWORD).SecurePassword))"

# The credential of the user that every service knows, or a wrong one.
function New-Credential([string] $Password = $script:password, [string] $UserName = $script:userName) {
    [pscredential]::new($UserName, [Net.NetworkCredential]::new('', $Password).SecurePassword)
}

# A duration that the product promises, as it is on this build.
function Get-TimeBound([timespan] $Promised) { $Promised * $timeFactor }

# A new folder that goes with the run of the file.
function New-Folder([string] $Name = 'folder') {
    (New-Item -ItemType Directory "$folder/$Name-$([guid]::NewGuid().ToString('N').Substring(0, 8))").FullName
}

# Writes the client settings of this process, or those below another XDG_CONFIG_HOME.
function Set-ClientSetting([hashtable] $Setting = @{}, [string] $Home = $env:XDG_CONFIG_HOME) {
    $file = "$Home/wsman/client.json"
    $null = New-Item -ItemType Directory -Force (Split-Path $file)
    @{ TrustedCAPath = "$authority/ca.pem" } + $Setting | ConvertTo-Json -Depth 5 | Set-Content $file
}

#region Processes

# Starts a program whose standard input and output are pipes; it ends when its input does.
function Start-PipedProcess([string] $Program, [string[]] $Argument = @(), [hashtable] $Environment = @{}, [switch] $WithError) {
    $start = [Diagnostics.ProcessStartInfo]::new($Program)
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $WithError
    foreach ($word in $Argument) { $start.ArgumentList.Add($word) }
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    [Diagnostics.Process]::Start($start)
}

# Starts a program that says in one JSON line where it listens.
function Start-ReadyProcess([string] $Program, [string[]] $Argument, [hashtable] $Environment, [timespan] $Within = $waitLimit) {
    $process = Start-PipedProcess $Program $Argument $Environment
    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait($Within) -or -not $line.Result) {
        $process.Kill($true)
        throw "$Program did not say that it is ready."
    }
    $process, ($line.Result | ConvertFrom-Json)
}

function Stop-PipedProcess([Diagnostics.Process] $Process) {
    if ($Process.HasExited) { return }
    $Process.StandardInput.Close()
    if (-not $Process.WaitForExit($waitLimit)) { $Process.Kill($true) }
}

# Sends a signal, such as TERM, to a process.
function Send-Signal([Diagnostics.Process] $Process, [string] $Name) { /bin/kill "-$Name" $Process.Id }

#endregion
#region Computers

# Starts a service as computers at these addresses, and trusts its authority. The object that it returns has its ports
# (Http, Https), the address of its control, the credential that it takes, and Login, to be splatted: Basic over
# https. Option is its command line (service/README.md).
function Start-Computer(
    [string[]] $Address, [string[]] $OutsideCertificate = @(), [string[]] $Option = @(), [hashtable] $Environment = @{},
    [string] $AuthorityFolder = $authority, [string] $Password = $script:password
) {
    $null = New-Item -ItemType Directory -Force $AuthorityFolder
    $words = @($Address.ForEach{ '--address', $_ }) + @($OutsideCertificate.ForEach{ '--outside-certificate', $_ }) +
        # A file takes minutes on a busy machine; the service ends with its starter.
        @('--user', $userName, '--password', $Password, '--ca-directory', $AuthorityFolder, '--seconds', 3600) + $Option
    $process, $ready = Start-ReadyProcess $service $words $Environment
    if (-not (Test-Path "$env:XDG_CONFIG_HOME/wsman/client.json")) { Set-ClientSetting }
    $credential = New-Credential -Password $Password
    [pscustomobject]@{
        Process = $process
        Http = $ready.http
        Https = $ready.https
        Control = "http://127.0.0.1:$($ready.control)"
        CaFile = $ready.caFile
        Credential = $credential
        Login = @{ UseSSL = $true; Port = $ready.https; Authentication = 'Basic'; Credential = $credential }
    }
}

# Ends a service: properly, or with -Now at once, as a server does that goes away.
function Stop-Computer($Computer, [switch] $Now) {
    if (-not $Computer) { return }
    if ($Now) { $Computer.Process.Kill(); $null = $Computer.Process.WaitForExit($waitLimit) }
    else { Stop-PipedProcess $Computer.Process }
}

# Stops a service from doing anything, with its sockets open.
function Suspend-Computer($Computer) { Send-Signal $Computer.Process STOP }
function Resume-Computer($Computer) { Send-Signal $Computer.Process CONT }

# Holds back what comes by the path gate/..., until the gate is opened.
function Close-Gate($Computer) { $null = Invoke-RestMethod "$($Computer.Control)/shut" -Method Post }
function Open-Gate($Computer) { $null = Invoke-RestMethod "$($Computer.Control)/open" -Method Post }

# Everything that the service counts (service/README.md).
function Get-Count($Computer) { Invoke-RestMethod "$($Computer.Control)/counts" }

# How many connections, contexts, shells or commands clients hold open: once it is -Until, or after ten times what an
# ending may take if it never is. With -At, of one address.
function Get-HeldCount($Computer, [string] $What = 'connections', [int] $Until = 0, [string] $At) {
    $wait = [int](Get-TimeBound '00:00:50').TotalMilliseconds
    $only = $At ? "&address=$At" : ''
    $counts = Invoke-RestMethod "$($Computer.Control)/counts?$What=$Until&wait=$wait$only"
    $At ? [int] $counts.byAddress.$At.$What : [int] $counts.$What
}

# Waits until the service has counted something, such as { $_.operations.Get -gt 3 }, and returns the counts.
function Wait-Count($Computer, [scriptblock] $Condition) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    do {
        $counts = Get-Count $Computer
        if ($counts | Where-Object $Condition) { return $counts }
    } while ($watch.Elapsed -lt $waitLimit)
    throw "The service never counted {$Condition}."
}

# What the Tab key offers for a line, pressed again where nothing came: the drive waits a second for a service, and a
# busy machine may need longer. Requests that follow one another within half a second share the second of one key.
function Wait-Completion([string] $Line) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while (-not ($matched = (TabExpansion2 $Line $Line.Length).CompletionMatches) -and $watch.Elapsed -lt $waitLimit) {
        Start-Sleep -Milliseconds 600
    }
    $matched
}

# The last requests that the service read, oldest first, each with address, path and body.
function Get-LastRequest($Computer, [int] $Count = 1) {
    (Invoke-RestMethod "$($Computer.Control)/last?n=$Count").requests
}

# The names that the drive lists besides localhost.
function Get-ConnectedComputer { (Get-ChildItem WSMan:\).Name | Where-Object { $_ -ne 'localhost' } }

# Ends every session of this process, for the next case.
function Disconnect-EveryComputer { Remove-WSManSession * -WarningAction Ignore }

# The drive lists the computer, and the service sees its one connection.
function Assert-Connected($Computer, [string] $Name) {
    Get-ConnectedComputer | Should -Contain $Name
    Get-HeldCount $Computer -Until 1 -At $Name | Should -Be 1
}

# The drive does not list the computer, and the service sees no connection.
function Assert-Disconnected($Computer, [string] $Name) {
    Get-ConnectedComputer | Should -Not -Contain $Name
    Get-HeldCount $Computer -Until 0 -At $Name | Should -Be 0
}

# The service holds nothing of anybody any more, besides so many connections. What is still there is waited for.
function Assert-NothingHeld($Computer, [int] $Connections = 0) {
    $counts = Get-Count $Computer
    foreach ($what in 'contexts', 'shells', 'commands') {
        if ($counts.$what -ne 0) { Get-HeldCount $Computer $what | Should -Be 0 -Because "of $what" }
    }
    if ($counts.connections -ne $Connections) { Get-HeldCount $Computer -Until $Connections | Should -Be $Connections }
}

# Makes a shell with a command in it that does not end, over the session of the computer; returns its id.
function New-BusyShell([string] $Name) {
    $shell = (New-WSManInstance shell/cmd @{} -ComputerName $Name).ReferenceParameters.SelectorSet.Selector.'#text'
    $null = Invoke-WSManAction shell/cmd Command @{ ShellId = $shell } -ComputerName $Name -ValueSet @{ Command = 'sleep' }
    $shell
}

# The enumerations, shells and commands in the report of a teardown: those that were ended, and those that were left.
function Get-EndedCount($Report) { $Report.EnumerationsReleased, $Report.ShellsDeleted, $Report.CommandsTerminated }
function Get-AbandonedCount($Report) { $Report.EnumerationsAbandoned, $Report.ShellsAbandoned, $Report.CommandsAbandoned }

#endregion
#region Errors

# The one error of a script block, terminating or not. Its output is lost.
function Get-OneError([scriptblock] $Script) {
    $said = @()
    $before = $global:ErrorActionPreference
    try {
        $global:ErrorActionPreference = 'Continue'
        $said = @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    } catch {
        $said += $_
    } finally {
        $global:ErrorActionPreference = $before
    }
    $said | Should -HaveCount 1 -Because "exactly one error was expected of {$Script}, not: $($said -join '; ')"
    $said[0]
}

# The error that ends a command, which has written nothing before and left the client settings as they were.
function Get-ErrorWithoutChange([scriptblock] $Script) {
    $file = "$env:XDG_CONFIG_HOME/wsman/client.json"
    $before = Get-Content $file -Raw
    $written = [Collections.Generic.List[object]]::new()
    $failure = { & $Script | ForEach-Object { $written.Add($_) } } | Should -Throw -PassThru
    $written | Should -BeNullOrEmpty
    Get-Content $file -Raw | Should -Be $before
    $failure
}

# The one error of a script block that writes nothing, connects nothing that stays, and after which the service holds
# nothing. With -Unsent no request came to the service.
function Get-ErrorLeavingNothing($Computer, [scriptblock] $Refused, [switch] $Unsent) {
    $requests = (Get-Count $Computer).requests
    $written = [Collections.Generic.List[object]]::new()
    Get-OneError { & $Refused | ForEach-Object { $written.Add($_) } }
    $written | Should -BeNullOrEmpty
    Get-ConnectedComputer | Should -BeNullOrEmpty
    Assert-NothingHeld $Computer
    if ($Unsent) { (Get-Count $Computer).requests | Should -Be $requests }
}

# An error as a user sees it: id, category, target, and texts that the message or the recommended action holds, letter
# case aside.
function Assert-Error(
    [Management.Automation.ErrorRecord] $ErrorRecord, [string] $Id, [string] $Category, $Target, [string[]] $Text = @()
) {
    $ErrorRecord.FullyQualifiedErrorId | Should -Be $Id
    $ErrorRecord.CategoryInfo.Category | Should -Be $Category
    "$($ErrorRecord.TargetObject)" | Should -Be "$Target"
    $shown = "$ErrorRecord $($ErrorRecord.ErrorDetails.RecommendedAction)"
    foreach ($part in $Text) { $shown | Should -BeLike "*$([wildcardpattern]::Escape($part))*" }
    Assert-NoSecret $shown
}

# The error that the cmdlets of the module report; Command is the cmdlet's class, such as ConnectWSMan.
function Assert-WSManError([Management.Automation.ErrorRecord] $ErrorRecord, [string] $Command, $Target, [string[]] $Text = @()) {
    Assert-Error $ErrorRecord "WsManError,Microsoft.WSMan.Management.${Command}Command" InvalidOperation $Target $Text
    $ErrorRecord.Exception | Should -BeOfType InvalidOperationException
}

# Checks an error of the drive for a cmdlet, such as SetItem: the engine makes its id of the exception's type, and drops
# the target.
function Assert-DriveError(
    [Management.Automation.ErrorRecord] $ErrorRecord, [string] $Command, [string[]] $Text = @(),
    [string] $Id = 'System.InvalidOperationException'
) {
    Assert-Error $ErrorRecord "$Id,Microsoft.PowerShell.Commands.${Command}Command" NotSpecified $null $Text
}

# Checks the error of the engine for a path that leads nowhere.
function Assert-PathNotFound([Management.Automation.ErrorRecord] $ErrorRecord, [string] $Command) {
    $ErrorRecord.FullyQualifiedErrorId | Should -Be "PathNotFound,Microsoft.PowerShell.Commands.${Command}Command"
    $ErrorRecord.CategoryInfo.Category | Should -Be ObjectNotFound
}

function Assert-NoSecret([string] $Text) { $Text | Should -Not -BeLike "*$password*" }

#endregion
#region Other PowerShells

# Begins a PowerShell of its own: the one that these tests run in, not its launcher, so that signals reach it. It
# imports nothing; the module is on its path. Setting is its client settings: those of this process without.
function Start-Pwsh([string[]] $Argument = @(), [hashtable] $Environment = @{}, [hashtable] $Setting, [string[]] $Launcher = @()) {
    # Tests that were started with nohup have children that ignore SIGHUP as well; GNU's env knows a remedy.
    $heard = $IsLinux ? @('--default-signal=HUP') : @()
    $words = $heard + $Launcher + @('dotnet', "$PSHOME/pwsh.dll", '-NoLogo', '-NoProfile') + $Argument
    $variables = @{ WSMAN_TEST_PASSWORD = $password; NO_COLOR = '1'; TERM = 'dumb' }
    if ($Setting) {
        $variables.XDG_CONFIG_HOME = New-Folder configuration
        Set-ClientSetting $Setting $variables.XDG_CONFIG_HOME
    }
    foreach ($name in $Environment.Keys) { $variables[$name] = $Environment[$name] }
    $process = Start-PipedProcess /usr/bin/env $words $variables -WithError
    [pscustomobject]@{ Process = $process; Output = [Text.StringBuilder]::new(); Error = $process.StandardError.ReadToEndAsync() }
}

# Writes a line to the standard input of a PowerShell.
function Send-Line($Pwsh, [string] $Line = '') {
    $Pwsh.Process.StandardInput.WriteLine($Line)
    $Pwsh.Process.StandardInput.Flush()
}

# Returns when the PowerShell has written this line.
function Wait-Line($Pwsh, [string] $Line) {
    do {
        $read = $Pwsh.Process.StandardOutput.ReadLineAsync()
        $text = $read.Wait($waitLimit) ? $read.Result : $null
        if ($null -eq $text) {
            $Pwsh.Process.Kill($true)
            throw "It did not write '$Line' but: $($Pwsh.Output)$($Pwsh.Error.Result)"
        }
        $null = $Pwsh.Output.AppendLine($text)
    } while ($text -ne $Line)
}

# Runs a script in a PowerShell that was started with -Command -, and returns what it wrote: Output, and Lines without
# empty ones. An error that ends the script is in there.
function Invoke-Script($Pwsh, [string] $Script) {
    $file = "$(New-Folder script)/script.ps1"
    Set-Content $file $Script
    $end = "-- $([guid]::NewGuid())"
    $before = $Pwsh.Output.Length
    Send-Line $Pwsh "try { . '$file' } catch { `"failed: `$_`" }; '$end'"
    Wait-Line $Pwsh $end
    $text = "$($Pwsh.Output)".Substring($before).Replace($end, '')
    [pscustomobject]@{ Output = $text; Lines = @($text -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ }) }
}

# Ends the input of a PowerShell and waits for its end. Returns exit code, output (Lines without empty ones) and error.
function Wait-Pwsh($Pwsh, [timespan] $Within = $waitLimit) {
    $rest = $Pwsh.Process.StandardOutput.ReadToEndAsync()
    $Pwsh.Process.StandardInput.Close()
    if (-not $Pwsh.Process.WaitForExit($Within)) {
        $Pwsh.Process.Kill($true)
        throw "It did not end. It wrote: $($Pwsh.Output)$($rest.Result)$($Pwsh.Error.Result)"
    }
    $text = "$($Pwsh.Output)$($rest.Result)"
    [pscustomobject]@{
        ExitCode = $Pwsh.Process.ExitCode
        Output = $text
        Lines = @($text -split '\r?\n' | ForEach-Object TrimEnd | Where-Object { $_ })
        Error = $Pwsh.Error.Result
    }
}

# Runs one command text in a PowerShell of its own, as pwsh -Command does. It must end with 0 and without a word on
# standard error, unless -MayFail.
function Invoke-Pwsh(
    [string] $Command, [hashtable] $Environment = @{}, [hashtable] $Setting, [string[]] $Launcher = @(), [switch] $MayFail
) {
    $result = Wait-Pwsh (Start-Pwsh @('-Command', $Command) $Environment $Setting $Launcher)
    if (-not $MayFail) {
        $result.ExitCode | Should -Be 0 -Because "it wrote $($result.Output)$($result.Error)"
        $result.Error | Should -BeNullOrEmpty
    }
    $result
}

# The text of a cmdlet with -WhatIf, in a PowerShell of its own, where it must not send a request.
function Get-WhatIfText($Computer, [string] $Command) {
    $requests = (Get-Count $Computer).requests
    $login = "-UseSSL -Port $($Computer.Https) -Authentication Basic -Credential $credentialText"
    $shown = Invoke-Pwsh "$Command $login -WhatIf; $Command $login -Confirm:`$false -WhatIf"
    (Get-Count $Computer).requests | Should -Be $requests
    $shown.Lines | Should -HaveCount 2
    $shown.Lines[1] | Should -Be $shown.Lines[0]
    $shown.Lines[0]
}

# Begins a PowerShell with the module where somebody types at the prompt, and can be asked; Wait-Pwsh ends it.
function Start-Prompt([hashtable] $Environment = @{}, [hashtable] $Setting) {
    $prompt = Start-Pwsh @() $Environment $Setting
    $null = Read-Prompt $prompt "Import-Module '$module'"
    $prompt
}

# Types a command at the prompt, then an answer for each question, and returns all that was shown. Line ends are
# blanks in it, as long questions are wrapped; with -Lines it is the lines without trailing blanks.
function Read-Prompt($Prompt, [string] $Command, [string[]] $Answer = @(), [switch] $Lines) {
    $before = $Prompt.Output.Length
    $end = "end of $([guid]::NewGuid())"
    @($Command) + $Answer + "'$end'" | ForEach-Object { Send-Line $Prompt $_ }
    Wait-Line $Prompt $end
    $shown = "$($Prompt.Output)".Substring($before) -split '\r?\n' | ForEach-Object TrimEnd |
        Where-Object { $_ -notlike "*$end*" }
    $Lines ? $shown : ($shown -join ' ' -replace '\s+', ' ').Trim()
}

# Cuts a transcript at its prompts: lines that are typed, and what each prints, without empty lines and with one blank
# for several. What stands before the first prompt is left out.
function Split-Transcript([string[]] $Line) {
    $steps = [Collections.Generic.List[hashtable]]::new()
    foreach ($text in $Line) {
        if ($text -match '^PS(?: [^>]*)?> ?(.*)$') { $steps.Add(@{ Line = $Matches[1].Trim(); Output = @() }) }
        elseif ($steps.Count -and $text.Trim()) { $steps[-1].Output += $text.Trim() -replace '\s+', ' ' }
    }
    $steps
}

# The code in a topic of the help that follows a line of its text, without its margin.
function Get-TopicCode([string] $Topic, [string] $After) {
    $margin = ' ' * 8
    $lines = (Get-Help $Topic) -split '\r?\n'
    $at = [array]::FindIndex([string[]] $lines, [Predicate[string]] { $args[0].Contains($After) })
    if ($at -lt 0) { throw "$Topic does not say '$After'." }
    $rest = $lines | Select-Object -Skip ($at + 1)
    $code = foreach ($line in $rest) {
        if ($line.StartsWith($margin) -or -not $line.Trim()) { $line.Length -ge 8 ? $line.Substring(8) : '' } else { break }
    }
    ($code -join "`n").Trim()
}

# Runs a script in a runspace of this process, with variables, and returns at once. Wait-BackgroundScript ends it.
function Start-BackgroundScript([scriptblock] $Script, [hashtable] $Variable = @{}) {
    $state = [initialsessionstate]::CreateDefault2()
    foreach ($name in $Variable.Keys) {
        $state.Variables.Add([Management.Automation.Runspaces.SessionStateVariableEntry]::new($name, $Variable[$name], ''))
    }
    $state.ImportPSModule([string[]] $module)
    $shell = [powershell]::Create($state)
    # Before, because a stop in the middle of loading it for Start-Sleep is an error.
    $null = $shell.AddScript('Import-Module Microsoft.PowerShell.Utility').Invoke()
    $shell.Commands.Clear()
    $null = $shell.AddScript($Script)
    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    [pscustomobject]@{ Shell = $shell; Output = $output; Running = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output) }
}

# Waits for its end and returns its output; with -Stop it is stopped first, as Ctrl+C does. Errors stay in
# Shell.Streams.Error.
function Wait-BackgroundScript($Background, [switch] $Stop) {
    if ($Stop) { $Background.Shell.Stop() }
    try {
        if (-not $Background.Running.AsyncWaitHandle.WaitOne($waitLimit)) { throw 'The script does not end.' }
        try { $null = $Background.Shell.EndInvoke($Background.Running) } catch [Management.Automation.PipelineStoppedException] { }
        $Background.Output
    } finally {
        $Background.Shell.Runspace.Dispose()
    }
}

# Begins an enumeration in another runspace that stays open: its reader waits at the first object until
# Close-Enumeration. How: further parameters; none for the session of the computer.
function Open-Enumeration([string] $Name, [hashtable] $How = @{}) {
    $reached, $goOn = [Threading.ManualResetEventSlim]::new(), [Threading.ManualResetEventSlim]::new()
    $background = Start-BackgroundScript {
        Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $name @how |
            ForEach-Object { $reached.Set(); $goOn.Wait() }
    } @{ name = $Name; how = $How; reached = $reached; goOn = $goOn }
    $first = [Threading.WaitHandle]::WaitAny(@($reached.WaitHandle, $background.Running.AsyncWaitHandle), $waitLimit)
    if ($first -ne 0) { throw "The first object was expected, not: $($background.Shell.Streams.Error.ReadAll())" }
    $background | Add-Member GoOn $goOn -PassThru
}

# Lets the reader of an enumeration go on to its end, or to the error that ends it; returns the errors.
function Close-Enumeration($Enumeration, [switch] $Stop) {
    $Enumeration.GoOn.Set()
    $null = Wait-BackgroundScript $Enumeration -Stop:$Stop
    $Enumeration.Shell.Streams.Error
}

#endregion
#region Terminals

$prompt = '(?m)^PS [^\n]*> \Z'

# Begins a PowerShell with its line editor at a terminal of its own (terminal.py), and returns at the first prompt.
# Before is run first. Data is what it has for XDG_DATA_HOME, where the history of lines is kept.
function Start-Terminal([string] $Before, [hashtable] $Environment = @{}, [hashtable] $Setting = @{}) {
    $data = New-Folder data
    $words = '-WorkingDirectory', '/'
    if ($Before) { $words += '-NoExit', '-Command', $Before }
    $launcher = 'python3', "$PSScriptRoot/terminal.py"
    $terminal = Start-Pwsh $words (@{ XDG_DATA_HOME = $data } + $Environment) $Setting $launcher
    $terminal | Add-Member Data $data
    $null = Wait-Screen $terminal $prompt
    $terminal
}

# Asks the terminal for something (terminal.py). One that does not come is the end of it.
function Request-Terminal($Terminal, [hashtable] $Request) {
    Send-Line $Terminal ($Request + @{ seconds = $waitLimit.TotalSeconds } | ConvertTo-Json -Compress)
    $read = $Terminal.Process.StandardOutput.ReadLineAsync()
    $answer = $read.Wait($waitLimit + '00:00:10') ? ($read.Result | ConvertFrom-Json) : $null
    if ($answer.matched) { return $answer }
    $Terminal.Process.Kill($true)
    $Terminal.Process.WaitForExit()
    $shown = "$($answer.text)`n$($Terminal.Error.Result)"
    throw "The terminal does not show '$($Request.until)', or does not end, but:`n$shown"
}

# Returns what the screen shows, from the line on that was typed last, as soon as the pattern matches that.
function Wait-Screen($Terminal, [string] $Pattern) { (Request-Terminal $Terminal @{ until = $Pattern }).text }

# The output of the program at the terminal, with its escape sequences.
function Get-TerminalOutput($Terminal) { (Request-Terminal $Terminal @{}).raw }

# Types keys, such as "`t", and returns what the screen shows as soon as the pattern matches that.
function Send-Key($Terminal, [string] $Key, [string] $Until = '') {
    (Request-Terminal $Terminal @{ keys = $Key; until = $Until }).text
}

# Returns what the screen shows when a question is there, matched by the pattern, and its answer is being read. Keys
# are lost before: Ctrl+C is a signal still, which stops the command, but not the reading of the answer.
function Wait-Question($Terminal, [string] $Pattern) {
    Wait-Screen $Terminal $Pattern
    $null = Request-Terminal $Terminal @{ reading = $true }
}

# Types text at the prompt, and returns when it is there.
function Send-Text($Terminal, [string] $Text) {
    $null = Request-Terminal $Terminal @{ keys = $Text; marked = $true; until = "> $([regex]::Escape($Text))\Z" }
}

# Types a line, and returns when it runs.
function Enter-Line($Terminal, [string] $Line) {
    Send-Text $Terminal $Line
    $null = Send-Key $Terminal "`r" '\n'
}

# Types a line, and returns what it printed when the prompt is back.
function Invoke-Line($Terminal, [string] $Line) {
    Enter-Line $Terminal $Line
    $shown = (Wait-Screen $Terminal $prompt) -split '\n'
    ($shown | Select-Object -Skip 1 | Select-Object -SkipLast 1) -join "`n"
}

# Presses Ctrl+C, and returns how long it took for the prompt to come back.
function Send-CtrlC($Terminal) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = Request-Terminal $Terminal @{ keys = "`u{3}"; until = $prompt }
    $watch.Elapsed
}

# Closes the window of a terminal, with -Ended once its PowerShell has ended, and returns the exit code of that.
function Stop-Terminal($Terminal, [switch] $Ended) {
    if (-not $Terminal) { return }
    if ($Ended) { $null = Request-Terminal $Terminal @{ ended = $true } }
    (Wait-Pwsh $Terminal).ExitCode
}

#endregion
#region The realm, and servers that this project did not write (service/realm/README.md)

# Whether there is a realm here: its parts are packages of Debian and its kin, and foreign libraries in one process
# with sanitizers need exceptions of their own (e2e/auth).
function Test-Realm { (Test-ThirdPartyServer) -and -not $isSanitized }

# Whether there are the servers that this project did not write: they are packages of Debian and its kin, too.
function Test-ThirdPartyServer { Test-Path /usr/bin/apt-get }

# Starts a program of service/realm; the parts are fetched first if they are missing.
function Start-ThirdPartyServer([string] $Script, [string[]] $Argument = @(), [hashtable] $Environment = @{}) {
    $process, $about = Start-ReadyProcess "$realm/$Script" (@('--parts', $parts) + $Argument) $Environment '00:04:00'
    $about | Add-Member Process $process -PassThru
}

# A Kerberos realm and an NTLM domain. The object that it returns has the variables of a client, of a service, and so on.
function Start-Realm {
    $about = Start-ThirdPartyServer realm.py
    foreach ($name in 'client', 'service', 'clock', 'names') {
        $variables = @{}
        $about.$name.psobject.Properties.ForEach{ $variables[$_.Name] = $_.Value }
        $about.$name = $variables
    }
    $about
}

# Makes a service of this name known to the KDC, and gives its key to the services here.
function Add-RealmService($Realm, [string] $Principal) {
    $Realm.Process.StandardInput.WriteLine("service $Principal")
    $Realm.Process.StandardInput.Flush()
    $answer = $Realm.Process.StandardOutput.ReadLineAsync()
    $answer.Wait($waitLimit) | Should -BeTrue
    ($answer.Result | ConvertFrom-Json).service | Should -Be $Principal
}

# apache2 in front of a computer, or as a proxy.
function Start-Apache($Computer, [string[]] $Option = @(), [hashtable] $Environment = @{}) {
    Start-ThirdPartyServer apache.py (@(
        '--backend', "http://127.0.0.1:$($Computer.Http)", '--user', $userName, '--password', $password,
        '--ca-directory', $authority) + $Option) $Environment
}

# tinyproxy, which connects whoever knows the password.
function Start-Tinyproxy([hashtable] $Names) {
    Start-ThirdPartyServer tinyproxy.py '--user', $userName, '--password', $password $Names
}

function Stop-ThirdPartyServer($Server) { if ($Server) { Stop-PipedProcess $Server.Process } }

#endregion

Export-ModuleMember -Function * -Variable prompt, timeFactor, isSanitized, waitLimit, userName, password, credentialText, authority, root, module
