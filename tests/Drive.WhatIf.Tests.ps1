# -WhatIf, $WhatIfPreference and -Confirm: every command that changes something, at every kind of item. What is only to
# be told is told in one line, and nothing happens.
BeforeDiscovery {
    # The kinds of items. A command on a container or a setting that cannot be carried out may be refused instead.
    $items = @(
        @{ kind = 'root'; path = 'WSMan:\' }
        @{ kind = 'computer'; path = '$h' }
        @{ kind = 'localhost'; path = 'WSMan:\localhost' }
        @{ kind = 'client setting'; path = 'WSMan:\localhost\Client\TrustedHosts' }
        @{ kind = 'setting of the root'; path = '$h\MaxTimeoutms' }
        @{ kind = 'section'; path = '$h\Service' }
        @{ kind = 'section in a section'; path = '$h\Service\Auth' }
        @{ kind = 'setting'; path = '$h\Client\NetworkDelayms' }
        @{ kind = 'container of listeners'; path = '$h\Listener' }
        @{ kind = 'listener'; path = '$h\Listener\Listener_2132651585' }
        @{ kind = 'setting of a listener'; path = '$h\Listener\Listener_2132651585\Port' }
        @{ kind = 'container of mappings'; path = '$h\ClientCertificate' }
        @{ kind = 'mapping'; path = '$mapping' }
        @{ kind = 'setting of a mapping'; path = '$mapping\Enabled' }
        @{ kind = 'container of plugins'; path = '$h\Plugin' }
        @{ kind = 'plugin'; path = '$plugin' }
        @{ kind = 'setting of a plugin'; path = '$plugin\Enabled' }
        @{ kind = 'quota'; path = '$plugin\Quotas\MaxShells' }
        @{ kind = 'container of parameters'; path = '$plugin\InitializationParameters' }
        @{ kind = 'parameter'; path = '$plugin\InitializationParameters\PSVersion' }
        @{ kind = 'container of resources'; path = '$plugin\Resources' }
        @{ kind = 'resource'; path = '$resource' }
        @{ kind = 'security'; path = '$security' }
        @{ kind = 'setting of a security'; path = '$security\Sddl' })
    $verbs = 'Set-Item {0} x -Force', 'Clear-Item {0} -Force', 'Remove-Item {0} -Recurse -Force', 'Set-Content {0} x',
        'Set-ItemProperty {0} Name x', 'Clear-ItemProperty {0} Name', 'Remove-ItemProperty {0} Name',
        'New-ItemProperty {0} Name x', 'Rename-Item {0} x', 'Copy-Item {0} WSMan:\x', 'Move-Item {0} WSMan:\x',
        'Invoke-Item {0}'
    # What New-Item makes, and the drives and cmdlets.
    $new = @(
        'New-Item WSMan:\ -Name $two @login', 'New-Item WSMan:\$two @login', 'New-Item WSMan:\ -Name $one @login'
        'New-Item WSMan:\ -ConnectionURI $uri -Authentication Basic -Credential $credential'
        'New-Item $h\Listener -Address * -Transport HTTPS -Force', "New-Item `$h\ClientCertificate -Issuer $('1' * 40) -Force"
        'New-Item $h\Plugin -Plugin Mine -FileName x.dll -SDKVersion 2 -Resource http://m/ -Capability Get -XMLRenderingType text'
        'New-Item $plugin\InitializationParameters -ParamName a -ParamValue b'
        'New-Item $plugin\Resources -ResourceUri http://m/ -Capability Get'
        'New-Item $resource\Security -Sddl "O:NSG:BAD:P(A;;GA;;;BA)" -Force'
        'New-PSDrive Other WSMan -Root ""', 'Remove-PSDrive WSMan'
        'New-WSManInstance shell/cmd @{} -ComputerName $one'
        'Set-WSManInstance winrm/config -ValueSet @{ MaxTimeoutms = 1 } -ComputerName $one'
        'Remove-WSManInstance shell @{ ShellId = $shell } -ComputerName $one'
        'Enable-WSManCredSSP Client server01 -Force', 'Disable-WSManCredSSP Client'
        'Invoke-WSManAction shell/cmd Command @{ ShellId = $shell } -ValueSet @{ Command = "x" } -ComputerName $one')
    # The changes that Set-Item, Clear-Item and Remove-Item can make; all others are refused.
    $possible = @{
        Set = 'client setting', 'setting of the root', 'setting', 'setting of a listener', 'setting of a mapping',
            'setting of a plugin', 'quota', 'parameter', 'setting of a security'
        Remove = 'computer', 'listener', 'mapping', 'plugin', 'parameter', 'resource', 'security'
    }
    $groups = @(
        foreach ($verb in $verbs) {
            $word = ($verb -split '-')[0] -replace 'Clear', 'Set'
            $rows = foreach ($item in $items) {
                $told = $verb -match '^\w+-Item ' -and $item.kind -in $possible.$word
                @{ kind = $item.kind; command = $verb -f $item.path; told = $told }
            }
            @{ what = $verb -f 'PATH'; rows = $rows }
        }
        @{ what = 'what makes items, drives and instances'; rows = $new.ForEach{ @{ kind = $_; command = $_; told = $true } } })
    $asked = $groups.ForEach{ $_.rows }.Where{ $_.told -and $_.command -notmatch '-PSDrive' }
}
BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force
    $one, $two = '127.20.1.1', '127.20.1.2'
    $computer = Start-Computer $one, $two
    $credential, $login = $computer.Credential, $computer.Login
    $uri = "https://${two}:$($computer.Https)/wsman"
    $settings = "$env:XDG_CONFIG_HOME/wsman/client.json"

    # A prompt where the items of the table are there, and a shell.
    $prompt = Start-Prompt
    $null = Read-Prompt $prompt (@(
            "`$one, `$two, `$h, `$uri = '$one', '$two', 'WSMan:\$one', '$uri'"
            "`$credential = $credentialText"
            "`$login = @{ UseSSL = `$true; Port = $($computer.Https); Authentication = 'Basic'; Credential = `$credential }"
            '$null = Connect-WSMan $one @login'
            '$plugin = "$h\Plugin\microsoft.powershell"'
            "`$m = New-Item `$h\ClientCertificate -Issuer $('0' * 40) -Force -Credential `$credential"
            '$mapping = "$h\ClientCertificate\$($m.Name)"'
            '$resource = "$plugin\Resources\$((dir $plugin\Resources)[0].Name)"'
            '$security = "$resource\Security\$((dir $resource\Security)[0].Name)"'
            '$shell = (New-WSManInstance shell/cmd @{} -ComputerName $one).ReferenceParameters.SelectorSet.Selector."#text"'
        ) -join '; ')

    # Everything that a change could change, and how many requests there were that are no questions.
    function Get-World {
        $counts = Get-Count $computer
        $operations = $counts.operations.psobject.Properties |
            Where-Object { $_.Name -notin 'Get', 'Enumerate', 'Pull', 'Release' } | ForEach-Object { "$($_.Name)=$($_.Value)" }
        "$operations|$($counts.accepted)|$($counts.connections)|$($counts.shells)|$(Get-Content $settings -Raw)"
    }

    # Types a command and returns its lines.
    function Get-Shown([string] $Command, [string[]] $Answer = @()) {
        (Split-Transcript (Read-Prompt $prompt $Command $Answer -Lines)).ForEach{ $_.Output }
    }
}
AfterAll {
    $null = Wait-Pwsh $prompt
    Stop-Computer $computer
}

