# What cannot be done below a computer on the drive, what is said of it, and how many requests it takes to know.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.1.1'
    $computer = Start-Computer $one
    $login = $computer.Login
    $credential = $computer.Credential
    $wrongUser = New-Credential -UserName nobody
    $h = "WSMan:\$one"
    $plugin = "$h\Plugin\microsoft.powershell"
    $newPlugin = @{
        Path = "$h\Plugin"; FileName = '%windir%\system32\x.dll'; SDKVersion = 2; Capability = 'Get'
        XMLRenderingType = 'text'
    }

    function Assert-Refused([scriptblock] $Command, [string] $Cmdlet, [string[]] $Text, [int] $Requests) {
        $before = (Get-Count $computer).requests
        Assert-DriveError (Get-OneError $Command) $Cmdlet $Text
        (Get-Count $computer).requests - $before | Should -Be $Requests
        (Get-Item $h).State | Should -Be Opened
    }
}
AfterAll { Stop-Computer $computer }

Describe 'Set-Item on the drive' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'refuses <command> after <requests> requests: <text>' -ForEach @(
        @{ command = { Set-Item WSMan:\ x }; requests = 0; text = 'no value that can be set' }
        @{ command = { Set-Item WSMan:\localhost x }; requests = 0; text = 'no value that can be set' }
        @{ command = { Set-Item $h x }; requests = 0; text = 'no value that can be set' }
        @{ command = { Set-Item $h\Client x }; requests = 0; text = 'container' }
        @{ command = { Set-Item $h\Client\Auth x }; requests = 0; text = 'container' }
        @{ command = { Set-Item $h\Client x -Concatenate }; requests = 0; text = 'container' }
        @{ command = { Set-Item $h\Listener x -Force }; requests = 0; text = 'container' }
        @{ command = { Set-Item $h\Plugin x }; requests = 0; text = 'container' }
        @{ command = { Set-Item $plugin x }; requests = 1; text = 'container' }
        @{ command = { Set-Item $plugin\Quotas x }; requests = 1; text = 'container' }
        @{ command = { Set-Item $h\Client\Nope 1 }; requests = 1; text = 'There is no item WSMan:\' }
        @{ command = { Set-Item $h\Client\Auth\Nope 1 }; requests = 1; text = 'There is no item WSMan:\' }
        @{ command = { Set-Item $h\Nope 1 }; requests = 1; text = 'There is no item WSMan:\' }
        @{ command = { Set-Item $h\Client\TrustedHosts\deeper 1 }; requests = 1; text = 'There is no item WSMan:\' }
        @{ command = { Set-Item $h\Plugin\nope\Enabled true }; requests = 1; text = 'There is no item WSMan:\' }
        @{ command = { Set-Item $plugin\Nope 1 }; requests = 1; text = 'There is no item WSMan:\' }
        @{ command = { Set-Item $plugin\Quotas\Nope 1 }; requests = 1; text = 'There is no item WSMan:\' }
        @{ command = { Set-Item $plugin\InitializationParameters\Nope 1 }; requests = 1
            text = 'There is no item WSMan:\' }
        @{ command = { Set-Item $h\Client\NetworkDelayms abc }; requests = 2; text = '0x80338056' }
        @{ command = { Set-Item $h\Client\NetworkDelayms 1 }; requests = 2; text = '0x80338056' }
        @{ command = { Set-Item $h\Client\AllowUnencrypted maybe }; requests = 2; text = '0x80338056' }
        @{ command = { Set-Item $h\Service\AllowRemoteAccess false }; requests = 2; text = '0x8033813F' }
        @{ command = { Set-Item $h\Shell\MaxShellRunTime 1 }; requests = 2; text = '0x803381AE' }
        @{ command = { Set-Item $h\Service\Auth\CbtHardeningLevel Loose }; requests = 2; text = '0x803381B8' }
        @{ command = { Set-Item $h\Client\TrustedHosts 'a b,' -Force }; requests = 2; text = '0x8033809F' }
        @{ command = { Set-Item $h\Client\TrustedHosts a, b -Force }; requests = 0; text = 'System.String' }
        @{ command = { Set-Item $h\Client\TrustedHosts 5 -Force }; requests = 0; text = 'System.String' }
        @{ command = { Set-Item $h\Service\RootSDDL 5 -Force }; requests = 0; text = 'System.String' }
        @{ command = { Set-Item $h\Client\NetworkDelayms 1, 2 }; requests = 1; text = 'no form in XML' }
        @{ command = { Set-Item $h\Client\NetworkDelayms @{ a = 1 } }; requests = 1; text = 'no form in XML' }
        @{ command = { Set-Item $h\Client\NetworkDelayms $credential }; requests = 1; text = 'secret' }
        @{ command = { Set-Item $h\Client\URLPrefix "$([char] 0xd800)x" }; requests = 1; text = 'surrogate' }
        @{ command = { Set-Item $plugin\Name other }; requests = 1; text = 'cannot be changed' }
        @{ command = { Set-Item $plugin\xmlns other }; requests = 1; text = 'cannot be changed' }
        @{ command = { Set-Item $plugin\RunAsUser tester }; requests = 1
            text = 'System.Management.Automation.PSCredential' }
        @{ command = { Set-Item $plugin\RunAsPassword x }; requests = 1; text = 'System.Security.SecureString' }
        @{ command = { Set-Item $plugin\RunAsPassword $credential.Password }; requests = 1; text = 'no RunAsUser' }
        @{ command = { Set-Item $plugin\Quotas\IdleTimeoutms 1000 }; requests = 2; text = '0x80338056' }
        @{ command = { Set-Item $plugin\Filename c:\x.dll }; requests = 2; text = '0x80338191' }
        @{ command = { $r = (Get-ChildItem $plugin\Resources).PSPath; Set-Item $r\ResourceUri x }; requests = 2
            text = 'cannot be changed' }
        @{ command = { $r = (Get-ChildItem $plugin\Resources).PSPath; Set-Item $r\Capability Get }; requests = 2
            text = 'cannot be changed' }
    ) {
        Assert-Refused $command SetItem $text $requests
    }

    It 'refuses $null for <path>, as Windows does' -ForEach @(
        @{ path = 'Client\NetworkDelayms' }, @{ path = 'Client\TrustedHosts' }, @{ path = 'MaxTimeoutms' }
        @{ path = 'Listener\Listener_2132651585\Port' }
    ) {
        $failure = Get-OneError { Set-Item $h\$path $null -Force }
        Assert-DriveError $failure SetItem "$h\$path", '$null' -Id System.ArgumentException
    }

    It 'does not end at a listener that the server refuses to change' {
        $path = "$h\Listener\Listener_2132651585\Address"
        $failure = Get-OneError { Set-Item $path IP:1.2.3.4 -Force }
        $id = 'COMException,Microsoft.PowerShell.Commands.SetItemCommand'
        Assert-Error $failure $id InvalidOperation $null '0x803380ED'
        Set-Item $path IP:1.2.3.4 -Force -ErrorAction SilentlyContinue
        (Get-Item $path).Value | Should -Be *
    }
}

Describe 'Clear-Item on the drive' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'refuses <command> after <requests> requests: <text>' -ForEach @(
        @{ command = { Clear-Item $h }; requests = 0; text = 'no value that can be set' }
        @{ command = { Clear-Item $plugin\RunAsPassword }; requests = 2; text = 'Clear RunAsUser' }
    ) {
        Assert-Refused $command ClearItem $text $requests
    }
}

Describe 'New-Item on the drive' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'refuses <command> after <requests> requests: <text>' -ForEach @(
        @{ command = { New-Item $h -Name Listener }; requests = 0; text = 'cannot be made here' }
        @{ command = { New-Item $h\Client -Name x }; requests = 0; text = 'cannot be made here' }
        @{ command = { New-Item $h\Client\Auth\x }; requests = 0; text = 'cannot be made here' }
        @{ command = { New-Item $plugin -Name x }; requests = 0; text = 'cannot be made here' }
        @{ command = { New-Item $h\Listener -Address * -Transport HTTP -Force }; requests = 1; text = '0x80338033' }
        @{ command = { New-Item $h\Listener -Address * -Transport FTP -Force }; requests = 1; text = '0x8033805D' }
        @{ command = {
                $how = @{ Transport = 'HTTPS'; CertificateThumbPrint = '0' * 40 }
                New-Item $h\Listener -Address IP:9.9.9.9 @how -Force
            }; requests = 1; text = '0x80338082' }
        @{ command = { New-Item $h\ClientCertificate -Issuer xyz -Force }; requests = 1; text = '0x80338162' }
        @{ command = { New-Item $h\ClientCertificate -Issuer ('b' * 40) -Force }; requests = 1; text = '0x8033816B' }
        @{ command = { New-Item @newPlugin -Plugin microsoft.powershell -Resource http://x/y }; requests = 1
            text = '0x80338033' }
        @{ command = { New-Item @newPlugin -Plugin y -Resource http://x/y -RunAsCredential $wrongUser }; requests = 1
            text = '0x803381C3' }
        @{ command = { New-Item $plugin\InitializationParameters -ParamName psversion -ParamValue 1 }; requests = 1
            text = 'already' }
        @{ command = {
                $uri = 'http://schemas.microsoft.com/powershell/Microsoft.PowerShell'
                New-Item $plugin\Resources -Capability Shell -ResourceUri $uri
            }; requests = 1; text = 'already' }
        @{ command = { New-Item $h\Plugin\nope\Resources -ResourceUri http://x/y -Capability Shell }; requests = 1
            text = 'There is no item' }
        @{ command = { New-Item $plugin\Resources\Resource_1\Security -Sddl x -Force }; requests = 1
            text = 'There is no item' }
    ) {
        Assert-Refused $command NewItem $text $requests
    }

    It 'refuses a computer that is not connected' {
        $failure = Get-OneError { New-Item WSMan:\nobody\Listener -Address * -Transport HTTP }
        Assert-DriveError $failure NewItem 'no connection to nobody' -Id System.ArgumentException
    }

    It 'sends no plugin from a file that holds <content>' -ForEach @(
        @{ content = '<a>'; text = 'does not hold an XML document' }
        @{ content = ''; text = 'does not hold an XML document' }
        @{ content = "<!DOCTYPE x [<!ENTITY e 'e'>]><PlugInConfiguration xmlns=" +
                "'http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration'>&e;</PlugInConfiguration>"
            text = 'DTD' }
        @{ content = '<other/>'; text = 'root is other' }
        @{ content = '<PlugInConfiguration/>'; text = 'PluginConfiguration' }
    ) {
        $file = "$(New-Folder)/p.xml"
        Set-Content $file $content -NoNewline
        Assert-Refused { New-Item $h\Plugin -Name p -File $file } NewItem $text, $file 0
    }

    It 'does not end at a file of a plugin that is missing' {
        $failure = Get-OneError { New-Item $h\Plugin -Name p -File /nowhere/p.xml }
        $id = 'FileNotFoundException,Microsoft.PowerShell.Commands.NewItemCommand'
        Assert-Error $failure $id InvalidOperation $null /nowhere/p.xml
        New-Item $h\Plugin -Name p -File /nowhere/p.xml -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}

Describe 'Remove-Item on the drive' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'refuses <command> after <requests> requests' -ForEach @(
        @{ command = { Remove-Item WSMan:\ -Recurse }; requests = 0 }
        @{ command = { Remove-Item $h\Client -Recurse }; requests = 1 }
        @{ command = { Remove-Item $plugin\Enabled }; requests = 3 }
        @{ command = { Remove-Item $plugin\Quotas -Recurse }; requests = 3 }
    ) {
        Assert-Refused $command RemoveItem 'cannot be removed' $requests
    }
}

Describe 'An item of the drive that is not there' {
    BeforeEach { Connect-WSMan $one @login }
    AfterEach { Disconnect-EveryComputer }

    It 'is not found by <command>' -ForEach @(
        @{ cmdlet = 'GetItem'; command = { Get-Item $h\Nope } }
        @{ cmdlet = 'GetItem'; command = { Get-Item $h\Client\Nope } }
        @{ cmdlet = 'GetItem'; command = { Get-Item $h\Listener\Listener_0 } }
        @{ cmdlet = 'GetItem'; command = { Get-Item WSMan:\nobody\Client } }
        @{ cmdlet = 'GetItem'; command = { Get-Item WSMan:\localhost\Service } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $h\Client\TrustedHosts\x } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem $h\Plugin\nope } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem -LiteralPath "$h\Plugin\no[pe" } }
        @{ cmdlet = 'GetChildItem'; command = { Get-ChildItem -LiteralPath $h\Plugin\* } }
        @{ cmdlet = 'SetLocation'; command = { Set-Location $h\Client\Nope } }
        @{ cmdlet = 'RemoveItem'; command = { Remove-Item $h\Listener\Listener_0 -Recurse } }
        @{ cmdlet = 'RemoveItem'; command = { Remove-Item $h\Plugin\nope -Recurse } }
        @{ cmdlet = 'RemoveItem'; command = { Remove-Item $plugin\InitializationParameters\nope } }
        @{ cmdlet = 'ClearItem'; command = { Clear-Item WSMan:\nobody\Client\TrustedHosts } }
    ) {
        Assert-PathNotFound (Get-OneError $command) $cmdlet
    }
}
