BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile "$env:WSMAN_TEST_MODULE/Portable.WSMan.Management.psd1").CmdletsToExport
    $pages = $cmdlets.ForEach{ @{ name = $_; siblings = $cmdlets -ne $_ } }
}

BeforeAll {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module $env:WSMAN_TEST_MODULE -Force

    $cmdlets = (Get-Module Portable.WSMan.Management).ExportedCmdlets.Keys
    $topics = (Get-Help about_WSMan_*).Name

    $pageFolder = "$root/docs/en-US"
    $converter = "$root/docs/ConvertTo-Maml.ps1"
    $provider = "$root/manifests/en-US/WSMan.Provider.xml"
    $helpFile = 'Microsoft.WSMan.Management.dll-Help.xml'
    $common = [Management.Automation.Cmdlet]::CommonParameters

    # What stands below each heading of a page that begins with these characters.
    function Split-Page([string] $Text, [string] $Begin) {
        $parts = [ordered]@{}
        foreach ($part in $Text -split "(?m)^$Begin " | Select-Object -Skip 1) {
            $title, $below = $part -split '\n', 2
            $parts[$title] = $below
        }
        $parts
    }

    # The first block of code in a part of a page.
    function Get-Code([string] $Text) { [regex]::Match($Text, '(?ms)^```\w*\n(.*?)\n```$').Groups[1].Value }

    # A parameter of a set, as the syntax writes it.
    function Format-Syntax($Parameter) {
        $form = $Parameter.Position -lt 0 ? "-$($Parameter.Name)" : "[-$($Parameter.Name)]"
        if ($Parameter.ParameterType -ne [switch]) { $form += " <$($Parameter.ParameterType.Name)>" }
        $Parameter.IsMandatory ? $form : "[$form]"
    }

    # What holds for the parameter of a command, by the names that pages have for it.
    function Get-Fact($Command, $Parameter, [string] $Sets) {
        $type = $Parameter.ParameterType
        $set = @($Parameter.ParameterSets.Values)[0]
        $by = @(
            if ($set.ValueFromPipeline) { 'ByValue' }
            if ($set.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
        )
        $accepted = $Parameter.Attributes.Where{ $_ -is [ValidateSet] }.ValidValues ??
            ($type.IsEnum ? [enum]::GetNames($type) : $null)
        # Some properties do not show what is meant where nothing is given.
        $default = switch ($Parameter.Name) {
            { $type -eq [switch] } { 'False'; break }
            ApplicationName { 'wsman' }
            ComputerName { 'localhost' }
            Port { '5985 or 5986' }
            Dialect { $Command.Name -eq 'Get-WSManInstance' ? 'wql, or XPath 1.0' : 'None' }
            default {
                $value = $Command.ImplementingType::new().$_
                $isValue = $type.IsEnum ? [enum]::IsDefined($type, $value) : "$value"
                $isValue ? "$value" : 'None'
            }
        }
        [ordered]@{
            'Type' = $type.FullName
            'Parameter Sets' = $Sets
            'Aliases' = $Parameter.Aliases -join ', '
            'Accepted values' = $accepted -join ', '
            'Required' = "$($set.IsMandatory)"
            'Position' = $set.Position -lt 0 ? 'Named' : "$($set.Position)"
            'Default value' = $default
            'Accept pipeline input' = $by ? "True ($($by -join ', '))" : 'False'
            # No attribute tells of -DelegateComputer, as there is none on Windows.
            'Accept wildcard characters' =
                "$($Parameter.Name -eq 'DelegateComputer' -or $Parameter.Attributes.Where{ $_ -is [SupportsWildcards] }.Count -gt 0)"
        }
    }

    # The same facts as Get-Help tells them to a script.
    function Get-ToldFact($Page, [string] $Name, [string] $Sets) {
        $told = $Page.parameters.parameter | Where-Object name -eq $Name
        $items = @($Page.syntax.syntaxItem.parameter | Where-Object name -eq $Name)
        [ordered]@{
            'Type' = $told.type.name
            'Parameter Sets' = $Sets
            'Aliases' = $told.aliases -replace '^none$'
            'Accepted values' = $items[0].parameterValueGroup.parameterValue -join ', '
            'Required' = $told.required
            'Position' = $told.position
            'Default value' = $told.defaultValue
            'Accept pipeline input' = $told.pipelineInput
            'Accept wildcard characters' = "$($told.description.Text)".Trim() ? $told.globbing : 'It is not described.'
        }
    }

    # Facts as a page has them, below the name of the parameter.
    function Format-Fact([string] $Name, $Facts) {
        $(
            "-$Name"
            foreach ($key in $Facts.Keys) {
                if ($key -eq 'Required') { '' }
                if ($key -ne 'Accepted values' -or $Facts.$key) { "${key}: $($Facts.$key)".TrimEnd() }
            }
        ) -join "`n"
    }

    # A text as it is read: Get-Help wraps it, where the UI culture is the invariant one in the middle of words.
    function Get-Shown { $input | Out-String -Width 10000 }

    # The same without line ends and indents.
    function ConvertTo-Flat { ($input | Get-Shown) -replace '\s+', ' ' }

    # Runs a script where the UI culture is another one.
    function Use-Culture([string] $Name, [scriptblock] $Script) {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = $Name
            & $Script
        } finally {
            [cultureinfo]::CurrentUICulture = $before
        }
    }

    # The headings of a page that is shown.
    function Get-Heading { ($input | Get-Shown) -split '\r?\n' | Where-Object { $_ -cmatch '^[A-Z][A-Z ]+$' } }
}

