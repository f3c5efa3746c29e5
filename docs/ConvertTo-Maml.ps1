<#
.SYNOPSIS
Makes the help file that Get-Help reads from the pages of the cmdlets.

.DESCRIPTION
The pages are Markdown in the form of platyPS, schema 2.0.0, and the help file is MAML. What has no place in that form
ends the script with its file and line, so that nothing of a page is lost. Text is broken into lines that fit a
terminal of 80 columns, because Get-Help itself breaks words in two where the UI culture is the invariant one, as in a
container.

.PARAMETER Pages
The folder of the pages.

.PARAMETER Provider
The file with what is said of the provider, which belongs into the same help file.

.PARAMETER File
The help file, which is written.

.EXAMPLE
./docs/ConvertTo-Maml.ps1 docs/en-US manifests/en-US/WSMan.Provider.xml out/help/Microsoft.WSMan.Management.dll-Help.xml
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)] [string] $Pages,
    [Parameter(Mandatory, Position = 1)] [string] $Provider,
    [Parameter(Mandatory, Position = 2)] [string] $File
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What a terminal of 80 columns leaves for text where Get-Help indents it by 4, and by 8.
$wide, $narrow = 76, 72
$sections = 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS'

# What yaml can say: names, and the form of their values. What can be empty can be left out.
$aboutPage = [ordered]@{
    'external help file' = [regex]::Escape((Split-Path $File -Leaf))
    'Locale' = [regex]::Escape((Split-Path $Pages -Leaf))
    'Module Name' = '[\w.]+'
    'online version' = '(https://\S+)?'
    'schema' = '2\.0\.0'
    'title' = '\w+-\w+'
}
$aboutParameter = [ordered]@{
    'Type' = '[\w.]+(\[\])?'
    'Parameter Sets' = '\(All\)|\w+(, \w+)*'
    'Aliases' = '(\w+(, \w+)*)?'
    'Accepted values' = '(\w+(, \w+)*)?'
    'Required' = 'True|False'
    'Position' = 'Named|\d+'
    'Default value' = '\S.*'
    'Accept pipeline input' = 'False|True \((ByValue|ByPropertyName|ByValue, ByPropertyName)\)'
    'Accept wildcard characters' = 'True|False'
}

# ConvertFrom-Markdown itself reads extensions that would be in the way: $a to $b is mathematics to it.
$null = ConvertFrom-Markdown -InputObject ''
$builder = [Markdig.MarkdownExtensions]::Configure([Markdig.MarkdownPipelineBuilder]::new(), 'yaml+pipetables')
$pipeline = [Markdig.MarkdownExtensions]::UsePreciseSourceLocation($builder).Build()

#region Reading

# Ends with what is wrong at a block, or at something else with a line.
function Stop-Page($at, [string] $why) { throw "$($page.FullName):$($at.Line + 1): $why" }

function Test-Kind($node, [string] $kind) { $node.GetType().Name -eq $kind }

# The words of a paragraph or a heading. Blanks in code are no-break spaces until lines have been broken.
function Get-Text($inlines) {
    -join $(foreach ($one in $inlines) {
        $kind = $one.GetType().Name
        if ($kind -eq 'LiteralInline') { "$($one.Content)" }
        elseif ($kind -eq 'CodeInline') { $one.Content.Replace(' ', "`u{A0}") }
        elseif ($kind -eq 'EmphasisInline') { Get-Text $one }
        elseif ($kind -eq 'LinkInline' -and -not $one.IsImage) {
            (Get-Text $one) + ($one.Url -like 'http*' ? " ($($one.Url))" : '')
        } elseif ($kind -eq 'LineBreakInline' -and -not $one.IsHard) { ' ' }
        else { Stop-Page $one "Get-Help cannot show this ($kind)." }
    })
}

