# Every command takes every form of a path, and every path that an item has leads back to it.
BeforeDiscovery {
    # {0} is the computer, {1} a container in it and {2} an item in that. At is where one stands.
    $provider = 'Microsoft.WSMan.Management\WSMan::'
    $forms = @(
        'WSMan:\{0}\{1}\{2}', 'WSMan:/{0}/{1}/{2}', 'wsman:\{0}/{1}\{2}\', 'WSMan:\\{0}\\{1}\\{2}', 'Other:\{0}\{1}\{2}'
        'WSMan:\.\{0}\Shell\..\{1}\.\{2}', 'WSMan:/localhost/../{0}/{1}/Nope/../{2}', 'WSMan:\{0}\..\..\{0}\{1}\{2}'
        'WSMan::{0}\{1}\{2}', 'WSMan::{0}/{1}/{2}', 'WSMan::WSMan/{0}/{1}/{2}', 'WSMan::{0}\Shell\..\{1}\.\{2}'
        "${provider}{0}\{1}\{2}", "${provider}{0}/{1}/{2}/", "${provider}WSMan\{0}\{1}\{2}"
        "${provider}WSMan/{0}/{1}\{2}"
    ).ForEach{ @{ form = $_; at = '/' } }
    $forms += foreach ($at in 'WSMan:\{0}', "${provider}WSMan/{0}/") {
        '{1}\{2}', './{1}/{2}', '.\Shell\..\{1}\{2}', '..\{0}\{1}\{2}' | ForEach-Object { @{ form = $_; at = $at } }
    }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one = '127.20.1.1'
    $computer = Start-Computer $one -Option '--name', 'wsman'
    $login = $computer.Login
    $provider = 'Microsoft.WSMan.Management\WSMan::'
    $null = New-PSDrive Other -PSProvider WSMan -Root ''
    Connect-WSMan $one @login
}
AfterAll {
    Set-Location $root
    Disconnect-EveryComputer
    Stop-Computer $computer
}

Describe 'The path <form> from <at>' -ForEach $forms {
    BeforeAll {
        # The path of an item, or of a container.
        function Get-Form([string] $Container, [string] $Item) { $form -f $one, $Container, $Item }
        function Get-ContainerForm([string] $Container) { (Get-Form $Container x) -replace '[\\/]x[\\/]?$' }

        $delay = Get-Form Client NetworkDelayms
        $client = Get-ContainerForm Client
        $own = "${provider}$one\Client\NetworkDelayms"
    }
    BeforeEach { Set-Location ($at -f $one) }
    AfterEach {
        Set-Location WSMan:\
        Set-Location $root
    }

    It 'is taken by Get-Item and Test-Path' {
        (Get-Item $delay).PSPath, (Get-Item -LiteralPath $delay).PSPath | Should -BeExactly $own, $own
        (Get-Item $delay).PSParentPath | Should -BeExactly "${provider}$one\Client"
        Test-Path $delay | Should -BeTrue
        Test-Path -LiteralPath $delay -PathType Leaf | Should -BeTrue
        Test-Path (Get-Form Client Nope) | Should -BeFalse
    }

    It 'is taken by Get-ChildItem' {
        $items = Get-ChildItem $client
        $items.PSParentPath | Select-Object -Unique | Should -BeExactly "${provider}$one\Client"
        $items.PSPath | Should -Contain $own
        Get-ChildItem $client -Name | Should -BeExactly $items.Name
        (Get-ChildItem (Get-Form Client 'Net*')).PSPath | Should -BeExactly $own
        (Get-Item $client | Get-ChildItem).Name | Should -BeExactly $items.Name
    }

    It 'is taken by Set-Item' {
        Set-Item $delay 5001
        (Get-Item WSMan:\$one\Client\NetworkDelayms).Value | Should -Be 5001
        Set-Item -LiteralPath $delay 5000
        (Get-Item WSMan:\$one\Client\NetworkDelayms).Value | Should -Be 5000
    }

    It 'is taken by New-Item and Remove-Item' {
        $new = @{ Address = 'IP:127.0.0.9'; Transport = 'HTTP'; Force = $true }
        $made = New-Item (Get-ContainerForm Listener) @new
        $made.PSPath | Should -BeExactly "${provider}$one\Listener\$($made.Name)"
        Remove-Item (Get-Form Listener $made.Name) -Recurse
        Test-Path $made.PSPath | Should -BeFalse
    }

    It 'is resolved' {
        $resolved = Resolve-Path $delay
        (Get-Item -LiteralPath $resolved.Path).PSPath | Should -BeExactly $own
        (Get-Item -LiteralPath "WSMan::$($resolved.ProviderPath)").PSPath | Should -BeExactly $own
        (Get-Item -LiteralPath "WSMan::$(Convert-Path $delay)").PSPath | Should -BeExactly $own
    }

    It 'is taken apart and put together' {
        Split-Path $delay -Leaf | Should -BeExactly NetworkDelayms
        (Get-Item (Split-Path $delay)).PSPath | Should -BeExactly "${provider}$one\Client"
        (Get-Item (Join-Path $client NetworkDelayms)).PSPath | Should -BeExactly $own
    }

    It 'is a place to go to' {
        Push-Location $client
        (Get-Item NetworkDelayms).PSPath | Should -BeExactly $own
        $PWD.ProviderPath | Should -BeExactly $one\Client
        $PWD.Path | Should -Not -Match '[\\/]$'
        Pop-Location
        Set-Location $client
        (Get-ChildItem | Where-Object Name -EQ NetworkDelayms).PSPath | Should -BeExactly $own
        Set-Location ../Service/
        (Get-Item .).PSPath | Should -BeExactly "${provider}$one\Service"
        $PWD.Path | Should -Not -Match '[\\/]$'
    }
}

