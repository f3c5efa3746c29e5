BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile "$env:WSMAN_TEST_MODULE/Portable.WSMan.Management.psd1").CmdletsToExport
    $pages = $cmdlets.ForEach{ @{ name = $_; siblings = $cmdlets -ne $_ } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force

    $cmdlets = (Get-Module Portable.WSMan.Management).ExportedCmdlets.Keys
    $topics = (Get-Help about_WSMan_*).Name

    # A text as it is read: Get-Help wraps it, where the UI culture is the invariant one in the middle of words.
    function Get-Shown { $input | Out-String -Width 10000 }

    # The same without line ends and indents.
    function ConvertTo-Flat { ($input | Get-Shown) -replace '\s+', ' ' }

    # The headings of a page that is shown.
    function Get-Heading { ($input | Get-Shown) -split '\r?\n' | Where-Object { $_ -cmatch '^[A-Z][A-Z ]+$' } }
}

Describe 'The page of <name>' -ForEach $pages {
    BeforeAll {
        $command = Get-Command $name
        $page = Get-Help $name -Full
    }

    It 'has every section, and a remark for each example' {
        $page.Name | Should -Be $name
        "$($page.Synopsis)".Trim() | Should -Not -BeNullOrEmpty
        "$($page.description.Text)".Trim() | Should -Not -BeNullOrEmpty
        "$($page.syntax.syntaxItem.name)" | Should -Not -BeNullOrEmpty
        "$($page.inputTypes.inputType.type.name)" | Should -Not -BeNullOrEmpty
        "$($page.returnValues.returnValue.type.name)" | Should -Not -BeNullOrEmpty
        "$($page.alertSet.alert.Text)".Trim() | Should -Not -BeNullOrEmpty
        "$($page.examples.example.code)" | Should -Not -BeNullOrEmpty
        foreach ($example in $page.examples.example) {
            "$($example.remarks.Text)".Trim() | Should -Not -BeNullOrEmpty -Because "of $($example.title)"
        }
    }

    It 'describes the parameters that the cmdlet has, as they are' {
        $common = [Management.Automation.Cmdlet]::CommonParameters
        $described = @($page.parameters.parameter | Where-Object { $_ })
        $described.name | Sort-Object |
            Should -Be ($command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object)
        foreach ($parameter in $described) {
            $code = $command.Parameters[$parameter.name]
            $set = @($code.ParameterSets.Values)[0]
            $by = @(
                if ($set.ValueFromPipeline) { 'ByValue' }
                if ($set.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
            )
            $of = "of -$($parameter.name)"
            "$($parameter.description.Text)".Trim() | Should -Not -BeNullOrEmpty -Because $of
            $parameter.type.name | Should -Be $code.ParameterType.FullName -Because $of
            $parameter.required | Should -Be "$($set.IsMandatory)" -Because $of
            $parameter.position | Should -Be ($set.Position -lt 0 ? 'named' : "$($set.Position)") -Because $of
            $parameter.pipelineInput | Should -Be ($by ? "True ($($by -join ', '))" : 'False') -Because $of
            $parameter.aliases | Should -Be ($code.Aliases ? $code.Aliases -join ', ' : 'none') -Because $of
        }
    }

    It 'has the syntax of every parameter set, and the values that can be given' {
        # As on Windows, Connect-WSMan has -Port in both sets and refuses it in one: the page shows it in the other.
        $except = @([Management.Automation.Cmdlet]::CommonParameters) + ($name -eq 'Connect-WSMan' ? 'Port' : @())
        function Join-Name($Parameter) {
            ($Parameter.Name | Where-Object { $_ -notin $except } | Sort-Object) -join ' '
        }

        $syntax = @($page.syntax.syntaxItem)
        @($syntax.ForEach{ Join-Name $_.parameter }) | Sort-Object |
            Should -Be @($command.ParameterSets.ForEach{ Join-Name $_.Parameters } | Sort-Object)
        foreach ($parameter in $command.Parameters.Values) {
            $accepted = $parameter.Attributes.Where{ $_ -is [Management.Automation.ValidateSetAttribute] }
            if (-not $accepted) { continue }
            ($syntax.parameter | Where-Object name -eq $parameter.Name).parameterValueGroup.parameterValue |
                Should -Be $accepted.ValidValues -Because "of -$($parameter.Name)"
        }
    }

    It 'leads to the other cmdlets, and then to topics' {
        $links = @($page.relatedLinks.navigationLink.linkText)
        $links | Select-Object -First $siblings.Count | Should -Be $siblings
        $more = $links | Select-Object -Skip $siblings.Count
        $more | Should -Not -BeNullOrEmpty
        foreach ($link in $more) { $link | Should -BeIn $topics }
    }

    It 'is shown by Get-Help alone without parameters, and says how to see more' {
        Get-Help $name | Get-Heading |
            Should -Be 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'RELATED LINKS', 'REMARKS'
        Get-Help $name | ConvertTo-Flat | Should -BeLike "* type: ""Get-Help $name -Examples""*"
    }
}

Describe 'Get-Help Disconnect-WSMan' {
    It 'has the facts that a script can read' {
        $page = Get-Help Disconnect-WSMan -Full
        $page.Name | Should -Be 'Disconnect-WSMan'
        @($page.syntax.syntaxItem) | Should -HaveCount 1
        $parameter = $page.parameters.parameter
        $parameter.name | Should -Be 'ComputerName'
        $parameter.required | Should -Be 'false'
        $parameter.position | Should -Be '0'
        $parameter.defaultValue | Should -Be 'localhost'
        $parameter.pipelineInput | Should -Be 'False'
        $parameter.aliases | Should -Be 'none'
        $parameter.globbing | Should -Be 'false'
        $page.inputTypes.inputType.type.name.Trim() | Should -Be 'None'
        $page.returnValues.returnValue.type.name.Trim() | Should -Be 'None'
    }

    It 'tells of the state of a session that was kept' {
        $text = (Get-Help Disconnect-WSMan).description.Text -join ' '
        $text | Should -BeLike '*kept in a variable*'
        $text | Should -BeLike '*State is Closed*'
    }

    It 'shows the whole page with -Full' {
        Get-Help Disconnect-WSMan -Full | Get-Heading | Should -Be @(
            'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS')
        $flat = Get-Help Disconnect-WSMan -Full | ConvertTo-Flat
        foreach ($part in @(
                'Disconnect-WSMan [[-ComputerName] <String>] [<CommonParameters>]'
                'Required? false Position? 0 Default value localhost Accept pipeline input? False Aliases none ' +
                'Accept wildcard characters? false'
                'Example 1: Delete the connection to a computer', 'The one exception: while')) {
            $flat.Contains($part, 'OrdinalIgnoreCase') | Should -BeTrue -Because "it should show '$part'"
        }
    }

    It 'shows the parameters and the examples, and no notes, with -Detailed' {
        Get-Help Disconnect-WSMan -Detailed | Get-Heading |
            Should -Be 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'REMARKS'
        Get-Help Disconnect-WSMan -Detailed | ConvertTo-Flat | Should -BeLike '*Example 1: *Example 5: *'
    }

    It 'shows the examples alone with -Examples' {
        Get-Help Disconnect-WSMan -Examples | Get-Heading | Should -Be 'NAME', 'SYNOPSIS'
        Get-Help Disconnect-WSMan -Examples | ConvertTo-Flat |
            Should -BeLike '*Example 1: *Example 2: *Example 3: *Example 4: *Example 5: *'
    }

    It 'shows one parameter with -Parameter' {
        $flat = Get-Help Disconnect-WSMan -Parameter computername | ConvertTo-Flat
        $flat | Should -BeLike ' -ComputerName <System.String> The computer to disconnect from: *Position? 0 *'
    }

    It 'fails for a parameter that is not there' {
        $failure = { Get-Help Disconnect-WSMan -Parameter Port -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'NoParmsFound,*'
    }

    It 'opens a page in the browser with -Online' -Skip:(-not $IsLinux) {
        # The program that opens it is ours, and its pipe is open when both ends are.
        $folder = New-Folder browser
        $pipe = "$folder/opened"
        /usr/bin/mkfifo $pipe
        Set-Content "$folder/xdg-open" "#!/bin/sh", "echo ""`$1"" >'$pipe'"
        /bin/chmod +x "$folder/xdg-open"
        $reader = Start-Piped /bin/cat $pipe
        $path = $env:PATH
        try {
            $env:PATH = "$folder$([IO.Path]::PathSeparator)$path"
            Get-Help Disconnect-WSMan -Online
            $opened = $reader.StandardOutput.ReadToEndAsync()
            $opened.Wait($patience) | Should -BeTrue -Because 'a page was to be opened'
            $opened.Result.Trim() | Should -Be (Get-Command Disconnect-WSMan).HelpUri
        } finally {
            $env:PATH = $path
            if (-not $reader.HasExited) { $reader.Kill() }
        }
    }
}

Describe 'The help' {
    It 'is found in English where the UI culture is "<culture>"' -ForEach @(
        @{ culture = '' }, @{ culture = 'de-DE' }, @{ culture = 'en-GB' }
    ) {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = $culture
            $cmdlet = (Get-Help Test-WSMan).Synopsis
            $item = (Get-Help New-Item -Path WSMan:\).Synopsis
            $topic = (Get-Help about_WSMan_Teardown) -join "`n"
        } finally {
            [cultureinfo]::CurrentUICulture = $before
        }
        $cmdlet | Should -BeLike 'Asks a computer whether*'
        $item | Should -Be 'Connects to a computer.'
        $topic | Should -BeLike '*How a session ends*'
    }
}

Describe 'A topic of the help' {
    AfterEach { Import-Module $module }

    It 'is found before the module is imported: <_>' -ForEach @(
        'about_WSMan_Authentication', 'about_WSMan_Provider', 'About_wsman_PROVIDER', 'about_WSMan_Teardown'
    ) {
        Remove-Module Portable.WSMan.Management -ErrorAction Ignore
        $lines = (Get-Help $_) -split '\r?\n'
        Get-Module Portable.WSMan.Management | Should -BeNullOrEmpty
        $lines[1].Trim() | Should -Be $_
        "$lines" | Should -BeLike '*Import-Module Portable.WSMan.Management*'
    }

    It 'refers to what is there: <_>' -ForEach @(
        'about_WSMan_Authentication', 'about_WSMan_Provider', 'about_WSMan_Teardown'
    ) {
        $lines = (Get-Help $_) -split '\r?\n'
        $links = $lines[($lines.IndexOf('SEE ALSO') + 1)..($lines.Count - 1)].Trim() | Where-Object { $_ }
        $links | Should -Not -BeNullOrEmpty
        foreach ($link in $links) { $link | Should -BeIn ($cmdlets + $topics) }
    }

    It 'is listed with its synopsis by a wildcard' {
        $topics = Get-Help about_WSMan_* | Sort-Object Name
        $topics.Name | Should -Be 'about_WSMan_Authentication', 'about_WSMan_Provider', 'about_WSMan_Teardown'
        foreach ($topic in $topics) { $topic.Synopsis | Should -Not -BeNullOrEmpty -Because "of $($topic.Name)" }
    }
}

Describe 'The help of the provider' {
    It 'is a page of its own: <line>' -ForEach @(
        @{ line = 'Get-Help WSMan'; parameters = @{} }
        @{ line = 'Get-Help WSMan -Category Provider'; parameters = @{ Category = 'Provider' } }
    ) {
        $page = Get-Help WSMan @parameters
        $page.Name.Trim() | Should -Be 'WSMan'
        $page.Category | Should -Be 'Provider'
        $page.Synopsis | Should -BeLike 'Shows the computers that this process is connected to*'
        $page | ConvertTo-Flat | Should -BeLike '*about_WSMan_Provider*'
    }

    It 'says of <command> at <path> what every parameter is for' -ForEach @(
        @{ command = 'New-Item'; path = 'WSMan:\'; word = 'Connects' }
        @{ command = 'New-Item'; path = 'WSMan:\server01\Listener'; word = 'listener' }
        @{ command = 'New-Item'; path = 'WSMan:\server01\ClientCertificate'; word = 'certificates' }
        @{ command = 'New-Item'; path = 'WSMan:\server01\Plugin'; word = 'plugin' }
        @{ command = 'New-Item'; path = 'WSMan:\server01\Plugin\p\InitializationParameters'; word = 'parameter' }
        @{ command = 'New-Item'; path = 'WSMan:\server01\Plugin\p\Resources'; word = 'resource' }
        @{ command = 'New-Item'; path = 'WSMan:\server01\Plugin\p\Resources\Resource_1\Security'; word = 'who may use' }
        @{ command = 'Set-Item'; path = 'WSMan:\server01\Client\TrustedHosts'; word = 'client' }
        @{ command = 'Set-Item'; path = 'WSMan:\localhost\Client'; word = 'client' }
    ) {
        $page = Get-Help $command -Path $path -Full
        $page.Synopsis | Should -BeLike "*$word*"
        $described = ($page.parameters.parameter | Where-Object description).name
        $dynamic = (Get-Command $command -ArgumentList $path).Parameters.Values.Where({ $_.IsDynamic }).Name
        $dynamic | Should -Not -BeNullOrEmpty
        foreach ($parameter in $dynamic) { $described | Should -Contain $parameter }
        $shown = ($page | ConvertTo-Flat) -creplace '.* PARAMETERS ' -split ' '
        foreach ($parameter in $dynamic) { $shown | Should -Contain "-$parameter" }
    }

    It 'is the page of the cmdlet itself for <command> at <path>' -ForEach @(
        @{ command = 'New-Item'; path = 'WSMan:\server01\Client' }
        @{ command = 'Remove-Item'; path = 'WSMan:\server01\Plugin' }
    ) {
        (Get-Help $command -Path $path).Synopsis | Should -Be (Get-Help $command).Synopsis
    }

    It 'is that of the location for New-Item -? and Set-Item -?' {
        Push-Location WSMan:\
        try {
            New-Item -? | ConvertTo-Flat | Should -BeLike '*SYNOPSIS Connects to a computer.*-ConnectionURI <uri>*'
            Set-Location WSMan:\localhost\Client
            Set-Item -? | ConvertTo-Flat | Should -BeLike '*SYNOPSIS Changes a setting of the WinRM client.*'
        } finally {
            Set-Location WSMan:\
            Pop-Location
        }
    }
}