# What yaml says, by name.
function Read-Yaml($block, $about) {
    $values = @{}
    $at = @{ Line = $block.Line }
    foreach ($line in $block.Lines.ToString() -split '\n') {
        $at.Line++
        if (-not $line) { continue }
        $name, $value = ("$line " -split ': ', 2).Trim()
        if (-not $about.Contains($name) -or $values.ContainsKey($name)) { Stop-Page $at "'$name' does not belong here." }
        if ("$value" -cnotmatch "^($($about[$name]))`$") { Stop-Page $at "'$name' cannot be '$value'." }
        $values[$name] = "$value"
    }
    foreach ($name in $about.Keys.Where{ -not $values.ContainsKey($_) }) {
        if ('' -notmatch "^($($about[$name]))`$") { Stop-Page $block "'$name' is missing." }
        $values[$name] = ''
    }
    $values
}

# Cuts blocks at the headings of a level into parts: a title, and the blocks below it.
function Split-Heading($blocks, [int] $level) {
    $part = $null
    foreach ($block in $blocks) {
        if ((Test-Kind $block HeadingBlock) -and $block.Level -eq $level) {
            if ($part) { $part }
            $part = [pscustomobject]@{ Title = (Get-Text $block.Inline).Replace("`u{A0}", ' '); Line = $block.Line; Blocks = @() }
        } elseif ($part) { $part.Blocks += , $block } else { Stop-Page $block "A heading of level $level is missing above." }
    }
    if ($part) { $part }
}

# The one block of code in a part, with what stands before and behind it.
function Read-Code($part, [string] $language = '') {
    $code = @($part.Blocks.Where{ Test-Kind $_ FencedCodeBlock })
    if ($code.Count -ne 1) { Stop-Page $part "There should be one block of code below this, not $($code.Count)." }
    if ("$($code[0].Info)" -cne $language) { Stop-Page $code[0] "The language of this should be '$language'." }
    $at = $part.Blocks.IndexOf($code[0])
    @{
        Block = $code[0]; Text = $code[0].Lines.ToString()
        Before = @($part.Blocks | Select-Object -First $at); Behind = @($part.Blocks | Select-Object -Skip ($at + 1))
    }
}

# A parameter: what is said of it, and how it is written in the syntax.
function Read-Parameter($part) {
    if ($part.Title -cnotmatch '^-(\w+)$') { Stop-Page $part 'This is not the name of a parameter.' }
    $name = $Matches[1]
    $code = Read-Code $part yaml
    foreach ($block in $code.Behind) { Stop-Page $block 'Text belongs before what yaml says.' }
    $yaml = Read-Yaml $code.Block $aboutParameter
    $value = $yaml.Type -like '*.SwitchParameter' ? '' : $yaml.Type.Split('.')[-1]
    $form = ($yaml.Position -eq 'Named' ? "-$name" : "[-$name]") + ($value ? " <$value>" : '')
    [pscustomobject]@{
        Name = $name; Text = $code.Before; Yaml = $yaml; Value = $value; Sets = $yaml.'Parameter Sets' -split ', '
        Form = $yaml.Required -eq 'True' ? $form : "[$form]"
    }
}

# The parameters of each set in the order of the syntax, which has to agree with what is said of them.
function Read-Syntax($section, $parameters) {
    $hasSets = $section.Blocks.Where{ Test-Kind $_ HeadingBlock }
    foreach ($part in $hasSets ? (Split-Heading $section.Blocks 3) : $section) {
        $code = Read-Code $part
        foreach ($block in $code.Before + $code.Behind) { Stop-Page $block 'Only the syntax belongs here.' }
        $shown = $code.Text -replace '\s+', ' '
        $order = [regex]::Matches($shown, '(?<=[ [])-(\w+)').ForEach{ $_.Groups[1].Value }
        $set = '(All)', ($hasSets ? $part.Title -creplace ' \(Default\)$' : '')
        $items = @($parameters.Where{ $_.Sets.Where{ $_ -cin $set } } | Sort-Object { $order.IndexOf($_.Name) })
        $expected = @($page.BaseName) + $items.ForEach{ $_.Form } + '[<CommonParameters>]' -join ' '
        if ($shown -cne $expected) { Stop-Page $code.Block "After what yaml says this should be: $expected" }
        [pscustomobject]@{ Items = $items }
    }
}