Describe 'The page of <name>' -ForEach $pages {
    BeforeAll {
        $command = Get-Command $name
        $page = Get-Help $name -Full
        $text = Get-Content "$pageFolder/$name.md" -Raw
        $sections = Split-Page $text '##'
        # As on Windows, Connect-WSMan has -Port in both sets and refuses it in one: the page shows it in the other.
        $refused = $name -eq 'Connect-WSMan' ? 'URI -Port' : ''
        $sets = @(foreach ($set in $command.ParameterSets) {
            @{
                Title = $set.IsDefault ? "$($set.Name) (Default)" : $set.Name
                Name = $set.Name
                Parameters = @($set.Parameters | Where-Object { $_.Name -notin $common -and "$($set.Name) -$($_.Name)" -ne $refused })
            }
        })
    }

    It 'has every section, and the address that Get-Help -Online opens' {
        $sections.Keys | Should -Be @(
            'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS')
        foreach ($title in $sections.Keys) { $sections.$title.Trim() | Should -Not -BeNullOrEmpty -Because "of $title" }
        $said = $command.HelpUri ? "online version: $($command.HelpUri)" : 'online version:'
        $text | Should -Match "(?m)^$([regex]::Escape($said))$"
    }

    It 'has the syntax of every parameter set' {
        $written = $sets.Count -eq 1 ? [ordered]@{ $sets[0].Title = $sections.SYNTAX } : (Split-Page $sections.SYNTAX '###')
        $written.Keys | Should -Be $sets.Title
        $shown = @($page.syntax.syntaxItem)
        $shown | Should -HaveCount $sets.Count
        for ($i = 0; $i -lt $sets.Count; $i++) {
            $line = (Get-Code $written[$i]) -replace '\s+', ' '
            $order = @([regex]::Matches($line, '(?<=[ [])-(\w+)').ForEach{ $_.Groups[1].Value })
            $ordered = @($sets[$i].Parameters | Sort-Object { $order.IndexOf($_.Name) })
            $line | Should -BeExactly (@($name) + $ordered.ForEach{ Format-Syntax $_ } + '[<CommonParameters>]' -join ' ')
            # Those with a position stand before the others, in order.
            $positions = $ordered.ForEach{ $_.Position -lt 0 ? [int]::MaxValue : $_.Position }
            $positions | Should -Be ($positions | Sort-Object)
            $shown[$i].parameter.name | Should -Be $ordered.Name
        }
    }

    It 'says of each parameter what holds for it' {
        $described = Split-Page $sections.PARAMETERS '###'
        $parameters = @($command.Parameters.Values | Where-Object Name -notin $common)
        $described.Keys | Sort-Object |
            Should -Be (@($parameters | ForEach-Object { "-$($_.Name)" }) + 'CommonParameters' | Sort-Object)
        @($page.parameters.parameter | Where-Object { $_ }) | Should -HaveCount $parameters.Count
        $expected, $written, $told = @(), @(), @()
        foreach ($parameter in $parameters) {
            $name = $parameter.Name
            $in = @($sets.Where{ $_.Parameters.Name -contains $name }.ForEach{ $_.Name })
            $in = $in.Count -eq $sets.Count ? '(All)' : $in -join ', '
            $expected += Format-Fact $name (Get-Fact $command $parameter $in)
            $words, $yaml = $described["-$name"] -split '(?=```yaml)', 2
            if ($words.Trim()) { $written += "-$name`n$(Get-Code $yaml)" }
            $told += Format-Fact $name (Get-ToldFact $page $name $in)
        }
        $written -join "`n" | Should -BeExactly ($expected -join "`n")
        $told -join "`n" | Should -Be ($expected -join "`n")
    }

    It 'has examples that can be typed, each with a remark' {
        $examples = Split-Page $sections.EXAMPLES '###'
        @($page.examples.example).ForEach{ $_.title.Trim('-', ' ') } | Should -Be $examples.Keys
        $mistakes = foreach ($title in $examples.Keys) {
            $typed = [regex]::Matches((Get-Code $examples.$title), '(?m)^PS(?: [^>]*)?> ?(.*)$').ForEach{ $_.Groups[1].Value }
            if (-not $typed) { "$title has none." }
            foreach ($line in $typed) {
                $wrong = $null
                $null = [Management.Automation.Language.Parser]::ParseInput($line, [ref] $null, [ref] $wrong)
                if ($wrong) { "${line}: $wrong" }
            }
        }
        $mistakes | Should -BeNullOrEmpty
        @($page.examples.example).Where{ -not "$($_.remarks.Text)".Trim() }.title | Should -BeNullOrEmpty
    }

    It 'leads to the other cmdlets, then to topics, and nowhere else' {
        $links = @($page.relatedLinks.navigationLink)
        # What Windows does not have is on no page of Microsoft's.
        if ($command.HelpUri) {
            $online, $links = $links
            $online.linkText, $online.uri | Should -Be 'Online Version:', $command.HelpUri
        }
        $links.linkText | Select-Object -First $siblings.Count | Should -Be $siblings
        $more = $links.linkText | Select-Object -Skip $siblings.Count
        $more | Should -Not -BeNullOrEmpty
        foreach ($link in $more) { $link | Should -BeIn $topics }
        foreach ($link in [regex]::Matches($text, '\]\(([^)]+)\)').ForEach{ $_.Groups[1].Value } -notlike 'https:*') {
            "$pageFolder/$link" | Should -Exist
        }
    }

    It 'is what Get-Help knows' {
        $page.Name | Should -Be $name
        $page.Synopsis | Should -Be $sections.SYNOPSIS.Trim()
        "$($page.description.Text)".Trim() | Should -Not -BeNullOrEmpty
        @($page.inputTypes.inputType).ForEach{ $_.type.name.Trim() } | Should -Be (Split-Page $sections.INPUTS '###').Keys
        @($page.returnValues.returnValue).ForEach{ $_.type.name.Trim() } | Should -Be (Split-Page $sections.OUTPUTS '###').Keys
        "$($page.alertSet.alert.Text)".Trim() | Should -Not -BeNullOrEmpty
    }

    It 'is shown in 80 columns without a word cut in two, where the UI culture is the invariant one' {
        $shown = Use-Culture '' { ($page | Out-String -Width 80) -split '\r?\n' | ForEach-Object Trim }
        $said = $page.description, $page.parameters.parameter.description, $page.inputTypes.inputType.description,
            $page.returnValues.returnValue.description, $page.alertSet.alert, $page.examples.example.remarks
        # One word alone can be longer than a line.
        $lines = @($said.ForEach{ $_.Text }.Where{ $_ } -split '\r?\n' -like '* *')
        $lines | Should -Not -BeNullOrEmpty
        $lines | Where-Object { $_ -notin $shown } | Should -BeNullOrEmpty
    }

    It 'is shown by Get-Help alone without parameters, and says how to see more' {
        Get-Help $name | Get-Heading |
            Should -Be 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'RELATED LINKS', 'REMARKS'
        Get-Help $name | ConvertTo-Flat | Should -BeLike "* type: ""Get-Help $name -Examples""*"
    }
}

