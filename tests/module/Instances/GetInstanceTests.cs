using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>Get-WSManInstance of one instance: what it writes, and what its properties hold.</summary>
public sealed class GetInstanceTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Get =
        "Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{Name='winrm'} -ComputerName $args[0] @wsman";

    [Fact]
    public void TheInstanceIsAnElementWithTheTypeNameOfItsClass()
    {
        XmlElement service = Service();

        Assert.Equal("Win32_Service", service.LocalName);
        Assert.Equal(
            "System.Xml.XmlElement#http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service" +
            "#Win32_Service",
            PSObject.AsPSObject(service).TypeNames[0]);
        AssertDisconnected(Computers.One);
    }

    [Theory]
    [InlineData("Name", "winrm")]
    [InlineData("Started", "true")]
    [InlineData("ProcessId", "1204")]
    [InlineData("Description", "Answers WS-Management.\nWritten on two lines.")]
    [InlineData("lang", "en-US")]
    [InlineData("Status.GetType().Name", "String")]
    [InlineData("InstallDate.Datetime", "2021-05-08T08:20:24.5Z")]
    [InlineData("Recovery.DelaySeconds", "60")]
    [InlineData("Recovery.Commands -join ','", "first,second")]
    [InlineData("Triggers -join ','", "network,a;b,<domain join>")]
    [InlineData("Triggers.Count", "3")]
    [InlineData("Process.ReferenceParameters.SelectorSet.Selector.'#text' -join ','", "1204")]
    public void ItsPropertiesAreReadAsOnWindows(string property, string value)
    {
        EngineResult result = Session.Run($"({Get}).{property}", Computers.One).Succeeded();

        Assert.Contains(value, result.Text);
    }

    [Fact]
    public void AValueThatIsNotThereIsNil()
    {
        EngineResult result = Session.Run(
            "(Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{Name='bits'} -ComputerName $args[0] @wsman)" +
            ".Description.nil",
            Computers.One).Succeeded();

        Assert.Equal(["true"], result.Text);
    }

    [Theory]
    [InlineData("wmicimv2/Win32_Service?Name=winrm")]
    [InlineData("http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service?Name=winrm")]
    public void TheResourceMayNameItsSelectors(string resource)
    {
        EngineResult result = Session.Run(
            "(Get-WSManInstance $args[1] -ComputerName $args[0] @wsman).Name", Computers.One, resource).Succeeded();

        Assert.Equal(["winrm"], result.Text);
    }

    [Fact]
    public void ResourcesArePiped()
    {
        EngineResult result = Session.Run(
            "('winrm', 'spooler' | ForEach-Object { \"wmicimv2/Win32_Service?Name=$_\" } | " +
            "Get-WSManInstance -ComputerName $args[0] @wsman).Name",
            Computers.One).Succeeded();

        Assert.Equal(["winrm", "spooler"], result.Text);
    }

    [Fact]
    public void AFragmentIsAText()
    {
        EngineResult result = Session.Run($"{Get} -Fragment State", Computers.One).Succeeded();

        Assert.Equal("XmlFragment=Running", Assert.IsType<string>(Assert.Single(result.Output).BaseObject));
    }

    [Fact]
    public void AConnectionUriNamesTheComputer()
    {
        EngineResult result = Session.Run(
            "(Get-WSManInstance wmicimv2/Win32_Service?Name=winrm -ConnectionURI $args[0] -Authentication Basic " +
            "-Credential $credential).Name",
            $"https://{Computers.One}:{Computers.Service.Https}/wsman").Succeeded();

        Assert.Equal(["winrm"], result.Text);
        AssertDisconnected(Computers.One);
    }

    private XmlElement Service() =>
        Assert.IsType<XmlElement>(Assert.Single(Session.Run(Get, Computers.One).Succeeded().Output).BaseObject);
}