# The sections of a page by name, and what its front matter says.
function Read-Page {
    $front, $blocks = @([Markdig.Markdown]::Parse([IO.File]::ReadAllText($page), $pipeline))
    if (-not (Test-Kind ($front ?? '') YamlFrontMatterBlock)) { Stop-Page @{ Line = 0 } 'The front matter is missing.' }
    $found = @{ Yaml = Read-Yaml $front $aboutPage }
    $title, $more = Split-Heading $blocks 1
    if (-not $title) { Stop-Page $front 'The title is missing below.' }
    foreach ($part in $more) { Stop-Page $part 'There is a title already.' }
    foreach ($name in $found.Yaml.title, $title.Title) {
        if ($name -cne $page.BaseName) { Stop-Page $title "'$name' is not the name of the file." }
    }
    foreach ($part in Split-Heading $title.Blocks 2) {
        if ($part.Title -cnotin $sections -or $found[$part.Title]) { Stop-Page $part "'$($part.Title)' does not belong here." }
        $found[$part.Title] = $part
    }
    foreach ($name in $sections) { if (-not $found[$name]) { Stop-Page $title "The section $name is missing." } }
    $found
}

#endregion
#region Writing

function Format-Text([string] $text) { [Security.SecurityElement]::Escape($text) }

# Paragraphs, in lines of this width.
function Format-Para($blocks, [int] $width) {
    foreach ($block in $blocks) {
        if (-not (Test-Kind $block ParagraphBlock)) { Stop-Page $block 'Only a paragraph belongs here.' }
        $lines = [regex]::Replace((Get-Text $block.Inline), "(.{1,$width})( |`$)", "`$1`n")
        "<maml:para>$(Format-Text $lines.TrimEnd("`n").Replace("`u{A0}", ' '))</maml:para>"
    }
}

# What lists show as well, so that it has to be one line.
function Format-Synopsis($section) {
    $para = @(Format-Para $section.Blocks $wide)
    if ($para.Count -ne 1 -or $para[0].Contains("`n")) {
        Stop-Page $section "The synopsis should be one paragraph of at most $wide characters."
    }
    $para
}

function Format-Value([string] $value, [string] $required = 'true') {
    "<command:parameterValue required='$required' variableLength='false'>$value</command:parameterValue>"
}

function Format-Parameter($parameter, $content) {
    $yaml = $parameter.Yaml
    "<command:parameter required='$($yaml.Required.ToLowerInvariant())' variableLength='true'
        globbing='$($yaml.'Accept wildcard characters'.ToLowerInvariant())'
        pipelineInput='$($yaml.'Accept pipeline input')' position='$($yaml.Position.ToLowerInvariant())'
        aliases='$($yaml.Aliases ? $yaml.Aliases : 'none')'>
        <maml:name>$($parameter.Name)</maml:name>$content
    </command:parameter>"
}

# A parameter in the syntax, and among the parameters.
function Format-SyntaxParameter($parameter) {
    $accepted = ($parameter.Yaml.'Accepted values' -split ', ').Where{ $_ }.ForEach{ Format-Value $_ false }
    Format-Parameter $parameter "$($accepted ? "<command:parameterValueGroup>$accepted</command:parameterValueGroup>" : '')
        $($parameter.Value ? (Format-Value $parameter.Value) : '')"
}
function Format-OwnParameter($parameter) {
    Format-Parameter $parameter "<maml:description>$(Format-Para $parameter.Text $narrow)</maml:description>
        $(Format-Value $parameter.Yaml.Type ($parameter.Value ? 'true' : 'false'))
        <dev:type><maml:name>$($parameter.Yaml.Type)</maml:name><maml:uri /></dev:type>
        <dev:defaultValue>$(Format-Text $parameter.Yaml.'Default value')</dev:defaultValue>"
}

# An example, its title in a line of dashes.
function Format-Example($part) {
    $code = Read-Code $part
    $dashes = '-' * [Math]::Max(0, ($wide - 2 - $part.Title.Length) -shr 1)
    "<command:example>
        <maml:title>$(Format-Text "$dashes $($part.Title) $dashes".Trim())</maml:title>
        <maml:introduction>$(Format-Para $code.Before $wide)</maml:introduction>
        <dev:code>$(Format-Text $code.Text)</dev:code>
        <dev:remarks>$(Format-Para $code.Behind $wide)<maml:para /></dev:remarks>
    </command:example>"
}

