# winrm/config/client of the local computer is the client settings of the user, which no service is asked for.
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $file = "$env:XDG_CONFIG_HOME/wsman/client.json"
    $client = 'WSMan:\localhost\Client'
    $namespace = 'http://schemas.microsoft.com/wbem/wsman/1/config'

    # A file of a document, with the root and what is in it.
    function New-Document([string] $Root, [string] $Inner, [string] $Of = $namespace) {
        $path = "$(New-Folder)/document.xml"
        Set-Content $path "<c:$Root xmlns:c=""$Of"">$Inner</c:$Root>"
        $path
    }
}

Describe 'Set-WSManInstance of the client settings' {
    BeforeEach { Set-ClientSetting @{ TrustedHosts = 'a' } }

    It 'changes what the drive shows, and the drive what it shows' {
        Set-WSManInstance -ResourceURI winrm/config/client -ValueSet @{TrustedHosts='own1'} | Out-Null
        (gi WSMan:\localhost\Client\TrustedHosts).Value | Should -BeExactly own1
        Set-Item WSMan:\localhost\Client\TrustedHosts own2 -Force
        (Get-WSManInstance winrm/config/client).TrustedHosts | Should -BeExactly own2
    }

    It 'changes several settings at once, in any letter case, and writes the changed element' {
        $answer = Set-WSManInstance WinRM/Config/Client -ValueSet @{
            TRUSTEDHOSTS = 'x,y'; networkdelayms = 700; allowUnencrypted = $true; ConnectTimeoutms = '4000' }
        $answer.Name | Should -BeExactly cfg:Client
        $answer.TrustedHosts, $answer.NetworkDelayms, $answer.AllowUnencrypted, $answer.ConnectTimeoutms |
            Should -BeExactly 'x,y', '700', 'true', '4000'
        $written = Get-Content $file -Raw | ConvertFrom-Json
        $written.TrustedHosts, $written.NetworkDelayms, $written.AllowUnencrypted | Should -Be 'x,y', 700, $true
    }

    It 'changes <resource>' -ForEach @(
        @{ resource = 'winrm/config/client/auth'; values = @{ Basic = 'false'; credssp = $true }; path = 'Client\Auth' }
        @{ resource = 'winrm/config/client/DefaultPorts/'; values = @{ HTTP = 81; HTTPS = '444' }; path = 'Client\DefaultPorts' }
    ) {
        $answer = Set-WSManInstance $resource -ValueSet $values
        foreach ($name in $values.Keys) {
            $text = "$($values.$name)".ToLowerInvariant()
            $answer.$name | Should -BeExactly $text
            (Get-Item "WSMan:\localhost\$path\$name").Value | Should -BeExactly $text
        }
    }

    It 'empties a list' {
        (Set-WSManInstance winrm/config/client -ValueSet @{ TrustedHosts = '' }).TrustedHosts | Should -BeNullOrEmpty
        (Get-Item $client\TrustedHosts).Value | Should -BeExactly ''
    }

    It 'changes a fragment, and writes it as a string' {
        Set-WSManInstance winrm/config/client/auth -Fragment Basic -ValueSet @{ Basic = 'false' } |
            Should -BeExactly 'Basic = false'
        (Get-Item $client\Auth\Basic).Value | Should -BeExactly false
        Set-WSManInstance winrm/config/client -Fragment Auth/Basic -ValueSet @{ Basic = 'true' } | Should -BeNullOrEmpty
        (Get-Item $client\Auth\Basic).Value | Should -BeExactly true
    }

    It 'takes back the document that was read, with what was changed in it' {
        $document = Get-WSManInstance winrm/config/client
        $document.TrustedHosts = 'from,file'
        $document.Auth.Digest = 'false'
        $document.ExitTimeoutms = '900'
        $path = "$(New-Folder)/client.xml"
        $document.OwnerDocument.Save($path)
        $before = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable
        $answer = Set-WSManInstance winrm/config/client -FilePath $path
        $answer.TrustedHosts, $answer.Auth.Digest, $answer.ExitTimeoutms | Should -BeExactly 'from,file', 'false', '900'
        # What is as it was is not written: a default stays one.
        $written = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable
        ($written.Keys | Sort-Object) | Should -Be (@($before.Keys) + 'Auth' + 'ExitTimeoutms' | Sort-Object)
    }

    It 'leaves what a document does not have' {
        $path = New-Document Client '<c:Auth><c:Basic>false</c:Basic></c:Auth>'
        $answer = Set-WSManInstance winrm/config/client -FilePath $path
        $answer.Auth.Basic, $answer.Auth.Digest, $answer.TrustedHosts | Should -BeExactly 'false', 'true', 'a'
    }

    It 'writes the settings as they are where nothing is given' {
        $before = Get-Content $file -Raw
        (Set-WSManInstance winrm/config/client).TrustedHosts | Should -BeExactly a
        Get-Content $file -Raw | Should -BeExactly $before
    }

    It 'only says what it would change with -WhatIf' {
        $before = Get-Content $file -Raw
        $prompt = Start-Prompt
        $shown = Read-Prompt $prompt "Set-WSManInstance winrm/config/client -ValueSet @{ TrustedHosts = 'b' } -WhatIf"
        $null = Wait-Pwsh $prompt
        $shown | Should -BeLike '*What if: Performing the operation "Set-WSManInstance" on target "winrm/config/client on localhost".'
        Get-Content $file -Raw | Should -BeExactly $before
    }

    It 'changes nothing if one of the values cannot be had: <values.Keys>' -ForEach @(
        @{ values = [ordered]@{ TrustedHosts = 'b'; NetworkDelayms = 1 }; text = 'NetworkDelayms must be a whole number from 500' }
        @{ values = [ordered]@{ TrustedHosts = 'b'; AllowUnencrypted = 'maybe' }; text = 'AllowUnencrypted must be true or false' }
        @{ values = [ordered]@{ TrustedHosts = 'a b c' }; text = 'TrustedHosts holds "a b c"' }
        @{ values = [ordered]@{ TrustedHosts = 'b'; Nope = '1' }; text = 'There is no Nope in winrm/config/client', 'TrustedHosts' }
        @{ values = [ordered]@{ TrustedHosts = 'b'; Auth = 'x' }; text = 'Auth of winrm/config/client is a group', 'winrm/config/client/auth' }
        @{ values = [ordered]@{ TrustedHosts = 'b', 'c' }; text = 'The value of TrustedHosts must be one text' }
        @{ values = [ordered]@{ TrustedHosts = $null }; text = 'The value of TrustedHosts must be one text' }
        @{ values = [ordered]@{ TrustedHosts = [securestring]::new() }; text = 'The value of TrustedHosts is a secret' }
        @{ values = [ordered]@{ MaxEnvelopeSizekb = 900 }; text = 'There is no MaxEnvelopeSizekb in winrm/config/client' }
    ) {
        $failure = Get-ErrorWithoutChange { Set-WSManInstance winrm/config/client -ValueSet $values }
        Assert-WSManError $failure SetWSManInstance winrm/config/client $text
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'the document of something else'; text = 'its root is c:Service, and has to be Client'
            command = { Set-WSManInstance winrm/config/client -FilePath (New-Document Service '') } }
        @{ what = 'a document of another namespace'; text = 'its root is c:Client'
            command = { Set-WSManInstance winrm/config/client -FilePath (New-Document Client '' -Of urn:x) } }
        @{ what = 'a document with more than a client has'; text = 'There is no Service in winrm/config/client'
            command = {
                Set-WSManInstance winrm/config/client -FilePath (New-Document Client '<c:TrustedHosts>b</c:TrustedHosts><c:Service/>')
            } }
        @{ what = 'a document for a fragment'; text = 'Give -ValueSet with -Fragment'
            command = { Set-WSManInstance winrm/config/client -Fragment Auth -FilePath (New-Document Client '') } }
        @{ what = 'a value outside of the fragment'; text = 'There is no Digest in winrm/config/client/auth'; target = 'winrm/config/client/auth'
            command = { Set-WSManInstance winrm/config/client/auth -Fragment Basic -ValueSet @{ Digest = 'false' } } }
        @{ what = 'selectors'; text = 'Selectors have no meaning'
            command = { Set-WSManInstance winrm/config/client @{ a = 'b' } -ValueSet @{ TrustedHosts = 'b' } } }
        @{ what = 'options'; text = 'Options have no meaning'
            command = { Set-WSManInstance winrm/config/client -OptionSet @{ a = 'b' } -ValueSet @{ TrustedHosts = 'b' } } }
        @{ what = 'a dialect'; text = 'Dialects have no meaning'
            command = { Set-WSManInstance winrm/config/client -Dialect urn:x -Fragment Auth -ValueSet @{ Auth = 'b' } } }
    ) {
        Assert-WSManError (Get-ErrorWithoutChange $command) SetWSManInstance ($target ?? 'winrm/config/client') $text
    }
}

