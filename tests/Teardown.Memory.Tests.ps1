# With the credential alive, the memory of a PowerShell holds the password in no more places after a whole session
# than before it.

BeforeDiscovery {
    # Libraries with sanitizers keep freed memory, and only Linux has /proc.
    $isUnknown = -not $IsLinux -or $env:WSMAN_TEST_TIME_FACTOR -gt 1
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Add-Type -Path "$PSScriptRoot/ProcessMemory.cs"
    $name = '127.20.1.1'
    # Not the password that is in the environment of every PowerShell that these tests start.
    $letters = [char[]] ('A'..'Z' + 'a'..'z')
    $secret = [Security.Cryptography.RandomNumberGenerator]::GetString($letters, 40)
    $computer = Start-Computer $name -Password $secret
    $waiting = '$null = [Console]::In.ReadLine()'

    # Begins a PowerShell that makes a credential, says 'made', and goes on with Script at the next line. No string
    # in it ever holds the password: its characters come one by one, masked.
    function Start-Secretive([string] $Script) {
        $mask = 0x5A
        Start-Pwsh '-Command', @"
            `$secure = [securestring]::new()
            foreach (`$n in $($secret.ToCharArray().ForEach{ [int] $_ -bxor $mask } -join ',')) {
                `$secure.AppendChar([char] (`$n -bxor $mask))
            }
            `$credential = [pscredential]::new('$userName', `$secure)
            `$login = @{
                ComputerName = '$name'; Port = $($computer.Https); UseSSL = `$true
                Authentication = 'Basic'; Credential = `$credential
            }
            # What another proxy would have of it is not asked.
            Remove-Item env:https_proxy, env:HTTPS_PROXY -ErrorAction Ignore
            `$option = New-WSManSessionOption -ProxyAuthentication Basic -ProxyCredential `$credential
            'made'; $waiting
            $Script
            'ended'; $waiting
"@
    }

    function Get-CopyCount($Pwsh) { [ProcessMemory]::CountCopies($Pwsh.Process.Id, $userName, $secret) }
}
AfterAll { Stop-Computer $computer }

Describe 'The memory of a process' -Skip:$isUnknown {
    It 'has no more copies of the password after <what>' -ForEach @(
        @{
            what = 'a session'
            script = {
                Connect-WSMan @login
                $null = Get-WSManInstance winrm/config -ComputerName $login.ComputerName
                Disconnect-WSMan $login.ComputerName
            }
        }
        @{
            what = 'a command with a connection of its own'
            script = { $null = Get-WSManInstance winrm/config @login }
        }
        @{
            what = 'a request with a secret in its body'
            script = {
                $key = @{ Name = 's'; UserName = '<SYSTEM>' }
                $null = New-WSManInstance wmicimv2/Win32_Environment $key @login -ValueSet ($key + @{
                    VariableValue = $secure
                })
            }
        }
        @{
            what = 'a request that ends at the secret behind it'
            script = {
                $gone = [securestring]::new()
                $gone.Dispose()
                $values = [ordered]@{ Password = $secure; OldPassword = $gone }
                try {
                    New-WSManInstance wmicimv2/Win32_Environment @{ Name = 's' } @login -ValueSet $values
                } catch [ObjectDisposedException] { }
            }
        }
        @{
            what = 'a session that could use a proxy'
            script = {
                Connect-WSMan @login -SessionOption $option
                Disconnect-WSMan $login.ComputerName
            }
        }
        @{
            what = 'a mapping to a user'
            script = {
                Connect-WSMan @login
                $mappings = "WSMan:\$($login.ComputerName)\ClientCertificate"
                $null = New-Item $mappings -Issuer ('12' * 20) -URI * -Credential $credential -Force
                Disconnect-WSMan $login.ComputerName
            }
        }
    ) {
        $pwsh = Start-Secretive $script
        Wait-Line $pwsh 'made'
        $before = Get-CopyCount $pwsh
        Send-Line $pwsh
        Wait-Line $pwsh 'ended'
        $after = Get-CopyCount $pwsh

        $result = Wait-Pwsh $pwsh
        $result.ExitCode | Should -Be 0
        $result.Error | Should -BeNullOrEmpty
        $before | Should -BeGreaterThan 0 -Because 'the SecureString itself is one'
        $after | Should -BeLessOrEqual $before
        Get-HeldCount $computer | Should -Be 0
    }

    It 'has one more when a script makes one, and the search finds it' {
        $pwsh = Start-Secretive '$copy = $credential.GetNetworkCredential().Password'
        Wait-Line $pwsh 'made'
        $before = Get-CopyCount $pwsh
        Send-Line $pwsh
        Wait-Line $pwsh 'ended'
        $after = Get-CopyCount $pwsh

        (Wait-Pwsh $pwsh).ExitCode | Should -Be 0
        $after | Should -BeGreaterThan $before
    }
}
