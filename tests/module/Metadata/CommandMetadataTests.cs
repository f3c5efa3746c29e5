using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Metadata;

/// <summary>What Get-Command says of the cmdlets, against <see cref="CommandTable"/>.</summary>
public sealed class CommandMetadataTests : IDisposable
{
    private readonly EngineSession _session = new();

    [Theory]
    [InlineData("Connect-WSMan", CommandTable.Connect)]
    [InlineData("Disconnect-WSMan", CommandTable.Disconnect)]
    [InlineData("Test-WSMan", CommandTable.Test)]
    [InlineData("New-WSManSessionOption", CommandTable.NewSessionOption)]
    [InlineData("Get-WSManInstance", CommandTable.GetInstance)]
    [InlineData("Set-WSManInstance", CommandTable.SetInstance)]
    [InlineData("New-WSManInstance", CommandTable.NewInstance)]
    [InlineData("Remove-WSManInstance", CommandTable.RemoveInstance)]
    [InlineData("Invoke-WSManAction", CommandTable.InvokeAction)]
    [InlineData("Enable-WSManCredSSP", CommandTable.EnableCredSSP)]
    [InlineData("Disable-WSManCredSSP", CommandTable.DisableCredSSP)]
    [InlineData("Get-WSManCredSSP", CommandTable.GetCredSSP)]
    [InlineData("Set-WSManQuickConfig", CommandTable.QuickConfig)]
    public void TheParametersAreThoseOfTheTable(string name, string table)
    {
        IEnumerable<string> actual = Command(name).Parameters.Values
            .Where(p => !Cmdlet.CommonParameters.Contains(p.Name))
            .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
            .Select(Describe);

        Assert.Equal(table.Split('\n', StringSplitOptions.RemoveEmptyEntries), actual);
    }

    [Theory]
    [InlineData("Connect-WSMan", "ComputerName", "ConnectWSManCommand", "")]
    [InlineData("Disconnect-WSMan", null, "DisconnectWSManCommand", "")]
    [InlineData("Test-WSMan", null, "TestWSManCommand", "System.Xml.XmlElement")]
    [InlineData(
        "New-WSManSessionOption", null, "NewWSManSessionOptionCommand", "Microsoft.WSMan.Management.SessionOption")]
    [InlineData("Get-WSManInstance", "GetInstance", "GetWSManInstanceCommand", "System.Xml.XmlElement")]
    [InlineData("Set-WSManInstance", "ComputerName", "SetWSManInstanceCommand", "System.Xml.XmlElement,System.String")]
    [InlineData("New-WSManInstance", "ComputerName", "NewWSManInstanceCommand", "System.Xml.XmlElement")]
    [InlineData("Remove-WSManInstance", "ComputerName", "RemoveWSManInstanceCommand", "")]
    [InlineData("Invoke-WSManAction", "URI", "InvokeWSManActionCommand", "System.Xml.XmlElement")]
    [InlineData("Enable-WSManCredSSP", null, "EnableWSManCredSSPCommand", "System.Xml.XmlElement")]
    [InlineData("Disable-WSManCredSSP", null, "DisableWSManCredSSPCommand", "")]
    [InlineData("Get-WSManCredSSP", null, "GetWSManCredSSPCommand", "System.String")]
    [InlineData("Set-WSManQuickConfig", null, "SetWSManQuickConfigCommand", "System.String")]
    public void ClassDefaultSetAndOutputAreThoseOfTheOriginal(
        string name, string? defaultSet, string className, string output)
    {
        CmdletInfo command = Command(name);

        Assert.Equal(defaultSet, command.DefaultParameterSet);
        Assert.Equal($"Microsoft.WSMan.Management.{className}", command.ImplementingType.FullName);
        if (name != "Connect-WSMan")
        {
            // Connect-WSMan writes nothing, as the original, and with -PassThru something of its own.
            Assert.Equal(output, string.Join(",", command.OutputType.Select(t => t.Name)));
        }
    }