# Whoever has connected localhost once in a process means that service, so this is a process that never has.
Describe 'winrm/config where localhost was never connected' {
    BeforeAll { $fresh = Start-Pwsh @('-Command', '-') }
    AfterAll { $null = Wait-Pwsh $fresh }
    BeforeEach { Set-ClientSetting @{ TrustedHosts = 'a' } }

    It 'is as much of it as a client has' {
        $said = Invoke-Script $fresh @'
            $c = Get-WSManInstance winrm/config
            $c.Name, $c.NamespaceURI, ($c.ChildNodes.LocalName -join ' ')
            $c.MaxEnvelopeSizekb, $c.Client.Auth.Basic, $c.Client.FirstChild.NamespaceURI
'@
        $said.Lines | Should -BeExactly cfg:Config, $namespace, 'MaxEnvelopeSizekb MaxTimeoutms MaxBatchItems Client', 500,
            true, $namespace
    }

    It 'is changed with <how>' -ForEach @(
        @{ how = 'values'; with = '-ValueSet @{ MaxEnvelopeSizekb = 8192; maxtimeoutms = "1800000" }' }
        @{ how = 'a document'; with = "-FilePath '{0}'" }
    ) {
        $document = New-Document Config ('<c:MaxEnvelopeSizekb>8192</c:MaxEnvelopeSizekb>' +
            '<c:MaxTimeoutms>1800000</c:MaxTimeoutms><c:Client><c:TrustedHosts>a</c:TrustedHosts></c:Client>')
        $line = "Set-WSManInstance winrm/config $($with -replace '\{0\}', $document)"
        (Invoke-Script $fresh "`$c = $line; `$c.MaxEnvelopeSizekb, `$c.Client.TrustedHosts").Lines | Should -BeExactly 8192, a
        (Get-Item WSMan:\localhost\MaxEnvelopeSizekb).Value | Should -BeExactly '8192'
        (Get-Item WSMan:\localhost\MaxTimeoutms).Value | Should -BeExactly '1800000'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'to set a group'; line = 'Set-WSManInstance winrm/config -ValueSet @{ Client = "x" }'; text = 'Client of winrm/config is a group' }
        @{ what = 'an action'; line = 'Invoke-WSManAction winrm/config Restore'; text = 'winrm/config of this computer is your own' }
    ) {
        (Invoke-Script $fresh $line).Output | Should -BeLike "*failed: $text*"
    }
}
