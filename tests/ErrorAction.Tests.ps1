# What -ErrorAction makes of the errors that end a cmdlet: who gave SilentlyContinue or Ignore wants his script to go on.
BeforeDiscovery {
    # A port where nobody listens.
    $dead = '-ComputerName 127.20.1.9 -Port 1 -Authentication None'
    $failing = @(
        @{ cmdlet = 'Connect-WSMan'; with = $dead }
        @{ cmdlet = 'Connect-WSMan'; with = '-ConnectionURI ftp://server01' }
        @{ cmdlet = 'Disconnect-WSMan'; with = 'nosuch' }
        @{ cmdlet = 'Disconnect-WSMan'; with = 'localhost' }
        @{ cmdlet = 'Test-WSMan'; with = $dead }
        @{ cmdlet = 'Get-WSManInstance'; with = "winrm/config $dead" }
        @{ cmdlet = 'Get-WSManInstance'; with = "winrm/config -Enumerate $dead" }
        @{ cmdlet = 'Get-WSManInstance'; with = 'winrm/config -ConnectionURI ftp://server01' }
        @{ cmdlet = 'Get-WSManInstance'; with = "winrm/config -Enumerate -Dialect wql $dead" }
        @{ cmdlet = 'Set-WSManInstance'; with = "winrm/config @{ Name = 'x' } -ValueSet @{ A = 1 } $dead" }
        @{ cmdlet = 'Set-WSManInstance'; with = "winrm/config @{ Name = 'x' } -ConnectionURI ftp://server01" }
        @{ cmdlet = 'New-WSManInstance'; with = "winrm/config @{ Name = 'x' } -FilePath /nosuch $dead" }
        @{ cmdlet = 'Remove-WSManInstance'; with = "winrm/config @{ Name = 'x' } $dead" }
        @{ cmdlet = 'Invoke-WSManAction'; with = "winrm/config Run @{ Name = 'x' } $dead" }
        @{ cmdlet = 'Enable-WSManCredSSP'; with = 'Server' }
        @{ cmdlet = 'Enable-WSManCredSSP'; with = 'Server -DelegateComputer x' }
        @{ cmdlet = 'Enable-WSManCredSSP'; with = 'Client' }
        # These tests run with -NonInteractive: nobody can be asked.
        @{ cmdlet = 'Enable-WSManCredSSP'; with = 'Client x' }
        @{ cmdlet = 'Disable-WSManCredSSP'; with = 'Client -Confirm' }
        @{ cmdlet = 'Enable-WSManCredSSP'; with = 'Client x -Force'; settings = '{' }
        @{ cmdlet = 'Disable-WSManCredSSP'; with = 'Server' }
        @{ cmdlet = 'Disable-WSManCredSSP'; with = 'Client'; settings = '{' }
        @{ cmdlet = 'Get-WSManCredSSP'; with = ''; settings = '{' }
        @{ cmdlet = 'Set-WSManQuickConfig'; with = '' }
        @{ cmdlet = 'Get-WSManSession'; with = 'nosuch' }
        @{ cmdlet = 'Remove-WSManSession'; with = 'nosuch' }
        @{ cmdlet = 'New-WSManSessionOption'; with = '-ProxyAuthentication Basic' })
    # These go on with the next computer, name or record by themselves.
    $writing = 'Test-WSMan', 'New-WSManSessionOption', 'Get-WSManSession', 'Remove-WSManSession'
    $mayEnd = $failing.Where{ $_.cmdlet -notin $writing }
}
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    Set-ClientSetting
    $file = "$env:XDG_CONFIG_HOME/wsman/client.json"

    # What a script sees of a command that fails: what it wrote, the error that it jumped for, $? and the new of $Error.
    function Test-Failure([string] $Command) {
        $global:Error.Clear()
        $caught = $null
        $ok = $true
        $written = @(try { Invoke-Expression "$Command; `$ok = `$?" 2>&1 } catch { $caught = $_ })
        [pscustomobject]@{ Written = $written; Caught = $caught; Ok = $ok; Errors = @($global:Error) }
    }

    function Get-Fact([Management.Automation.ErrorRecord] $Record) {
        $Record.FullyQualifiedErrorId, $Record.CategoryInfo.Category, "$($Record.TargetObject)", "$Record",
        $Record.ErrorDetails.RecommendedAction, $Record.Exception.GetType() -join "`n"
    }
}

Describe 'An error of a cmdlet' {
    BeforeEach { if ($settings) { Set-Content $file $settings } }
    AfterEach { if ($settings) { Set-ClientSetting } }

    It 'is written where the caller gave -ErrorAction <action>, and the script goes on: <cmdlet> <with>' -ForEach @(
        foreach ($row in $failing) { foreach ($action in 'SilentlyContinue', 'Ignore') { $row + @{ action = $action } } }
    ) {
        $plain = Test-Failure "$cmdlet $with -ErrorAction Continue"
        $usual = $plain.Caught ?? $plain.Errors[0]

        $silent = Test-Failure "$cmdlet $with -ErrorAction $action"

        $silent.Caught | Should -BeNullOrEmpty
        $silent.Written | Should -BeNullOrEmpty
        $silent.Ok | Should -BeFalse
        $silent.Errors | Should -HaveCount ($action -eq 'Ignore' ? 0 : 1)
        if ($silent.Errors) { Get-Fact $silent.Errors[0] | Should -BeExactly (Get-Fact $usual) }
    }

    It 'ends the command with any other -ErrorAction, and without: <cmdlet> <with>' -ForEach $mayEnd {
        foreach ($parameter in '', '-ErrorAction Continue', '-ErrorAction Stop') {
            (Test-Failure "$cmdlet $with $parameter").Caught | Should -Not -BeNullOrEmpty -Because "of '$parameter'"
        }
    }

    It 'ends the command where only $ErrorActionPreference is SilentlyContinue' {
        $ErrorActionPreference = 'SilentlyContinue'
        (Test-Failure 'Disconnect-WSMan nosuch').Caught | Should -Not -BeNullOrEmpty
    }

    It 'is in -ErrorVariable with -ErrorAction SilentlyContinue' {
        Disconnect-WSMan nosuch -ErrorAction SilentlyContinue -ErrorVariable told
        $told | Should -HaveCount 1
        Assert-WSManError $told[0] DisconnectWSMan nosuch nosuch
    }

    It 'lets the next object of the input follow' {
        $global:Error.Clear()
        @{ Name = 1 }, @{ Name = 2 } |
            Remove-WSManInstance winrm/config -ComputerName 127.20.1.9 -Port 1 -Authentication None -ErrorAction SilentlyContinue
        $global:Error | Should -HaveCount 2
    }

    It 'that comes before the input ends the command for all of it' {
        $global:Error.Clear()
        @{ Name = 1 }, @{ Name = 2 } |
            Remove-WSManInstance winrm/config -ConnectionURI ftp://server01 -ErrorAction SilentlyContinue
        $global:Error | Should -HaveCount 1
    }

    It 'is tried for each cmdlet of the module' -ForEach @{ rows = $failing.cmdlet | Sort-Object -Unique } {
        $rows | Should -Be ((Get-Command -Module Portable.WSMan.Management).Name | Sort-Object)
    }
}