Describe 'The pages' {
    It 'are one for each cmdlet, and no others' {
        (Get-ChildItem $pageFolder).Name | Sort-Object | Should -Be ($cmdlets | Sort-Object | ForEach-Object { "$_.md" })
    }

    It 'are what the help file of the module was made from' {
        $made = "$(New-Folder help)/$helpFile"
        & $converter $pageFolder $provider $made
        Get-Content $made -Raw | Should -BeExactly (Get-Content "$module/en-US/$helpFile" -Raw)
    }

    It 'make no help, but an error that names file and line, with <what>' -ForEach @(
        @{ what = 'another schema'; find = 'schema: 2.0.0'; put = 'schema: 1.0.0'; says = "'schema' cannot be '1.0.0'" }
        @{ what = 'another title'; find = '# Disconnect-WSMan'; put = '# Disconnect'; says = "'Disconnect' is not the name" }
        @{ what = 'a synopsis too long for a list'; find = '## SYNOPSIS'; put = "## SYNOPSIS`n$('long ' * 16)"; says = 'The synopsis' }
        @{ what = 'a section that there is none of'; find = '## NOTES'; put = '## REMARKS'; says = "'REMARKS' does not belong" }
        @{ what = 'a list'; find = 'To connect, see'; put = '- To connect, see'; says = 'Only a paragraph' }
        @{ what = 'HTML'; find = 'Letter case'; put = '<b>Letter</b> case'; says = 'cannot show this (HtmlInline)' }
        @{ what = 'a fact of another name'; find = 'Position: 0'; put = 'Place: 0'; says = "'Place' does not belong" }
        @{ what = 'a fact that cannot be'; find = 'Required: False'; put = 'Required: no'; says = "'Required' cannot be 'no'" }
        @{ what = 'a fact too few'; find = "``````yaml`nType: System.String"; put = '```yaml'; says = "'Type' is missing" }
        @{ what = 'another syntax'; find = "```````nDisconnect-WSMan [[-"; put = "```````nDisconnect-WSMan [-"; says = 'this should be' }
        @{ what = 'an example without code'; find = '### Example 1'; put = "### Example 0`n`n### Example 1"; says = 'one block of code' }
        @{ what = 'words among the links'; find = '[Connect-WSMan]('; put = 'and [Connect-WSMan]('; says = 'Only a link' }
    ) {
        $text = Get-Content "$pageFolder/Disconnect-WSMan.md" -Raw
        $place = $text.IndexOf("`n$find") + 1
        $place | Should -BeGreaterThan 0
        $folder = New-Folder pages
        $broken = "$(New-Item -ItemType Directory "$folder/en-US")/Disconnect-WSMan.md"
        Set-Content $broken $text.Remove($place, $find.Length).Insert($place, $put) -NoNewline
        $line = $text.Substring(0, $place).Split("`n").Count
        $told = { & $converter "$folder/en-US" $provider "$folder/$helpFile" } | Should -Throw -PassThru
        "$told" | Should -BeLike "${broken}:${line}: *$([wildcardpattern]::Escape($says))*"
        "$folder/$helpFile" | Should -Not -Exist
    }
}

