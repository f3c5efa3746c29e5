BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $file = "$env:XDG_CONFIG_HOME/wsman/client.json"

    function Get-Allowed { (Get-Item WSMan:\localhost\Client\AllowFreshCredentials).Value }
    function Get-Switch { (Get-Item WSMan:\localhost\Client\Auth\CredSSP).Value }
}

Describe 'Enable-WSManCredSSP' {
    BeforeEach { Set-ClientSetting }

    Context 'when somebody can be asked' {
        BeforeAll { $prompt = Start-Prompt }
        AfterAll { $null = Wait-Pwsh $prompt }

        It 'asks who may be given the password, and allows it after Y' {
            $shown = Read-Prompt $prompt 'Enable-WSManCredSSP Client server01,*.example.com' 'Y'
            $shown | Should -BeLike '*your password itself*'
            $shown | Should -BeLike '*Allow this for server01, *.example.com`?*'
            $shown | Should -BeLike '*CredSSP : true*'
            Get-Allowed | Should -Be 'wsman/server01,wsman/*.example.com'
            Get-Switch | Should -Be 'true'
        }

        It 'changes and writes nothing after N' {
            $before = Get-Content $file -Raw
            $null = Read-Prompt $prompt '$Error.Clear()'
            $null = Read-Prompt $prompt '$auth = Enable-WSManCredSSP Client server01' 'N'
            Read-Prompt $prompt '$null -eq $auth' | Should -BeLike '* True'
            Read-Prompt $prompt '$Error.Where{ $_.InvocationInfo.MyCommand.Name -like "*WSMan*" }.Count' |
                Should -BeLike '* 0'
            Get-Content $file -Raw | Should -Be $before
        }
    }

    # These tests run with -NonInteractive.
    It 'is refused where nobody can be asked' {
        $failure = Get-ErrorWithoutChange { Enable-WSManCredSSP Client server01 }
        Assert-Error $failure 'InvalidOperation,Microsoft.WSMan.Management.EnableWSManCredSSPCommand' InvalidOperation `
            $null 'NonInteractive'
    }

    It 'asks nobody with -Force' {
        Enable-WSManCredSSP Client server01 -Force | Out-Null
        Get-Allowed | Should -Be 'wsman/server01'
    }

    It 'writes the element Auth of the client settings' {
        Set-Item WSMan:\localhost\Client\Auth\Basic $false
        $auth = @(Enable-WSManCredSSP -Role Client -DelegateComputer server01 -Force)
        $auth | Should -HaveCount 1
        $auth[0] | Should -BeOfType System.Xml.XmlElement
        $auth[0].Name | Should -Be 'cfg:Auth'
        $auth[0].ParentNode | Should -BeOfType Xml.XmlDocument
        $auth[0].NamespaceURI | Should -Be 'http://schemas.microsoft.com/wbem/wsman/1/config/client/auth'
        $auth[0].ChildNodes.Name | Should -Be 'cfg:Basic', 'cfg:Digest', 'cfg:Kerberos', 'cfg:Negotiate',
            'cfg:Certificate', 'cfg:CredSSP'
        $auth[0].ChildNodes.InnerText | Should -Be 'false', 'true', 'true', 'true', 'true', 'true'
        $auth[0].CredSSP | Should -Be 'true'
    }

    It 'adds the computers that are not in the list yet' {
        $null = Enable-WSManCredSSP Client a, A, 'b, *.c', '[::1]' -Force
        $null = Enable-WSManCredSSP Client B, d, * -Force
        Get-Allowed | Should -Be 'wsman/a,wsman/b,wsman/*.c,wsman/[::1],wsman/d,wsman/*'
        Get-Switch | Should -Be 'true'
        $null = Enable-WSManCredSSP Client D -Force
        Get-Allowed | Should -Be 'wsman/a,wsman/b,wsman/*.c,wsman/[::1],wsman/d,wsman/*'
    }

    It 'turns CredSSP on again for a computer that is in the list' {
        $null = Enable-WSManCredSSP Client server01 -Force
        Set-Item WSMan:\localhost\Client\Auth\CredSSP $false
        (Enable-WSManCredSSP Client server01 -Force).CredSSP | Should -Be 'true'
        Get-Allowed | Should -Be 'wsman/server01'
    }

    It 'makes the settings file where there is none' {
        Remove-Item $file
        Enable-WSManCredSSP Client server01 -Force | Out-Null
        Get-Content $file -Raw | ConvertFrom-Json | ConvertTo-Json -Compress |
            Should -Be '{"AllowFreshCredentials":"wsman/server01","Auth":{"CredSSP":true}}'
    }

    Context 'for the role Server' {
        It 'says that there is no service here, and what to type for another computer' {
            $failure = Get-ErrorWithoutChange { Enable-WSManCredSSP Server }
            Assert-WSManError $failure EnableWSManCredSSP $null @(
                'cannot be turned on for the WinRM service of this computer, because it has none'
                'no session is open under the name localhost'
                'Connect-WSMan server01; Set-Item WSMan:\server01\Service\Auth\CredSSP -Value $true')
        }

        It 'says so with -Force as well, and in any letter case' {
            $failure = Get-ErrorWithoutChange { Enable-WSManCredSSP -Role server -Force }
            Assert-WSManError $failure EnableWSManCredSSP $null 'because it has none'
        }
    }

    It 'only says with -WhatIf and $WhatIfPreference what it would change in the client settings' {
        $before = Get-Content $file -Raw
        $told = Invoke-Pwsh ('Enable-WSManCredSSP Client a, b -WhatIf; $WhatIfPreference = $true; ' +
            'Enable-WSManCredSSP Client a, b -Force')
        $told.Lines | Should -HaveCount 2
        $told.Lines | Should -Be (@('What if: Turn CredSSP on in the client settings, and add to ' +
                'AllowFreshCredentials: a, b') * 2)
        Get-Content $file -Raw | Should -Be $before
    }

    Context 'for the role Server, with a session under the name localhost' {
        BeforeAll {
            $computer = Start-Computer 127.0.0.1
            $login = $computer.Login
            $path = 'WSMan:\localhost\Service\Auth\CredSSP'
        }
        BeforeEach { Connect-WSMan @login }
        AfterEach {
            Disconnect-EveryComputer
            Connect-WSMan @login
            Set-Item $path $false
            Disconnect-EveryComputer
        }
        AfterAll { Stop-Computer $computer }

        It 'turns it on at that service, and writes the Auth element that the service answers' {
            $before = Get-Content $file -Raw
            $auth = @(Enable-WSManCredSSP -Role Server -Force)
            $auth | Should -HaveCount 1
            $auth[0] | Should -BeOfType System.Xml.XmlElement
            $auth[0].Name | Should -Be 'cfg:Auth'
            $auth[0].NamespaceURI | Should -Be 'http://schemas.microsoft.com/wbem/wsman/1/config/service/auth'
            $auth[0].ChildNodes.LocalName |
                Should -Be Basic, Kerberos, Negotiate, Certificate, CredSSP, CbtHardeningLevel
            $auth[0].CredSSP | Should -Be 'true'
            (Get-Item $path).Value | Should -Be 'true'
            (Get-WSManCredSSP)[1] | Should -BeLike 'This computer is configured to receive*'
            Get-Content $file -Raw | Should -Be $before
        }

        It 'writes the element that it sent, and asks no more, where the service answers with nothing' {
            Connect-WSMan @login -ApplicationName config/empty-put/wsman
            $before = (Get-Count $computer).operations
            $auth = Enable-WSManCredSSP Server -Force
            $auth.CredSSP | Should -Be 'true'
            $auth.Negotiate | Should -Be 'true'
            $after = (Get-Count $computer).operations
            $after.Put | Should -Be ($before.Put + 1)
            $after.Get | Should -Be ($before.Get + 1)
            (Get-Item $path).Value | Should -Be 'true'
        }

        It 'works as scripts write it: <script>' -ForEach @(
            @{ script = { Enable-WSManCredSSP -Role Server -Force | Out-Null } }
            @{ script = { $null = Enable-WSManCredSSP server -Force } }
            @{ script = {
                    if ((Get-WSManCredSSP)[1] -match 'is not configured') { [void](Enable-WSManCredSSP Server -Force) } } }
            @{ script = { if ((Enable-WSManCredSSP -Role Server -Force).CredSSP -ne 'true') { throw 'off' } } }
        ) {
            & $script
            (Get-Item $path).Value | Should -Be 'true'
            & $script
            (Get-Item $path).Value | Should -Be 'true'
        }

        It 'asks, and changes nothing after N' {
            $prompt = Start-Prompt
            try {
                $null = Read-Prompt $prompt ("Connect-WSMan -UseSSL -Port $($computer.Https) -Authentication Basic " +
                    "-Credential $credentialText")
                $before = (Get-Count $computer).requests
                Read-Prompt $prompt 'Enable-WSManCredSSP Server' 'N' |
                    Should -BeLike '*gets the user names and passwords of the clients*Turn it on`?*'
                (Get-Count $computer).requests | Should -Be $before
                Read-Prompt $prompt 'Enable-WSManCredSSP Server' 'Y' | Should -BeLike '*CredSSP : true*'
            } finally {
                $null = Wait-Pwsh $prompt
            }
            (Get-Item $path).Value | Should -Be 'true'
        }

        It 'is refused where nobody can be asked, and sends nothing' {
            $before = (Get-Count $computer).requests
            Assert-Error (Get-OneError { Enable-WSManCredSSP Server }) `
                'InvalidOperation,Microsoft.WSMan.Management.EnableWSManCredSSPCommand' InvalidOperation $null `
                'NonInteractive'
            (Get-Count $computer).requests | Should -Be $before
        }

        It 'only says with -WhatIf and $WhatIfPreference what it would change, and sends nothing' {
            $before = (Get-Count $computer).requests
            Enable-WSManCredSSP Server -WhatIf | Should -BeNullOrEmpty
            & { $WhatIfPreference = $true; Enable-WSManCredSSP Server -Force } | Should -BeNullOrEmpty
            (Get-Count $computer).requests | Should -Be $before
        }

        It 'does not take -DelegateComputer' {
            Assert-Error (Get-OneError { Enable-WSManCredSSP Server a -Force }) `
                'System.InvalidOperationException,Microsoft.WSMan.Management.EnableWSManCredSSPCommand' NotSpecified $null `
                'cannot be given with -Role Server'
        }

        It 'does not touch the service for the role Client' {
            $before = (Get-Count $computer).requests
            $null = Enable-WSManCredSSP Client a -Force
            (Get-Count $computer).requests | Should -Be $before
        }

        It 'says what the service says, if it <does>' -ForEach @(
            @{ does = 'denies access to the setting'; how = 'config/get/fault-5'; text = '0x00000005' }
            @{ does = 'denies the change'; how = 'config/put/fault-5'; text = '0x00000005' }
            @{ does = 'has no configuration'; how = 'flavour/omi'; text = 'no WinRM configuration' }
            @{ does = 'hangs up'; how = 'config/put/close'; text = 'localhost' }
        ) {
            Connect-WSMan @login -ApplicationName "$how/wsman"
            Assert-WSManError (Get-OneError { Enable-WSManCredSSP Server -Force }) EnableWSManCredSSP $null $text
            Assert-WSManError (Get-OneError { Disable-WSManCredSSP Server }) DisableWSManCredSSP $null $text
        }

        It 'returns at once when it is stopped' {
            Connect-WSMan @login -ApplicationName config/put/stall/wsman
            $before = [int] (Get-Count $computer).operations.Put
            $background = Start-BackgroundScript { Enable-WSManCredSSP Server -Force }
            $null = Wait-Count $computer { $_.operations.Put -gt $before }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            Wait-BackgroundScript $background -Stop | Should -BeNullOrEmpty
            $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:20')
            $background.Shell.Streams.Error | Should -BeNullOrEmpty
            $background.Shell.InvocationStateInfo.State | Should -Be Stopped
        }

        It 'keeps what it does not know, however the service writes it' {
            Connect-WSMan @login -ApplicationName config/odd/wsman
            $auth = Enable-WSManCredSSP Server -Force
            $auth.CredSSP | Should -Be 'true'
            $auth.Loopback | Should -Not -BeNullOrEmpty
        }

        It 'does not change what a policy decides' {
            $decided = Start-Computer 127.0.0.1 -Option --policy, Service/Auth/CredSSP=false
            try {
                $policyLogin = $decided.Login
                Connect-WSMan @policyLogin
                Assert-WSManError (Get-OneError { Enable-WSManCredSSP Server -Force }) EnableWSManCredSSP $null `
                    '0x8033808A', 'WSMan:\localhost\Service\Auth\CredSSP'
                [int] (Get-Count $decided).operations.Put | Should -Be 0
                Disconnect-WSMan
            } finally {
                Stop-Computer $decided
            }
        }
    }

    # These are no failures of WS-Management, and have the id that they have on Windows.
    It 'does not take the role <role> <how>' -ForEach @(
        @{
            role = 'Server'; how = 'with -DelegateComputer'; parameters = @{ DelegateComputer = 'a' }
            text = '-DelegateComputer cannot be given with -Role Server'
        }
        @{
            role = 'Client'; how = 'without -DelegateComputer'; parameters = @{}
            text = '-Role Client needs -DelegateComputer'
        }
    ) {
        $failure = Get-ErrorWithoutChange { Enable-WSManCredSSP $role @parameters }
        Assert-Error $failure 'System.InvalidOperationException,Microsoft.WSMan.Management.EnableWSManCredSSPCommand' `
            NotSpecified $null $text
    }

    It 'does not take <computers> for the names of computers' -ForEach @(
        @{ computers = 'a', 'server01:5985'; text = @(
                'AllowFreshCredentials holds "wsman/server01:5985", which is not wsman/ and a computer'
                'without a port') }
        @{ computers = 'a,wsman/*'; text = '"wsman/wsman/*"' }
        @{ computers = 'a,,b'; text = '"wsman/"' }
        @{ computers = ' '; text = '"wsman/"' }
    ) {
        $failure = Get-ErrorWithoutChange { Enable-WSManCredSSP Client $computers -Force }
        Assert-WSManError $failure EnableWSManCredSSP $computers $text
    }

    It 'does not bind <name>' -ForEach @(
        @{ name = "the computer ''"; role = 'Client'; computers = ''; text = 'DelegateComputer' }
        @{ name = 'no computer'; role = 'Client'; computers = @(); text = 'DelegateComputer' }
        @{ name = 'the role Both'; role = 'Both'; computers = 'a'; text = '"Both" does not belong to the set' }
    ) {
        $failure = Get-ErrorWithoutChange { Enable-WSManCredSSP $role $computers -Force }
        Assert-Error $failure 'ParameterArgumentValidationError,Microsoft.WSMan.Management.EnableWSManCredSSPCommand' `
            InvalidData $null $text
    }

    It 'has a class that a program fills in' {
        $command = [Microsoft.WSMan.Management.EnableWSManCredSSPCommand]::new()
        $command.Role, $command.DelegateComputer, $command.Force = 'Client', ('a', 'b'), $true
        $command.Role | Should -BeExactly Client
        $command.DelegateComputer | Should -BeExactly a, b
        $command.Force.IsPresent | Should -BeTrue
    }

    It 'names a settings file that is broken, and leaves it alone' {
        Set-Content $file '{ "AllowFreshCredentials": "server01" }'
        $failure = Get-ErrorWithoutChange { Enable-WSManCredSSP Client a, b -Force }
        Assert-WSManError $failure EnableWSManCredSSP ('a', 'b') @(
            "The client settings file ""$file"" is broken", 'write wsman/server01')
    }

    It 'changes nothing where the settings file cannot be written' {
        # Not even root writes to a folder as to a file.
        Remove-Item "$file.lock" -ErrorAction Ignore
        $null = New-Item -ItemType Directory "$file.lock"
        try {
            $failure = Get-ErrorWithoutChange { Enable-WSManCredSSP Client a, b -Force }
            Assert-WSManError $failure EnableWSManCredSSP ('a', 'b') @(
                "The client settings file ""$file"" cannot be written", 'Nothing was changed')
        } finally {
            Remove-Item "$file.lock"
        }
    }

    # A limit on the size of a file would let the list be written, and not the switch beside it.
    It 'adds no computer where CredSSP cannot be turned on' {
        $blocks = 8
        $listed = "{`n  ""Other"": """",`n  ""AllowFreshCredentials"": ""wsman/server01""`n}`n"
        Set-Content $file "{""Other"":""$('x' * ($blocks * 512 - $listed.Length))""}"
        $limit = @('/bin/sh', '-c', "trap '' XFSZ; ulimit -f $blocks; exec ""`$0"" ""`$@""")
        $told = Invoke-Pwsh -Launcher $limit -Command @'
            try { Enable-WSManCredSSP Client server01 -Force }
            catch { $_.FullyQualifiedErrorId; "$($_.CategoryInfo.Category)"; $_.TargetObject; "$_" }
'@ -Environment @{
            # The runtime keeps its code in a file that would be too large.
            DOTNET_EnableWriteXorExecute = '0'
        }
        $told.Lines[0..2] | Should -Be @(
            'WsManError,Microsoft.WSMan.Management.EnableWSManCredSSPCommand', 'InvalidOperation', 'server01')
        $told.Lines[3] | Should -BeLike '*cannot be written*'
        (Get-Content $file -Raw | ConvertFrom-Json).psobject.Properties.Name | Should -Be Other
    }
}
