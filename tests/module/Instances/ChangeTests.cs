using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>Set-, New- and Remove-WSManInstance and Invoke-WSManAction: what they change and what they write.</summary>
public sealed class ChangeTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Environment = "wmicimv2/Win32_Environment";

    [Fact]
    public void SetChangesTheValuesAndLeavesTheRest()
    {
        Make("set", "before");

        EngineResult result = Session.Run(
            $"Set-WSManInstance {Environment} @{{Name='set';UserName='u'}} -ValueSet @{{VariableValue='after'}} " +
            "-ComputerName $args[0] @wsman",
            Computers.One).Succeeded();

        XmlElement answer = Assert.IsType<XmlElement>(Assert.Single(result.Output).BaseObject);
        Assert.Equal("Win32_Environment", answer.LocalName);
        Assert.Equal(["after|OK"], Read("set", "\"$($_.VariableValue)|$($_.Status)\""));
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void SetWritesNilForNull()
    {
        Make("nil", "before");

        Session.Run(
            $"Set-WSManInstance {Environment} @{{Name='nil';UserName='u'}} -ValueSet @{{VariableValue=$null}} " +
            "-ComputerName $args[0] @wsman",
            Computers.One).Succeeded();

        Assert.Equal(["true"], Read("nil", "$_.VariableValue.nil"));
    }

    [Fact]
    public void SetOfAFragmentWritesItsText()
    {
        Make("fragment", "before");

        EngineResult result = Session.Run(
            $"Set-WSManInstance {Environment} @{{Name='fragment';UserName='u'}} -Fragment VariableValue " +
            "-ValueSet @{VariableValue='after'} -ComputerName $args[0] @wsman",
            Computers.One).Succeeded();

        Assert.Equal(["VariableValue = after"], result.Text);
        Assert.Equal(["after"], Read("fragment", "$_.VariableValue"));
    }

    [Fact]
    public void NewWritesTheReferenceOfWhatItMade()
    {
        EngineResult result = Session.Run(
            $"New-WSManInstance {Environment} @{{Name='new';UserName='u'}} " +
            "-ValueSet @{Name='new';UserName='u';VariableValue='v'} -ComputerName $args[0] @wsman",
            Computers.One).Succeeded();

        XmlElement created = Assert.IsType<XmlElement>(Assert.Single(result.Output).BaseObject);
        Assert.Equal("ResourceCreated", created.LocalName);
        Assert.Equal(["v"], Read("new", "$_.VariableValue"));
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void RemoveRemovesAndWritesNothing()
    {
        Make("remove", "v");

        EngineResult result = Session.Run(
            $"Remove-WSManInstance {Environment} @{{Name='remove';UserName='u'}} -ComputerName $args[0] @wsman",
            Computers.One).Succeeded();

        Assert.Empty(result.Output);
        Assert.DoesNotContain("remove", Names());
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void SelectorsArePipedToRemove()
    {
        Make("piped1", "v");
        Make("piped2", "v");

        Session.Run(
            $"@{{Name='piped1';UserName='u'}}, @{{Name='piped2';UserName='u'}} | Remove-WSManInstance {Environment} " +
            "-ComputerName $args[0] @wsman",
            Computers.One).Succeeded();

        Assert.DoesNotContain(Names(), n => n.StartsWith("piped", StringComparison.Ordinal));
    }

    [Fact]
    public void InvokeWritesTheAnswerOfTheMethod()
    {
        EngineResult result = Session.Run(
            "$answer = Invoke-WSManAction wmicimv2/Win32_Service StopService @{Name='spooler'} " +
            "-ComputerName $args[0] @wsman; $answer.LocalName; $answer.ReturnValue",
            Computers.One).Succeeded();

        Assert.Equal(["StopService_OUTPUT", "0"], result.Text);
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void InvokeOfAStaticMethodTakesValues()
    {
        EngineResult result = Session.Run(
            "$answer = Invoke-WSManAction wmicimv2/Win32_Process Create -ValueSet @{CommandLine='loop.exe -x'} " +
            "-ComputerName $args[0] @wsman; $answer.ReturnValue; $answer.ProcessId",
            Computers.One).Succeeded();

        Assert.Equal("0", result.Text.First());
        Assert.Matches("^[0-9]+$", result.Text.Last());
    }

    [Theory]
    [InlineData("Set-WSManInstance wmicimv2/Win32_Service @{Name='winrm'} -ValueSet @{StartMode='Disabled'}")]
    [InlineData("New-WSManInstance wmicimv2/Win32_Environment @{Name='x';UserName='u'} -ValueSet @{VariableValue='v'}")]
    [InlineData("Remove-WSManInstance wmicimv2/Win32_Environment @{Name='PATH';UserName='<SYSTEM>'}")]
    [InlineData("Invoke-WSManAction wmicimv2/Win32_Service StopService @{Name='winrm'}")]
    public void WhatIfAsksNothingOfTheServer(string command)
    {
        int requests = Computers.Service.Counts().Requests;

        EngineResult result = Session.Run(
            $"{command} -ComputerName $args[0] @wsman -WhatIf; " +
            $"{command} -ComputerName $args[0] @wsman -Confirm:$false -WhatIf",
            Computers.One).Succeeded();

        Assert.Empty(result.Output);
        Assert.Equal(requests, Computers.Service.Counts().Requests);
    }

    private void Make(string name, string value) => Session.Run(
        $"New-WSManInstance {Environment} @{{Name=$args[1];UserName='u'}} -ValueSet ([ordered]@{{" +
        "Name=$args[1];UserName='u';VariableValue=$args[2];Status='OK'}) -ComputerName $args[0] @wsman",
        Computers.One, name, value).Succeeded();

    private IEnumerable<string> Read(string name, string expression) => Session.Run(
        $"Get-WSManInstance {Environment} -SelectorSet @{{Name=$args[1];UserName='u'}} -ComputerName $args[0] @wsman " +
        $"| ForEach-Object {{ {expression} }}",
        Computers.One, name).Succeeded().Text;

    private string[] Names() => [.. Session.Run(
        $"(Get-WSManInstance {Environment} -Enumerate -ComputerName $args[0] @wsman).Name",
        Computers.One).Succeeded().Text];
}