Describe 'Get-Help Disconnect-WSMan' {
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
                'Example 1: Delete the connection to a computer', 'But while you stand inside')) {
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
        $reader = Start-PipedProcess /bin/cat $pipe
        $path = $env:PATH
        try {
            $env:PATH = "$folder$([IO.Path]::PathSeparator)$path"
            Get-Help Disconnect-WSMan -Online
            $opened = $reader.StandardOutput.ReadToEndAsync()
            $opened.Wait($waitLimit) | Should -BeTrue -Because 'a page was to be opened'
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
        $cmdlet, $item, $topic = Use-Culture $culture {
            (Get-Help Test-WSMan).Synopsis
            (Get-Help New-Item -Path WSMan:\).Synopsis
            (Get-Help about_WSMan_Teardown) -join "`n"
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

    It 'shows every setting that can be in the file' {
        $sample = Get-TopicCode about_WSMan_Provider 'What can be in the file:' | ConvertFrom-Json -AsHashtable
        $shown = foreach ($name in $sample.Keys) {
            $sample[$name] -is [Collections.IDictionary] ? $sample[$name].Keys.ForEach{ "$name\$_" } : $name
        }
        $settings = Get-ChildItem WSMan:\localhost -Recurse | Where-Object Type -NE Container
        $shown | Sort-Object | Should -BeExactly ($settings.PSPath -replace '.*::localhost\\(Client\\)?' | Sort-Object)
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

    It 'is there for New-Item where the location is <at>' -ForEach @(
        @{ at = 'WSMan:\'; says = '*SYNOPSIS Connects to a computer.*-ConnectionURI <uri>*' }
        @{ at = 'WSMan:\localhost'; says = '*New-Item*`[-Path`]*' }
    ) {
        Push-Location $at
        try {
            Get-Help New-Item -Full | ConvertTo-Flat | Should -BeLike $says
        } finally {
            Pop-Location
        }
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
