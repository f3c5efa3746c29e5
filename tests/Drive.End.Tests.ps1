# What ends every session of a process, and what ends none.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    $one, $two = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one, $two
    $connect = "Connect-WSMan $one -Port $($computer.Http) -Authentication None; " +
        "Connect-WSMan $two -Port $($computer.Http) -Authentication None"
    $wait = [int](Get-TimeBound '00:00:05').TotalMilliseconds

    # A script text that waits for so many connections and says how many there are.
    function Get-CountText([int] $Until) {
        "(Invoke-RestMethod '$($computer.Control)/counts?connections=$Until&wait=$wait').connections"
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Every session' {
    AfterEach { Get-HeldCount $computer | Should -Be 0 -Because 'the process has ended' }

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
}

Describe 'New-PSDrive' {
    It 'refuses another root than that of the WSMan drive' {
        Import-Module $env:WSMAN_TEST_MODULE
        $failure = Get-OneError { New-PSDrive Other -PSProvider WSMan -Root server01 }
        Assert-Error $failure 'WsManError,Microsoft.PowerShell.Commands.NewPSDriveCommand' InvalidOperation `
            server01 'has the root WSMan'
        Get-PSDrive Other -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'makes the WSMan drive again of the one that was removed' {
        Import-Module $env:WSMAN_TEST_MODULE
        $old = Get-PSDrive WSMan
        Remove-PSDrive WSMan
        try {
            $failure = Get-OneError { Get-PSDrive WSMan }
            $failure.FullyQualifiedErrorId |
                Should -Be 'GetLocationNoMatchingDrive,Microsoft.PowerShell.Commands.GetPSDriveCommand'
            Test-Path WSMan:\ | Should -BeFalse
        } finally {
            $new = $old | New-PSDrive -PSProvider WSMan -Scope Global
        }
        $new.Name, $new.Provider.Name, $new.Root | Should -Be $old.Name, $old.Provider.Name, $old.Root
        (Get-ChildItem WSMan:\).Name | Should -Be localhost
    }
}
