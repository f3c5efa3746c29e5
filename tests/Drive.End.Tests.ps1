# What ends every session of a process, and what ends none.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    $one, $two = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one, $two
    $connect = "Connect-WSMan $one -Port $($computer.Http) -Authentication None; " +
        "Connect-WSMan $two -Port $($computer.Http) -Authentication None"
    $wait = [int](Get-Bound '00:00:05').TotalMilliseconds

    # A script text that waits for so many connections and says how many there are.
    function Get-CountText([int] $Until) {
        "(Invoke-RestMethod '$($computer.Control)/counts?connections=$Until&wait=$wait').connections"
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Every session' {
    AfterEach { Get-Held $computer | Should -Be 0 -Because 'the process has ended' }

    It 'ends with <command>' -ForEach @(
        @{ command = 'Remove-PSDrive WSMan' }, @{ command = 'Remove-Module Portable.WSMan.Management' }
    ) {
        (Invoke-Pwsh "$connect; $command; $(Get-CountText 0)").Lines | Should -Be 0
    }

    It 'ends with the module, which can be imported again' {
        $result = Invoke-Pwsh "$connect; Remove-Module Portable.WSMan.Management; $(Get-CountText 0)
            Import-Module Portable.WSMan.Management; (Get-ChildItem WSMan:\).Name
            $connect; (Get-ChildItem WSMan:\).Name; $(Get-CountText 2)"
        $result.Lines | Should -Be 0, localhost, localhost, $one, $two, 2
    }

    It 'goes on when another drive goes: <command>' -ForEach @(
        @{ command = "`$null = New-PSDrive Other -PSProvider WSMan -Root ''; Remove-PSDrive Other" }
        @{ command = '$null = New-PSDrive Other -PSProvider WSMan -Root WSMan; Remove-PSDrive Other' }
        @{ command = "& { `$null = New-PSDrive Other -PSProvider WSMan -Root '' }" }
    ) {
        $result = Invoke-Pwsh "$connect; $command; (Get-ChildItem WSMan:\).Name; $(Get-CountText 2)"
        $result.Lines | Should -Be localhost, $one, $two, 2
    }

    It 'ends with the process when it leaves by <how>' -ForEach @(
        @{ how = 'the end of its script'; command = ''; code = 0 }, @{ how = 'exit 3'; command = 'exit 3'; code = 3 }
    ) {
        (Invoke-Pwsh "$connect; $command" -MayFail).ExitCode | Should -Be $code
        (Get-Count $computer).byAddress.$one.connections | Should -Be 0
    }
}

Describe 'New-PSDrive' {
    It 'refuses another root than that of the WSMan drive' {
        Import-Module $env:WSMAN_TEST_MODULE
        $failure = Get-OneError { New-PSDrive Other -PSProvider WSMan -Root server01 }
        Assert-Error $failure 'WsManError,Microsoft.PowerShell.Commands.NewPSDriveCommand' InvalidOperation `
            server01 'has the root WSMan'
        Get-PSDrive Other -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
