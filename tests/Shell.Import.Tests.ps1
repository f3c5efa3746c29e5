# The module as PowerShell loads it: again, under a prefix, by "using", from other modules; in runspaces and jobs.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $name = 'Portable.WSMan.Management'
    $one, $two = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one, $two
    $login = $computer.Login
    # The same as a text for another PowerShell.
    $loginText = "-UseSSL -Port $($computer.Https) -Authentication Basic -Credential $credentialText"
    $driveNotFound = 'DriveNotFound,Microsoft.PowerShell.Commands.GetItemCommand'
}
AfterAll { Stop-Computer $computer }

Describe 'Import-Module' {
    AfterEach { Disconnect-EveryComputer }

    It 'leaves everything as it is when the module is there already, imported by <how>' -ForEach @(
        @{ how = 'its name'; import = { Import-Module Portable.WSMan.Management } }
        @{ how = 'its folder'; import = { Import-Module $module } }
        @{ how = 'its manifest'; import = { Import-Module "$module/Portable.WSMan.Management.psd1" } }
    ) {
        $item = Connect-WSMan $one @login -PassThru
        & $import
        & $import
        @(Get-Module $name).Path | Should -Be "$module/$name.psd1"
        (Get-PSDrive -PSProvider WSMan).Name | Should -Be WSMan
        $item.State | Should -Be Opened
        Assert-Connected $computer $one
    }

    It 'keeps sessions and the drive with -Force' {
        $item = Connect-WSMan $one @login -PassThru
        Import-Module $module -Force
        @(Get-Module $name) | Should -HaveCount 1
        (Get-PSDrive -PSProvider WSMan).Name | Should -Be WSMan
        $item.State | Should -Be Opened
        (Get-Item WSMan:\$one\MaxTimeoutms).Value | Should -Be 60000
        Disconnect-WSMan $one
        $item.State | Should -Be Closed
        Assert-Disconnected $computer $one
    }

    It 'works again after Remove-Module, which ends sessions and takes cmdlets and drive along' {
        $item = Connect-WSMan $one @login -PassThru
        Remove-Module $name
        try {
            $item.State | Should -Be Closed
            Get-HeldCount $computer -At $one | Should -Be 0
            # A pattern, because a name would load the module.
            Get-Command Connect-WSM* -ListImported | Should -BeNullOrEmpty
            Test-Path WSMan:\ | Should -BeFalse
            Get-PSProvider | Where-Object Name -EQ WSMan | Should -BeNullOrEmpty
        } finally {
            Import-Module $module
        }
        Connect-WSMan $one @login
        $item.State | Should -Be Closed
        Assert-Connected $computer $one
    }

    It 'shares the sessions with a copy of itself from another folder' {
        $folder = New-Folder copy
        Copy-Item $module "$folder/$name" -Recurse
        $result = Invoke-Pwsh "Import-Module $name
            Connect-WSMan $one $loginText
            Import-Module '$folder/$name'
            (Get-Module $name).Count
            (Get-ChildItem WSMan:\).Name
            Disconnect-WSMan $one
            (Get-ChildItem WSMan:\).Name"
        $result.Lines | Should -Be 2, localhost, $one, localhost
        Get-HeldCount $computer | Should -Be 0
    }

    It 'is imported and removed by a script that is strict and stops at errors' {
        $result = Invoke-Pwsh "Set-StrictMode -Version Latest
            `$ErrorActionPreference = 'Stop'
            `$null = New-Module -Name Other { }  | Import-Module -PassThru
            Import-Module $name
            Remove-Module $name
            (Get-Module $name, Other).Name
            Import-Module $name
            (Get-ChildItem WSMan:\).Name"
        $result.Lines | Should -Be Other, localhost
    }

    It 'gives the cmdlets other names with -Prefix, and only them' {
        $result = Invoke-Pwsh "Import-Module $name -Prefix Far
            (Get-Command -Module $name).Name
            Connect-FarWSMan $one $loginText
            (Get-Item WSMan:\$one\MaxTimeoutms).Value
            Disconnect-FarWSMan $one
            try { Disconnect-FarWSMan $one } catch { `$_.FullyQualifiedErrorId }
            (Get-Help Disconnect-FarWSMan).Synopsis
            (TabExpansion2 'Disconnect-FarWS' 16).CompletionMatches.CompletionText"
        $result.Lines | Should -Be @(
            'Connect-FarWSMan', 'Disable-FarWSManCredSSP', 'Disconnect-FarWSMan', 'Enable-FarWSManCredSSP'
            'Get-FarWSManCredSSP', 'Get-FarWSManInstance', 'Get-FarWSManSession', 'Invoke-FarWSManAction'
            'New-FarWSManInstance', 'New-FarWSManSessionOption', 'Remove-FarWSManInstance', 'Remove-FarWSManSession'
            'Set-FarWSManInstance', 'Set-FarWSManQuickConfig', 'Test-FarWSMan', '60000', 'WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand'
            (Get-Help Disconnect-WSMan).Synopsis, 'Disconnect-FarWSMan')
    }

    It 'gives the cmdlets names with the module before' {
        Portable.WSMan.Management\Connect-WSMan $one @login
        (Portable.WSMan.Management\Test-WSMan $one @login).ProductVendor | Should -Be 'Microsoft Corporation'
        Portable.WSMan.Management\Disconnect-WSMan $one
        Assert-Disconnected $computer $one
    }
}

Describe 'using module' {
    It 'gives a script the types and the cmdlets' {
        $script = "$(New-Folder script)/script.ps1"
        Set-Content $script @'
using module Portable.WSMan.Management
using namespace Microsoft.WSMan.Management
function Get-Way([AuthenticationMechanism] $Mechanism, [SessionOption] $Option) { "$Mechanism $($Option.SkipCACheck)" }
Get-Way Negotiate (New-WSManSessionOption -SkipCACheck)
(Get-ChildItem WSMan:\).Name
'@
        (Invoke-Pwsh "& '$script'").Lines | Should -Be 'Negotiate True', localhost
    }
}

Describe 'A module that needs this one' {
    BeforeAll {
        $other = New-Folder other
        $use = '
            function Connect-Far($Name, $Login) { Connect-WSMan $Name @Login }
            function Get-Far($Name) { (Get-Item WSMan:\$Name\MaxTimeoutms).Value }'
        $manifests = @{
            Required = "RequiredModules = 'Portable.WSMan.Management'; RootModule = 'Required.psm1'"
            Nested = "RootModule = 'Nested.psm1'; NestedModules = 'Portable.WSMan.Management'"
            Importing = "RootModule = 'Importing.psm1'"
        }
        foreach ($one in $manifests.Keys) {
            $folder = New-Item -ItemType Directory "$other/$one"
            $import = $one -eq 'Importing' ? "Import-Module Portable.WSMan.Management`n" : ''
            Set-Content "$folder/$one.psm1" "$import$use"
            Set-Content "$folder/$one.psd1" "@{ ModuleVersion = '1.0'; FunctionsToExport = '*'; $($manifests[$one]) }"
        }
    }

    It 'uses cmdlets and drive with <how>, and whoever imports it has the drive, too' -ForEach @(
        @{ how = 'RequiredModules'; which = 'Required' }, @{ how = 'NestedModules'; which = 'Nested' }
        @{ how = 'Import-Module in its script'; which = 'Importing' }
    ) {
        $result = Invoke-Pwsh "Import-Module '$other/$which'
            `$login = @{ UseSSL = `$true; Port = $($computer.Https); Authentication = 'Basic' }
            `$login.Credential = $credentialText
            Connect-Far 127.20.1.1 `$login
            Get-Far 127.20.1.1
            (Get-ChildItem WSMan:\).Name
            Remove-Module $which
            (Get-ChildItem WSMan:\ -ErrorAction Ignore).Name"
        $result.Lines[0..2] | Should -Be 60000, localhost, '127.20.1.1'
        Get-HeldCount $computer | Should -Be 0
    }
}