    [Theory]
    [InlineData("Disconnect-WSMan", "[[-ComputerName] <string>] ")]
    [InlineData("Enable-WSManCredSSP", "[-Role] <string> [[-DelegateComputer] <string[]>] [-Force] ")]
    [InlineData("Disable-WSManCredSSP", "[-Role] <string> ")]
    [InlineData("Get-WSManCredSSP", "")]
    [InlineData("Set-WSManQuickConfig", "[-UseSSL] [-Force] [-SkipNetworkProfileCheck] ")]
    public void TheSyntaxIsExact(string name, string parameters)
    {
        string text = string.Concat(_session.Run("Get-Command $args[0] -Syntax", name).Succeeded().Text);

        Assert.Equal($"{name} {parameters}[<CommonParameters>]", text.Trim());
    }

    [Theory]
    [InlineData("Connect-WSMan", "LinkId=2096841")]
    [InlineData("Disable-WSManCredSSP", "LinkId=2096628")]
    [InlineData("Disconnect-WSMan", "LinkId=2096839")]
    [InlineData("Enable-WSManCredSSP", "LinkId=2096719")]
    [InlineData("Get-WSManCredSSP", "LinkId=2096838")]
    [InlineData("Get-WSManInstance", "LinkId=2096627")]
    [InlineData("Invoke-WSManAction", "LinkId=2096843")]
    [InlineData("New-WSManInstance", "LinkId=2096933")]
    [InlineData("New-WSManSessionOption", "LinkId=2096845")]
    [InlineData("Remove-WSManInstance", "LinkId=2096721")]
    [InlineData("Set-WSManInstance", "LinkId=2096937")]
    [InlineData("Set-WSManQuickConfig", "LinkID=2097112")]
    [InlineData("Test-WSMan", "LinkId=2097114")]
    public void TheHelpIsWhereThatOfTheOriginalIs(string name, string link)
    {
        CommandMetadata command = new(Command(name));

        Assert.Equal($"https://go.microsoft.com/fwlink/?{link}", command.HelpUri);
    }

    [Fact]
    public void NothingElseIsExported()
    {
        EngineResult names = _session.Run("(Get-Module Portable.WSMan.Management).ExportedCommands.Keys").Succeeded();

        Assert.Equal(CommandTable.Names, names.Text.Order());
    }

    public void Dispose() => _session.Dispose();

    private CmdletInfo Command(string name) =>
        (CmdletInfo)Assert.Single(_session.Run("Get-Command $args[0]", name).Succeeded().Output).BaseObject;

    private static string Describe(ParameterMetadata parameter)
    {
        List<string> words = [parameter.Name, parameter.ParameterType.Name];
        words.AddRange(parameter.ParameterSets.OrderBy(s => s.Key, StringComparer.Ordinal)
            .Select(s => Describe(s.Key, s.Value)).OrderBy(s => s[0] == '*' ? 0 : 1));
        if (parameter.Aliases.Count > 0)
        {
            words.Add("=" + string.Join(",", parameter.Aliases));
        }

        words.AddRange(parameter.Attributes.Select(Describe).Where(w => w.Length > 0)
            .OrderBy(w => char.IsDigit(w[0]) ? 1 : 0).ThenBy(w => w, StringComparer.Ordinal));
        return string.Join(" ", words);
    }

    private static string Describe(string name, ParameterSetMetadata set) =>
        (name == ParameterAttribute.AllParameterSets ? "*" : name)
        + (set.Position == int.MinValue ? "" : $":{set.Position}")
        + (set.IsMandatory ? "!" : "")
        + (set.ValueFromPipeline ? "|" : "")
        + (set.ValueFromPipelineByPropertyName ? "." : "");

    private static string Describe(Attribute attribute) => attribute switch
    {
        ValidateNotNullOrEmptyAttribute => "NotNullOrEmpty",
        ValidateRangeAttribute range => $"{range.MinRange}..{range.MaxRange}",
        ValidateSetAttribute set => string.Join(",", set.ValidValues),
        CredentialAttribute => "Credential",
        ValidateArgumentsAttribute other => other.GetType().Name,
        _ => "",
    };
}
