# What the Tab key offers for the parameters of the cmdlets, and for those that New-Item and Set-Item have on the drive.
# Paths of the drive are in Drive.Completion, the line editor in Terminal.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two = '127.20.47.1', '127.20.47.2'
    $computer = Start-Computer $one, $two
    $login = $computer.Login
    Set-ClientSetting @{ TrustedHosts = "server01,*.lab.example,<local>,[fe80::1],$one" }
    Connect-WSMan $one @login
    Connect-WSMan $two @login -ApplicationName delay/1/wsman

    function Get-Match([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
}
AfterAll {
    Disconnect-EveryComputer
    Stop-Computer $computer
}

Describe 'Tab' {
    It 'offers for <line>: <has>' -ForEach @(
        # Resource URIs
        @{ line = 'Get-WSManInstance '
            has = 'winrm/config', 'winrm/config/client/auth', 'wmicimv2/', 'wmi/root/default/', 'cimv2/', 'shell/cmd'
            not = 'wmicimv2/Win32_Service', 'http://schemas.microsoft.com/wbem/wsman/1/config' }
        @{ line = 'Get-WSManInstance wmicimv2/'; has = 'wmicimv2/Win32_Service', 'wmicimv2/Win32_Process', 'wmicimv2/*'
            not = 'winrm/config', 'wmicimv2/' }
        @{ line = 'Get-WSManInstance WMICIMV2/win32_serv'
            has = 'wmicimv2/Win32_Service', 'wmicimv2/Win32_ServerFeature'
            not = 'wmicimv2/Win32_Process' }
        @{ line = 'Get-WSManInstance -Enumerate -ResourceURI wmicimv2/*_Service'; has = 'wmicimv2/Win32_Service'
            not = 'wmicimv2/Win32_Process', 'winrm/config' }
        @{ line = 'Get-WSManInstance *Net*Adapter'
            has = 'wmi/root/standardcimv2/MSFT_NetAdapter', 'wmicimv2/Win32_NetworkAdapter'
            not = 'wmicimv2/Win32_Service' }
        @{ line = 'Get-WSManInstance wmi/root/'; has = 'wmi/root/standardcimv2/', 'wmi/root/virtualization/v2/' }
        @{ line = 'Get-WSManInstance wmi/root/standardcimv2/msft_netip'
            has = 'wmi/root/standardcimv2/MSFT_NetIPAddress'; not = 'wmi/root/standardcimv2/' }
        @{ line = 'Set-WSManInstance winrm/config/s'; has = 'winrm/config/service', 'winrm/config/service/auth',
                'winrm/config/service/defaultports', 'winrm/config/service/certmapping'; not = 'winrm/config/client' }
        @{ line = 'Remove-WSManInstance winrm/config/Listener?'; has = 'winrm/config/listener?Address=*+Transport=HTTP',
                'winrm/config/listener?Address=*+Transport=HTTPS'; not = 'winrm/config/listener' }
        @{ line = 'New-WSManInstance she'; has = 'shell', 'shell/cmd' }
        @{ line = 'Invoke-WSManAction cimv2/CIM_Power'; has = 'cimv2/CIM_PowerManagementService' }
        @{ line = 'Get-WSManInstance http://schemas.microsoft.com/wbem/wsman/1/'
            has = 'http://schemas.microsoft.com/wbem/wsman/1/config',
                'http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd',
                'http://schemas.microsoft.com/wbem/wsman/1/config/listener?Address=*+Transport=HTTPS',
                'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/'; not = 'winrm/config', 'wmicimv2/' }
        @{ line = 'Get-WSManInstance http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Serv'
            has = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service' }

        # Methods, by the resource as far as the line has it
        @{ line = 'Invoke-WSManAction wmicimv2/Win32_Service '; has = 'StartService', 'StopService', 'Create'
            not = 'Terminate', 'Reboot', 'Command' }
        @{ line = 'Invoke-WSManAction -ResourceURI WMICIMV2/win32_service?Name=spooler -Action st'
            has = 'StartService', 'StopService'; not = 'Create' }
        @{ line = 'Invoke-WSManAction http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Process '
            has = 'Create', 'Terminate'; not = 'StopService' }
        @{ line = 'Invoke-WSManAction shell/cmd '; has = 'Command', 'Receive', 'Send', 'Signal'; not = 'StopService' }
        @{ line = 'Invoke-WSManAction wmi/root/default/StdRegProv Get'; has = 'GetStringValue', 'GetDWORDValue'
            not = 'EnumKey' }
        @{ line = 'Invoke-WSManAction -Action S'; has = 'StopService', 'Signal', 'SetPriority' }
        @{ line = 'Invoke-WSManAction http://example.org/mine '; not = 'StopService', 'Command' }

        # Languages
        @{ line = 'Get-WSManInstance wmicimv2/* -Enumerate -Dialect '; has = 'wql', 'selector', 'association',
                'http://schemas.microsoft.com/wbem/wsman/1/WQL', 'http://www.w3.org/TR/1999/REC-xpath-19991116' }
        @{ line = 'Get-WSManInstance x -Enumerate -Dialect SEL'; has = 'selector'; not = 'wql' }
        @{ line = 'Get-WSManInstance x -Fragment y -Dialect '; has = 'http://www.w3.org/TR/1999/REC-xpath-19991116'
            not = 'wql' }
        @{ line = 'Set-WSManInstance x -Dialect '; has = 'http://www.w3.org/TR/1999/REC-xpath-19991116'; not = 'wql' }

        # Paths of the URL
        @{ line = 'Connect-WSMan x -ApplicationName '; has = 'wsman', 'delay/1/wsman' }
        @{ line = 'Test-WSMan x -ApplicationName W'; has = 'wsman'; not = 'delay/1/wsman' }
        @{ line = 'Get-WSManInstance x -ApplicationName '; has = 'wsman' }
        @{ line = 'Remove-WSManInstance x @{} -ApplicationName '; has = 'wsman' }
        @{ line = 'New-Item WSMan:\ -Name x -ApplicationName '; has = 'wsman', 'delay/1/wsman' }

        # Items of the drive
        @{ line = 'New-Item WSMan:\127.20.47.1\Listener -Transport '; has = 'HTTP', 'HTTPS' }
        @{ line = 'New-Item WSMan:\127.20.47.1\Listener -Address '; has = '*', 'IP:', 'MAC:' }
        @{ line = 'New-Item WSMan:\127.20.47.1\Plugin -Capability '; has = 'Get', 'Put', 'Create', 'Delete', 'Invoke',
                'Enumerate', 'Subscribe', 'Shell' }
        @{ line = 'New-Item WSMan:\127.20.47.1\Plugin -Capability Get, e'; has = 'Enumerate'; not = 'Get' }
        @{ line = 'New-Item WSMan:\127.20.47.1\Plugin\microsoft.powershell\Resources -Capability S'
            has = 'Shell', 'Subscribe' }
        @{ line = 'New-Item WSMan:\127.20.47.1\Plugin -XMLRenderingType '; has = 'text', 'XmlReader' }
        @{ line = 'Set-Item WSMan:\localhost\Client\AllowUnencrypted '; has = 'true', 'false' }
        @{ line = 'Set-Item WSMan:\localhost\Client\Auth\Basic -Value T'; has = 'true'; not = 'false' }
        @{ line = 'Set-Item -LiteralPath WSMan:\127.20.47.1\Shell\AllowRemoteShellAccess -Value '
            has = 'true', 'false' }
        @{ line = 'si WSMan:/127.20.47.1/Service/Auth/CbtHardeningLevel '; has = 'Relaxed', 'Strict', 'None' }
        @{ line = 'Set-Item Microsoft.WSMan.Management\WSMan::127.20.47.1\Service\Auth\Kerberos '; has = 'true' }
        @{ line = 'Set-Item WSMan:\127.20.47.1\Plugin\microsoft.powershell\XmlRenderingType '
            has = 'text', 'XmlReader' }
        @{ line = 'Set-Item WSMan:\127.20.47.1\Service\MaxConnections -Value '; not = 'true' }
        @{ line = 'Set-Item WSMan:\127.20.47.1\Plugin\x\InitializationParameters\Enabled -Value '; not = 'true' }
        @{ line = 'Set-Item WSMan:\127.20.47.1\Listener\Listener_1\Transport -Value '; not = 'HTTP', 'HTTPS' }
        @{ line = 'Set-Item /tmp/Enabled -Value '; not = 'true' }
    ) {
        # A literal comparison, because some values are patterns.
        $offered = @(Get-Match $line | ForEach-Object CompletionText)
        foreach ($value in $has) { $offered -ccontains $value | Should -BeTrue -Because "$value is not in: $offered" }
        foreach ($value in $not) { $offered -contains $value | Should -BeFalse -Because "$value is in: $offered" }
        # What a person chooses by is more than the value.
        (Get-Match $line).Where{ $_.ToolTip -in $has } | Should -BeNullOrEmpty
    }

    It 'offers computers for <line>' -ForEach @(
        @{ line = 'Connect-WSMan ' }, @{ line = 'Connect-WSMan -ComputerName ' }, @{ line = 'Test-WSMan ' }
        @{ line = 'Get-WSManInstance x -ComputerName ' }, @{ line = 'Set-WSManInstance x -ComputerName ' }
        @{ line = 'New-WSManInstance x @{} -ComputerName ' }, @{ line = 'Remove-WSManInstance x @{} -cn ' }
        @{ line = 'Invoke-WSManAction x y -ComputerName ' }, @{ line = 'Enable-WSManCredSSP Client ' }
        @{ line = 'Enable-WSManCredSSP Client server02,' }
    ) {
        $matched = Get-Match $line
        $matched.CompletionText | Should -BeExactly $one, $two, 'server01', "'[fe80::1]'"
        $matched.ListItemText | Should -BeExactly $one, $two, 'server01', '[fe80::1]'
        $matched[0].ToolTip | Should -BeLike "Opened, Basic as $userName, https://${one}:*"
        $matched[2].ToolTip | Should -BeLike '*TrustedHosts*'
    }

    It 'offers connected computers alone for <line>' -ForEach @(
        @{ line = 'Disconnect-WSMan ' }, @{ line = 'Get-WSManSession ' }, @{ line = 'Remove-WSManSession ' }
        @{ line = 'Remove-WSManSession -Name ' }
    ) {
        (Get-Match $line).CompletionText | Should -BeExactly $one, $two
    }

    It 'keeps the quote that was typed, and completes behind it: <line>' -ForEach @(
        @{ line = "Test-WSMan 'ser"; offered = "'server01'" }
        @{ line = 'Test-WSMan "ser'; offered = '"server01"' }
        @{ line = 'Test-WSMan [fe'; offered = "'[fe80::1]'" }
        @{ line = "Test-WSMan '[FE80"; offered = "'[fe80::1]'" }
        @{ line = 'Test-WSMan *01'; offered = 'server01' }
        @{ line = 'Get-WSManInstance "winrm/config/win'; offered = '"winrm/config/winrs"' }
        @{ line = "Get-WSManInstance 'winrm/config/win'"; offered = "'winrm/config/winrs'" }
        @{ line = "Set-Item WSMan:\localhost\Client\AllowUnencrypted 'f"; offered = "'false'" }
    ) {
        (Get-Match $line).CompletionText | Should -BeExactly $offered
    }

    It 'compares a pattern as everywhere, whatever the culture of the user' {
        $before = [cultureinfo]::CurrentCulture
        try {
            # There I and i are two letters.
            [cultureinfo]::CurrentCulture = 'tr-TR'
            (Get-Match 'Get-WSManInstance *WIN32_SERVICE').CompletionText | Should -Contain wmicimv2/Win32_Service
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'follows the location in the drive' {
        Set-Location WSMan:\localhost\Client
        try {
            (Get-Match 'Set-Item AllowUnencrypted ').CompletionText | Should -BeExactly 'true', 'false'
            (Get-Match 'Set-Item ./Auth/Basic ').CompletionText | Should -BeExactly 'true', 'false'
        } finally {
            Set-Location WSMan:\
            Set-Location $root
        }
    }

    It 'leaves what others complete for Set-Item -Value' {
        $file = "$(New-Folder)/x.txt"
        Set-Content $file x
        (Get-Match "Set-Item $file -Value $file").CompletionText | Should -BeExactly $file
    }

    It 'asks the completer that was registered before the import, for other drives: <registered>' -ForEach @(
        @{ registered = '-CommandName Set-Item -ParameterName Value' }, @{ registered = '-ParameterName Value' }
    ) {
        $shell = [powershell]::Create()
        try {
            $shown = $shell.AddScript("
                Register-ArgumentCompleter $registered -ScriptBlock { param(`$command, `$parameter, `$word, `$line, `$bound)
                    `"`$command `$parameter `$word `$(`$bound.Path) `$(`$line.CommandElements.Count)`" }
                Import-Module '$module'
                Import-Module '$module' -Force
                foreach (`$line in 'Set-Item /tmp/x -Value ab', 'Set-Item nowhere:\x -Value ab',
                    'Set-Item WSMan:\localhost\Client\AllowUnencrypted -Value t',
                    'Set-Item WSMan:\localhost\Client\URLPrefix -Value zz') {
                    (TabExpansion2 `$line `$line.Length).CompletionMatches | ForEach-Object CompletionText
                }").Invoke()
            $shown | Should -BeExactly 'Set-Item Value ab /tmp/x 4', 'Set-Item Value ab nowhere:\x 4', 'true'
            $shell.Streams.Error | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
    }

    It 'offers connected computers alone, and no error, where the client settings are broken' {
        Set-Content "$env:XDG_CONFIG_HOME/wsman/client.json" '{'
        try {
            $global:Error.Clear()
            (Get-Match 'Test-WSMan ').CompletionText | Should -BeExactly $one, $two
            Get-Match 'Test-WSMan ser' | Should -BeNullOrEmpty
            $global:Error | Should -BeNullOrEmpty
        } finally {
            Set-ClientSetting
        }
    }

    It 'asks no computer, and waits for none' {
        $before = (Get-Count $computer).requests
        Suspend-Computer $computer
        try {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            foreach ($line in "Set-Item WSMan:\$one\Service\AllowUnencrypted ", 'Test-WSMan ', 'Get-WSManInstance ',
                'Invoke-WSManAction wmicimv2/Win32_Service ') {
                Get-Match $line | Should -Not -BeNullOrEmpty
            }
            $watch.Elapsed | Should -BeLessThan (Get-TimeBound '00:00:10')
        } finally {
            Resume-Computer $computer
        }
        (Get-Count $computer).requests | Should -Be $before
    }

    It 'offers the certificates of the user, those with their keys first' {
        # In a process of its own, because .NET finds the store once a process, below HOME.
        $shown = Invoke-Pwsh -Environment @{ HOME = New-Folder home } -Command @'
            Import-Module Portable.WSMan.Management
            $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]
            $store = [Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser')
            $store.Open('ReadWrite')
            function Add-Certificate([string] $Subject, [int] $Days, [switch] $WithoutKey) {
                $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
                $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new($Subject, $key, 'SHA256')
                $until = [DateTimeOffset]::UtcNow.AddDays($Days)
                $made = $request.CreateSelfSigned($until.AddDays(-300), $until)
                $bytes = $WithoutKey ? $made.Export('Cert') : $made.Export('Pfx', 'x')
                $store.Add($certificate::new($bytes, 'x', 'PersistKeySet, Exportable'))
                $made.Thumbprint
            }
            $keyless = Add-Certificate CN=keyless 200 -WithoutKey
            $expired = Add-Certificate CN=expired -10
            $good = Add-Certificate "CN=somebody, O=`e[2JThem" 100
            $store.Dispose()
            foreach ($line in 'Connect-WSMan x -CertificateThumbprint ', 'Test-WSMan -CertificateThumbprint ',
                'Get-WSManInstance x -CertificateThumbprint ', 'New-Item WSMan:\ -Name x -CertificateThumbprint ') {
                $all = (TabExpansion2 $line $line.Length).CompletionMatches
                ($all.ListItemText -join ' ') -ceq "$good $expired $keyless"
            }
            $all.ToolTip
            $line = "Connect-WSMan x -CertificateThumbprint $($good.Substring(0, 20).ToLower())"
            (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText -ceq $good
'@
        $lines = $shown.Lines
        $lines[0..3] | Should -Be (@('True') * 4)
        $lines[4] | Should -BeLike '*CN=somebody*, until 20??-??-??'
        $lines[4] | Should -Not -Match '\e'
        $lines[5] | Should -BeLike 'CN=expired, expired on 20??-??-??'
        $lines[6] | Should -BeLike 'CN=keyless, until 20??-??-??, without its private key'
        $lines[7] | Should -Be True
    }
}