# What goes in or comes out: a type, and what is said of it.
function Format-Type([string] $element, $part) {
    "<command:$element>
        <dev:type><maml:name>$(Format-Text $part.Title)</maml:name></dev:type>
        <maml:description>$(Format-Para $part.Blocks $narrow)</maml:description>
    </command:$element>"
}

# A link. One that leads to another page is a name to Get-Help.
function Format-Link([string] $text, [string] $address) {
    "<maml:navigationLink>
        <maml:linkText>$(Format-Text $text)</maml:linkText>
        <maml:uri>$($address -like 'http*' ? (Format-Text $address) : '')</maml:uri>
    </maml:navigationLink>"
}

function Format-RelatedLink($block) {
    $link, $more = (Test-Kind $block ParagraphBlock) ? @($block.Inline) : @()
    if ($more -or -not (Test-Kind ($link ?? '') LinkInline)) { Stop-Page $block 'Only a link belongs here.' }
    Format-Link (Get-Text $link) $link.Url
}

function Format-Command {
    $found = Read-Page
    $verb, $noun = $page.BaseName -split '-'
    # Of the common parameters Get-Help tells by itself.
    $parameters = @(foreach ($part in Split-Heading $found.PARAMETERS.Blocks 3) {
        if ($part.Title -cne 'CommonParameters') { Read-Parameter $part }
    })
    "<command:command>
        <command:details>
            <command:name>$verb-$noun</command:name><command:verb>$verb</command:verb><command:noun>$noun</command:noun>
            <maml:description>$(Format-Synopsis $found.SYNOPSIS)</maml:description>
        </command:details>
        <maml:description>$(Format-Para $found.DESCRIPTION.Blocks $wide)</maml:description>
        <command:syntax>$(foreach ($set in Read-Syntax $found.SYNTAX $parameters) {
            "<command:syntaxItem><maml:name>$verb-$noun</maml:name>$($set.Items.ForEach{ Format-SyntaxParameter $_ })</command:syntaxItem>"
        })</command:syntax>
        <command:parameters>$($parameters.ForEach{ Format-OwnParameter $_ })</command:parameters>
        <command:inputTypes>$(foreach ($part in Split-Heading $found.INPUTS.Blocks 3) { Format-Type inputType $part })</command:inputTypes>
        <command:returnValues>$(foreach ($part in Split-Heading $found.OUTPUTS.Blocks 3) { Format-Type returnValue $part })</command:returnValues>
        <maml:alertSet><maml:alert>$(Format-Para $found.NOTES.Blocks $narrow)</maml:alert></maml:alertSet>
        <command:examples>$(foreach ($part in Split-Heading $found.EXAMPLES.Blocks 3) { Format-Example $part })</command:examples>
        <command:relatedLinks>
            $(if ($found.Yaml.'online version') { Format-Link 'Online Version:' $found.Yaml.'online version' })
            $($found.'RELATED LINKS'.Blocks.ForEach{ Format-RelatedLink $_ })
        </command:relatedLinks>
    </command:command>"
}

$help = [Xml.Linq.XElement]::Parse("<helpItems schema='maml' xmlns='http://msh'
    xmlns:maml='http://schemas.microsoft.com/maml/2004/10'
    xmlns:command='http://schemas.microsoft.com/maml/dev/command/2004/10'
    xmlns:dev='http://schemas.microsoft.com/maml/dev/2004/10'>
    $(foreach ($page in Get-ChildItem $Pages -Filter *.md | Sort-Object Name) { Format-Command })
</helpItems>")
$help.Add([Xml.Linq.XElement]::Load($Provider).Element('{http://msh}providerHelp'))
$null = New-Item -ItemType Directory -Force (Split-Path $File)
Set-Content -LiteralPath $File "$help"

#endregion
