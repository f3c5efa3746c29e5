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
        $failure = Get-Refusal { Enable-WSManCredSSP Client server01 }
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
            $failure = Get-Refusal { Enable-WSManCredSSP Server }
            Assert-WSManError $failure EnableWSManCredSSP $null @(
                'cannot be turned on for the WinRM service of this computer, because it has none'
                'Connect-WSMan server01; Set-Item WSMan:\server01\Service\Auth\CredSSP -Value $true')
        }

        It 'says so with -Force as well, and in any letter case' {
            $failure = Get-Refusal { Enable-WSManCredSSP -Role server -Force }
            Assert-WSManError $failure EnableWSManCredSSP $null 'because it has none'
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
        $failure = Get-Refusal { Enable-WSManCredSSP $role @parameters }
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
        $failure = Get-Refusal { Enable-WSManCredSSP Client $computers -Force }
        Assert-WSManError $failure EnableWSManCredSSP $computers $text
    }

    It 'does not bind <name>' -ForEach @(
        @{ name = "the computer ''"; role = 'Client'; computers = ''; text = 'DelegateComputer' }
        @{ name = 'no computer'; role = 'Client'; computers = @(); text = 'DelegateComputer' }
        @{ name = 'the role Both'; role = 'Both'; computers = 'a'; text = '"Both" does not belong to the set' }
    ) {
        $failure = Get-Refusal { Enable-WSManCredSSP $role $computers -Force }
        Assert-Error $failure 'ParameterArgumentValidationError,Microsoft.WSMan.Management.EnableWSManCredSSPCommand' `
            InvalidData $null $text
    }

    It 'names a settings file that is broken, and leaves it alone' {
        Set-Content $file '{ "AllowFreshCredentials": "server01" }'
        $failure = Get-Refusal { Enable-WSManCredSSP Client a, b -Force }
        Assert-WSManError $failure EnableWSManCredSSP ('a', 'b') @(
            "The client settings file ""$file"" is broken", 'write wsman/server01')
    }

    It 'changes nothing where the settings file cannot be written' {
        # Not even root writes to a folder as to a file.
        Remove-Item "$file.lock" -ErrorAction Ignore
        $null = New-Item -ItemType Directory "$file.lock"
        try {
            $failure = Get-Refusal { Enable-WSManCredSSP Client a, b -Force }
            Assert-WSManError $failure EnableWSManCredSSP ('a', 'b') @(
                "The client settings file ""$file"" cannot be written", 'Nothing was changed')
        } finally {
            Remove-Item "$file.lock"
        }
    }

    # A limit on the size of a file lets the list be written, and not the switch after it.
    It 'leaves CredSSP off if it fails half-way, and says what was changed' {
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
        $told.Lines[3] | Should -BeLike (
            '*the computers were added to AllowFreshCredentials; CredSSP itself is as it was*')
        $settings = Get-Content $file -Raw | ConvertFrom-Json
        $settings.AllowFreshCredentials | Should -Be 'wsman/server01'
        $settings.psobject.Properties.Name | Should -Not -Contain 'Auth'
        (Get-WSManCredSSP)[0] | Should -BeLike 'CredSSP is turned off*'
    }
}
