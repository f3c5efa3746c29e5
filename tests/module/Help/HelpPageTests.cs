using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>What Get-Help shows.</summary>
public sealed class HelpPageTests : IDisposable
{
    private static readonly string[] s_cmdlets =
    [
        "Connect-WSMan", "Disable-WSManCredSSP", "Disconnect-WSMan", "Enable-WSManCredSSP", "Get-WSManCredSSP",
        "Get-WSManInstance", "Invoke-WSManAction", "New-WSManInstance", "New-WSManSessionOption",
        "Remove-WSManInstance", "Set-WSManInstance", "Set-WSManQuickConfig", "Test-WSMan",
    ];

    private readonly EngineSession _session = new();

    /// <summary>What the manifest exports.</summary>
    public static TheoryData<string> Exported
    {
        get
        {
            using EngineSession session = new();
            return new(session.Run("(Get-Module Portable.WSMan.Management).ExportedCmdlets.Keys").Succeeded().Text);
        }
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void EveryParameterIsDescribedAndAgreesWithTheCode(string name)
    {
        EngineResult result = _session.Run(
            """
            $code = (Get-Command $args[0]).Parameters
            $help = (Get-Help $args[0] -Full).parameters.parameter
            foreach ($n in $code.Keys) {
                if ($n -notin [Management.Automation.Cmdlet]::CommonParameters -and $n -notin $help.name) { "no $n" }
            }
            foreach ($p in $help) {
                $c = $code[$p.name]
                if (-not $c) { "$($p.name) is not there"; continue }
                $set = @($c.ParameterSets.Values)[0]
                $by = @(
                    if ($set.ValueFromPipeline) { 'ByValue' }
                    if ($set.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
                )
                $expected = @{
                    type = $c.ParameterType.FullName
                    required = "$($set.IsMandatory)"
                    position = $set.Position -lt 0 ? 'named' : "$($set.Position)"
                    pipelineInput = $by ? "True ($($by -join ', '))" : 'False'
                    aliases = $c.Aliases.Count ? $c.Aliases -join ', ' : 'none'
                }
                if (-not $p.description.Text) { "$($p.name) is not described" }
                if ($p.type.name -ne $expected.type) { "$($p.name) is $($expected.type)" }
                foreach ($k in 'required', 'position', 'pipelineInput', 'aliases') {
                    if ($p.$k -ne $expected.$k) { "$($p.name): $k is $($expected.$k)" }
                }
            }
            """,
            name).Succeeded();

        Assert.Empty(result.Text);
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void TheSyntaxIsThatOfTheCode(string name)
    {
        EngineResult result = _session.Run(
            """
            function Names($parameters, $except) {
                $names = [string[]]@($parameters.Name | Where-Object { $_ -notin $except })
                [array]::Sort($names)
                $names -join ' '
            }
            $command = Get-Command $args[0]
            $syntax = (Get-Help $args[0] -Full).syntax.syntaxItem
            $except = @([Management.Automation.Cmdlet]::CommonParameters)
            # As on Windows it has -Port in both sets, and refuses it in one: the page shows it in the other.
            if ($command.Name -eq 'Connect-WSMan') { $except += 'Port' }
            $code = $command.ParameterSets | ForEach-Object { Names $_.Parameters $except }
            $help = $syntax | ForEach-Object { Names $_.parameter $except }
            foreach ($c in $code) { if ($c -notin $help) { "in no syntax: $c" } }
            foreach ($h in $help) { if ($h -notin $code) { "no parameter set: $h" } }
            foreach ($p in $command.Parameters.Values) {
                $accepted = $p.Attributes | Where-Object { $_ -is [Management.Automation.ValidateSetAttribute] }
                if (-not $accepted) { continue }
                $listed = ($syntax.parameter | Where-Object name -eq $p.Name).parameterValueGroup.parameterValue
                if ("$listed" -ne "$($accepted.ValidValues)") { "$($p.Name) accepts $($accepted.ValidValues)" }
            }
            """,
            name).Succeeded();

        Assert.Empty(result.Text);
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void EverySectionIsThere(string name)
    {
        EngineResult result = _session.Run(
            """
            $h = Get-Help $args[0] -Full
            $sections = [ordered]@{
                synopsis = $h.Synopsis
                description = $h.description.Text
                syntax = $h.syntax.syntaxItem.name
                inputs = $h.inputTypes.inputType.type.name
                outputs = $h.returnValues.returnValue.type.name
                notes = $h.alertSet.alert.Text
                examples = $h.examples.example.code
                links = $h.relatedLinks.navigationLink.linkText
            }
            foreach ($s in $sections.Keys) { if (-not "$($sections[$s])".Trim()) { "no $s" } }
            foreach ($e in $h.examples.example) { if (-not "$($e.remarks.Text)".Trim()) { "no remark: $($e.title)" } }
            """,
            name).Succeeded();

        Assert.Empty(result.Text);
    }

    [Fact]
    public void DisconnectWSManHasEverySection()
    {
        EngineResult result = _session.Run(
            "$h = Get-Help Disconnect-WSMan -Full; $h.Name; @($h.syntax.syntaxItem).Count; " +
            "$p = $h.parameters.parameter; $p.name; $p.required; $p.position; $p.defaultValue; $p.pipelineInput; " +
            "$p.aliases; $p.globbing; " +
            "$h.inputTypes.inputType.type.name; $h.returnValues.returnValue.type.name").Succeeded();

        Assert.Equal(
            [
                "Disconnect-WSMan", "1", "ComputerName", "false", "0", "localhost", "False", "none", "false", "None",
                "None",
            ],
            result.Text.Select(t => t.Trim()));
    }

    [Fact]
    public void DisconnectWSManTellsOfTheStateOfAKeptSession()
    {
        string text = string.Join(" ", _session.Run("(Get-Help Disconnect-WSMan).description.Text").Succeeded().Text);

        Assert.Contains("kept in a variable", text, StringComparison.Ordinal);
        Assert.Contains("State is Closed", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Exported))]
    public void TheRelatedLinksAreTheSiblingsAndThenTopics(string name)
    {
        string[] links = [.. _session.Run(
            "(Get-Help $args[0] -Full).relatedLinks.navigationLink.linkText", name).Succeeded().Text];

        string[] siblings = [.. s_cmdlets.Where(c => c != name)];
        Assert.Equal(siblings, links.Take(siblings.Length));
        Assert.NotEqual(siblings.Length, links.Length);
        Assert.All(links, link =>
        {
            EngineResult found = _session.Run("(Get-Help $args[0]).Name", link).Succeeded();
            Assert.Equal([link], found.Text);
        });
    }

    [Theory]
    [InlineData("about_WSMan_Authentication")]
    [InlineData("about_WSMan_Provider")]
    [InlineData("about_WSMan_Teardown")]
    public void WhatATopicRefersToIsThere(string topic)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Locations.Module, "en-US", $"{topic}.help.txt"));
        string[] links = [.. lines.SkipWhile(l => l != "SEE ALSO").Skip(1).Select(l => l.Trim()).Where(l => l.Length > 0)];

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Equal([link], _session.Run("(Get-Help $args[0]).Name", link).Succeeded().Text));
    }

    [Fact]
    public void TheWholePageIsShownAtThePrompt()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command("Get-Help Disconnect-WSMan -Full").Succeeded();

        string[] sections =
        [
            "NAME", "SYNOPSIS", "SYNTAX", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS",
        ];
        Assert.Equal(sections, result.Lines.Where(sections.Contains));
        string flat = string.Join(' ', result.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "Disconnect-WSMan [[-ComputerName] <String>] [<CommonParameters>]", flat, StringComparison.Ordinal);
        Assert.Contains("Required? false Position? 0 Default value localhost Accept pipeline input? False Aliases none "
            + "Accept wildcard characters? false", flat, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Example 1: Delete the connection to a computer", flat, StringComparison.Ordinal);
        Assert.Contains("The one exception: while", flat, StringComparison.Ordinal);
        Assert.DoesNotContain("REMARKS", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("about_WSMan_Authentication")]
    [InlineData("about_WSMan_Provider")]
    [InlineData("About_wsman_PROVIDER")]
    [InlineData("about_WSMan_Teardown")]
    public void TheTopicIsFoundBeforeTheImport(string name)
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command($"Get-Help {name}; Get-Module Portable.WSMan.Management").Succeeded();

        Assert.Contains(name, result.Lines[1], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Import-Module Portable.WSMan.Management", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheProviderHasAPageOfItsOwn()
    {
        EngineResult result = _session.Run("$h = Get-Help WSMan -Category Provider; $h.Name; $h.Synopsis").Succeeded();

        Assert.Equal("WSMan", result.Text.First().Trim());
        Assert.NotEmpty(result.Text.Last());
    }

    public void Dispose() => _session.Dispose();
}