Describe 'A change' {
    It 'is told in one line or refused, and not made, at every kind of item with <how>: <what>' -ForEach @(
        foreach ($group in $groups) {
            $group + @{ how = '-WhatIf'; form = '{0} -WhatIf' }
            $group + @{ how = '$WhatIfPreference'; form = '& {{ $WhatIfPreference = $true; {0} }}' }
        }
    ) {
        $before = Get-World
        $typed = $rows.ForEach{ "'## $($_.kind.Replace("'", "''"))'; $($form -f $_.command)" } -join '; '
        $shown = Get-Shown ". { $typed }"
        Get-World | Should -BeExactly $before
        (Get-Shown '"$((Get-ChildItem WSMan:\).Name) $((Get-PSDrive -PSProvider WSMan).Name)"') |
            Should -Be "localhost $one WSMan"

        foreach ($row in $rows) {
            $from = [array]::IndexOf($shown, ("## $($row.kind)" -replace '\s+', ' '))
            $from | Should -BeGreaterOrEqual 0 -Because "of $($row.kind) in $($shown -join "`n")"
            $lines = @($shown | Select-Object -Skip ($from + 1))
            $lines = @(foreach ($line in $lines) { if ($line -like '## *') { break }; $line })
            # A refusal is on standard error, and so not among the lines.
            $told = @($lines -like 'What if: *').Count
            if ($row.told) { $told | Should -Be 1 -Because "of $($row.kind): $lines" }
            else { $told | Should -BeLessOrEqual 1 -Because "of $($row.kind): $lines" }
            $lines | Should -HaveCount $told -Because "nothing else is written of $($row.kind)"
        }
    }

    It 'is asked about with -Confirm, and not made for a no: <command>' -ForEach $asked {
        $before = Get-World
        $shown = Read-Prompt $prompt "$command -Confirm" n
        $shown | Should -BeLike '*`[Y`] Yes*`[N`] No*'
        Get-World | Should -BeExactly $before
    }

    It 'is not made where nobody can be asked: <command>' -ForEach @(
        @{ command = 'Remove-Item WSMan:\127.20.1.1 -Confirm' }
        @{ command = 'Set-Item WSMan:\127.20.1.1\Client\NetworkDelayms 6000 -Confirm' }
        @{ command = 'Remove-PSDrive WSMan -Confirm' }
        @{ command = 'New-WSManInstance shell/cmd @{} -ComputerName 127.20.1.1 -Confirm' }
    ) {
        Connect-WSMan $one @login
        $before = Get-World
        # This PowerShell is not interactive.
        (Get-OneError { Invoke-Expression $command }).CategoryInfo.Category | Should -Be InvalidOperation
        Get-World | Should -BeExactly $before
        Disconnect-WSMan $one
    }
}