Describe 'The path that an item has' {
    AfterEach {
        Set-Location WSMan:\
        Set-Location $root
    }

    It 'is that of Windows: <what>' -ForEach @(
        @{ what = 'the root'; get = { Get-Item WSMan:\ }; path = 'WSMan'; parent = $null }
        @{ what = 'a computer'; get = { Get-Item WSMan:\$one }; path = 'WSMan\127.20.1.1'; parent = 'WSMan' }
        @{ what = 'a computer in the list'; get = { Get-ChildItem WSMan:\ | Select-Object -Last 1 }
            path = '127.20.1.1'; parent = $null }
        @{ what = 'a section'; get = { Get-Item WSMan:\$one\Client }; path = '127.20.1.1\Client'; parent = '127.20.1.1' }
        @{ what = 'a client setting'; get = { Get-Item WSMan:\localhost\Client\TrustedHosts }
            path = 'localhost\Client\TrustedHosts'; parent = 'localhost\Client' }
        @{ what = 'a listener'; get = { Get-ChildItem WSMan:\$one\Listener }
            path = '127.20.1.1\Listener\Listener_2132651585'; parent = '127.20.1.1\Listener' }
        @{ what = 'a quota'; get = { Get-Item WSMan:\$one\Plugin\microsoft.powershell\Quotas\MaxShells }
            path = '127.20.1.1\Plugin\microsoft.powershell\Quotas\MaxShells'
            parent = '127.20.1.1\Plugin\microsoft.powershell\Quotas' }
    ) {
        $item = & $get
        $item.PSPath | Should -BeExactly "$provider$path"
        $item.PSParentPath | Should -BeExactly ($parent ? "$provider$parent" : '')
        $item.PSChildName | Should -BeExactly $item.Name
        $item.PSDrive, $item.PSProvider.Name | Should -Be WSMan, WSMan
        (Get-Item -LiteralPath $item.PSPath).Name | Should -BeExactly $item.Name
        Test-Path -LiteralPath $item.PSPath | Should -BeTrue
        Split-Path $item.PSPath -Leaf | Should -BeExactly $item.Name
        Split-Path $item.PSPath | Should -BeExactly $item.PSParentPath
        if ($parent) {
            $above = Get-Item $item.PSParentPath
            (Get-ChildItem -LiteralPath $above.PSPath).Name | Should -Contain $item.Name
            Join-Path $item.PSParentPath $item.PSChildName | Should -BeExactly $item.PSPath
        }
        if ($item.PSIsContainer) {
            Set-Location -LiteralPath $item.PSPath
            $PWD.Path | Should -BeExactly ($item.PSPath -replace '::WSMan\\?', '::')
            (Get-ChildItem).PSPath | Should -BeExactly (Get-ChildItem -LiteralPath $item.PSPath).PSPath
        }
    }

    It 'is cut at backslashes by scripts: <script>' -ForEach @(
        @{ script = { (Get-ChildItem WSMan:\$one\Listener)[0].PSPath.Split('\')[-1] }; is = 'Listener_2132651585' }
        @{ script = { (Get-ChildItem WSMan:\$one\Listener).PSPath -replace '.*\\' }; is = 'Listener_2132651585' }
        @{ script = { @(Get-ChildItem WSMan:\$one -Recurse | Where-Object PSParentPath -Match 'Service\\Auth$').Count }
            is = 6 }
        @{ script = { @(Get-ChildItem WSMan:\$one -Recurse | Where-Object PSParentPath -Like '*Service\Auth').Count }
            is = 6 }
        @{ script = { Set-Location WSMan:\$one\Client; (Get-Location).Path, $PWD.ProviderPath }
            is = 'WSMan:/127.20.1.1/Client', '127.20.1.1\Client' }
        @{ script = { Split-Path WSMan:\$one\Client; Split-Path WSMan:/$one/Client; Join-Path WSMan:\$one Client/Auth }
            is = 'WSMan:\127.20.1.1', 'WSMan:/127.20.1.1', 'WSMan:\127.20.1.1\Client\Auth' }
    ) {
        & $script | Should -BeExactly $is
    }

    It 'leads to the item from another one: <to>' -ForEach @(
        @{ to = 'WSMan:\localhost\Client'; relative = '../../localhost/Client' }
        @{ to = 'WSMan:\127.20.1.1\Service\Auth'; relative = '../Service/Auth' }
        @{ to = 'WSMan:\127.20.1.1\Client\Auth\Basic'; relative = 'Auth/Basic' }
    ) {
        Set-Location WSMan:\$one\Client
        $way = Resolve-Path $to -Relative
        $way | Should -BeExactly $relative
        (Get-Item $way).PSPath | Should -BeExactly (Get-Item $to).PSPath
        Get-ChildItem ..\ -Name | Should -Contain Client
        $completed = (TabExpansion2 'Get-Item ../../loc' 18).CompletionMatches.CompletionText
        $completed | Should -BeExactly ../../localhost
    }
}

# Only a proxy knows the name: whatever it is asked for, that is the one computer.
Describe 'A computer called wsman' {
    BeforeAll {
        $listener = [Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        $tunnel = Start-BackgroundScript {
            while ($true) {
                try { $client = $listener.AcceptTcpClient().GetStream() } catch { return }
                $head = [IO.StreamReader]::new($client, [Text.Encoding]::ASCII, $false, 1, $true)
                while ($head.ReadLine()) { }
                $server = [Net.Sockets.TcpClient]::new($one, $port).GetStream()
                $client.Write([Text.Encoding]::ASCII.GetBytes("HTTP/1.1 200 Connected`r`n`r`n"))
                $null = $client.CopyToAsync($server)
                $null = $server.CopyToAsync($client)
            }
        } @{ listener = $listener; one = $one; port = $computer.Https }
        $env:https_proxy = "http://127.0.0.1:$($listener.LocalEndpoint.Port)"
        $env:no_proxy = $one
        $option = New-WSManSessionOption -ProxyAuthentication Basic -ProxyCredential $computer.Credential
        $item = New-Item WSMan:\ -Name WSMan @login -SessionOption $option
    }
    AfterAll {
        Remove-Item env:https_proxy, env:no_proxy
        Disconnect-WSMan wsman
        $listener.Stop()
        $null = Wait-BackgroundScript $tunnel
    }
    AfterEach {
        Set-Location WSMan:\
        Set-Location $root
    }

    It 'is there by every path that is written for it' {
        Set-Location WSMan:\
        $written = @(
            $item.PSPath
            (Get-ChildItem WSMan:\ | Where-Object Name -EQ wsman).PSPath
            (Get-Item wsman).PSPath
            (Resolve-Path wsm*).Path
            (Resolve-Path wsm*).ProviderPath | ForEach-Object { "WSMan::$_" }
            Convert-Path WSMan | ForEach-Object { "WSMan::$_" }
            (TabExpansion2 'Get-Item WSMan:\ws' 18).CompletionMatches.CompletionText
            Join-Path WSMan:\ WSMan
            Split-Path WSMan:\WSMan\Client
            (Get-Item wsman\Client).PSParentPath
        )
        foreach ($path in $written) {
            Test-Path $path | Should -BeTrue -Because $path
            (Get-Item -LiteralPath $path).State | Should -Be Opened -Because $path
            (Get-ChildItem $path\Client).PSPath | Should -Contain "${provider}wsman\Client\TrustedHosts" -Because $path
            Set-Location $path
            $PWD.ProviderPath | Should -BeExactly wsman -Because $path
            (Get-Item Client).PSPath | Should -BeExactly "${provider}wsman\Client" -Because $path
            Assert-WSManError (Get-OneError { Disconnect-WSMan wsman }) DisconnectWSMan wsman 'Set-Location '
            Set-Location WSMan:\
        }
        Get-ChildItem WSMan:\wsman -Recurse | ForEach-Object {
            if ((Get-Item -LiteralPath $_.PSPath).PSPath -cne $_.PSPath) { $_.PSPath }
        } | Should -BeNullOrEmpty
    }

    It 'is not the root, which has these letters in a provider-qualified path' {
        foreach ($path in 'WSMan::WSMan', "${provider}WSMan", 'WSMan:\', 'WSMan::', 'WSMan:\wsman\..') {
            (Get-Item $path).PSPath | Should -BeExactly "${provider}WSMan"
            (Get-ChildItem $path).Name | Should -Contain wsman
        }
    }
}