Describe 'The module in another runspace' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'is loaded by a cmdlet, and not by a path of the drive' {
        $said = 1 | ForEach-Object -Parallel {
            try { Get-Item WSMan:\localhost -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
            $null = New-WSManSessionOption
            (Get-ChildItem WSMan:\).Name
        }
        $said | Should -Be $driveNotFound, localhost, $one
    }

    It 'shares the sessions: <way>' -ForEach @(
        @{ way = 'ForEach-Object -Parallel'; read = {
                1..4 | ForEach-Object -Parallel {
                    Import-Module Portable.WSMan.Management
                    (Get-Item WSMan:\127.20.1.1\MaxTimeoutms).Value
                } } }
        @{ way = 'Start-ThreadJob'; read = {
                1..4 | ForEach-Object {
                    Start-ThreadJob {
                        Import-Module Portable.WSMan.Management
                        (Get-Item WSMan:\$using:one\MaxTimeoutms).Value
                    }
                } | Receive-Job -Wait -AutoRemoveJob } }
        @{ way = 'the pipeline of [powershell]'; read = {
                1..4 | ForEach-Object {
                    $shell = [powershell]::Create()
                    $shell.AddScript('Import-Module Portable.WSMan.Management
                        (Get-Item WSMan:\127.20.1.1\MaxTimeoutms).Value').Invoke()
                    $shell.Dispose()
                } } }
    ) {
        & $read | Should -Be 60000, 60000, 60000, 60000
        Get-ConnectedComputer | Should -Be $one
    }

    It 'enumerates over one session at the same time as others, and everyone gets all' {
        $counts = 1..6 | ForEach-Object -Parallel {
            @(Get-WSManInstance wmicimv2/Win32_Service -Enumerate -ComputerName $using:one).Count
        } -ThrottleLimit 6
        $counts | Sort-Object -Unique | Should -HaveCount 1
        $counts | Should -HaveCount 6
        $counts[0] | Should -BeGreaterThan 1
        Get-HeldCount $computer contexts | Should -Be 0
    }

    It 'has locations of its own' {
        Set-Location WSMan:\$one\Client
        try {
            $other = Start-BackgroundScript { (Get-Location).Provider.Name; Set-Location WSMan:\; (Get-Location).Path }
            Wait-BackgroundScript $other | Should -Be FileSystem, 'WSMan:/'
            (Get-Location).Path | Should -Be "WSMan:/$one/Client"
        } finally {
            Set-Location WSMan:\
            Set-Location $root
        }
    }

    It 'is stopped with Stop-Job, and the session stays usable' {
        Connect-WSMan $two @login -ApplicationName gate/wsman
        Close-Gate $computer
        try {
            $before = (Get-Count $computer).requests
            $job = Start-ThreadJob { Get-WSManInstance winrm/config -ComputerName $using:two }
            $null = Wait-Count $computer { $_.requests -gt $before }
            Stop-Job $job
            $job.State | Should -Be Stopped
            Remove-Job $job
        } finally {
            Open-Gate $computer
        }
        (Get-WSManInstance winrm/config -ComputerName $two).MaxTimeoutms | Should -Be 60000
    }

    It 'writes warnings, verbose lines and errors to the streams of a job' {
        $job = Start-ThreadJob {
            Import-Module Portable.WSMan.Management
            Set-Item WSMan:\$using:one\Shell\IdleTimeout 60000
            Disconnect-WSMan $using:one -Verbose
            Disconnect-WSMan $using:one
        }
        $null = Wait-Job $job
        $job.Warning | Should -HaveCount 1
        $job.Verbose.Message[-1] | Should -BeLike "$one closed: * ms"
        $job.Information.MessageData.ComputerName | Should -Contain $one
        $job.Error.FullyQualifiedErrorId | Should -Be 'WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand'
        Remove-Job $job
    }
}

Describe 'Start-Job' {
    It 'has the module in its process, and sessions of its own' {
        Connect-WSMan $one @login
        $job = Start-Job {
            $login = $using:login
            (Test-WSMan $using:two @login).ProductVendor
            Connect-WSMan $using:two @login
            (Get-ChildItem WSMan:\).Name
            (Get-Item WSMan:\$using:two\MaxTimeoutms).Value
            Disconnect-WSMan $using:two
        }
        Receive-Job $job -Wait -AutoRemoveJob | Should -Be 'Microsoft Corporation', localhost, $two, 60000
        Get-ConnectedComputer | Should -Be $one
        Disconnect-EveryComputer
    }

    It 'hands over what it wrote as objects with the same properties' {
        $job = Start-Job {
            $login = $using:login
            Test-WSMan $using:one @login
            Connect-WSMan $using:one @login -PassThru
            Get-Item WSMan:\$using:one\Client\NetworkDelayms
            Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{ Name = 'WinRM' } -ComputerName $using:one
        }
        $answer, $item, $leaf, $service = Receive-Job $job -Wait -AutoRemoveJob
        $answer.ProductVendor | Should -Be 'Microsoft Corporation'
        $item.Name, $item.State.ToString(), $item.PSTypeNames[0] |
            Should -Be $one, Opened, 'Deserialized.Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel'
        $leaf.Name, $leaf.Value | Should -Be NetworkDelayms, 5000
        $service.Name | Should -Be WinRM
    }

    It 'hands over an error with its id' {
        $job = Start-Job { Disconnect-WSMan nowhere.example.org }
        $null = Wait-Job $job
        $failure = Get-OneError { Receive-Job $job }
        Remove-Job $job
        $failure.FullyQualifiedErrorId | Should -Be 'WsManError,Microsoft.WSMan.Management.DisconnectWSManCommand'
        $failure.CategoryInfo.Category | Should -Be InvalidOperation
    }
}
