using System.Xml;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>Get-WSManInstance -Enumerate: which objects come, and in what form.</summary>
public sealed class EnumerateTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Services =
        "Get-WSManInstance wmicimv2/Win32_Service -Enumerate -ComputerName $args[0] @wsman ";

    private const string Any = "Get-WSManInstance wmicimv2/* -Enumerate -ComputerName $args[0] @wsman ";

    [Fact]
    public void AllInstancesComeInTheOrderOfTheServer()
    {
        EngineResult result = Session.Run($"({Services}).Name", Computers.One).Succeeded();

        Assert.Equal(12, result.Output.Count);
        Assert.Equal(["winrm", "spooler"], result.Text.Take(2));
        AssertNothingIsOpen();
    }

    [Fact]
    public void TenThousandComeAsTenThousand()
    {
        EngineResult result = Session.Run(
            "(Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $args[0] @wsman).Index",
            Computers.One).Succeeded();

        Assert.Equal(Enumerable.Range(0, 10000).Select(i => $"{i}"), result.Text);
        AssertNothingIsOpen();
    }

    [Fact]
    public void ItemsAreElementsWithTheLanguageAndTheTypeNameOfTheirClass()
    {
        EngineResult result = Session.Run(
            $"$first = @({Services})[0]; $first.lang; $first.pstypenames[0]", Computers.One).Succeeded();

        Assert.Equal(
            [
                "en-US",
                "System.Xml.XmlElement#http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service" +
                "#Win32_Service",
            ],
            result.Text);
    }

    [Theory]
    [InlineData("-ReturnType object", "Win32_Service")]
    [InlineData("-ReturnType EPR", "EndpointReference")]
    [InlineData("-ReturnType objectandepr", "Item")]
    public void TheReturnTypeSaysWhatTheyAre(string parameter, string name)
    {
        EngineResult result = Session.Run(Services + parameter, Computers.One).Succeeded();

        Assert.Equal(12, result.Output.Count);
        Assert.All(result.Output, o => Assert.Equal(name, Assert.IsType<XmlElement>(o.BaseObject).LocalName));
    }

    [Theory]
    [InlineData("", "Win32_Service Win32_SystemDriver CIM_Service", true)]
    [InlineData("-Shallow", "CIM_Service", true)]
    [InlineData("-Shallow -BasePropertiesOnly", "CIM_Service", true)]
    [InlineData("-BasePropertiesOnly", "CIM_Service", false)]
    public void DerivedClassesComeAsAskedFor(string parameter, string classes, bool whole)
    {
        EngineResult result = Session.Run(
            "Get-WSManInstance wmicimv2/CIM_Service -Enumerate -ComputerName $args[0] @wsman " + parameter,
            Computers.One).Succeeded();

        XmlElement[] items = [.. result.Output.Select(o => (XmlElement)o.BaseObject)];
        Assert.Equal(classes.Split(' ').Order(), items.Select(i => i.LocalName).Distinct().Order());
        Assert.Equal(whole && classes.Contains(' ', StringComparison.Ordinal), items.Any(i => Has(i, "State")));
    }

    [Theory]
    [InlineData("-Filter \"select * from Win32_Service where Name = 'winrm'\"")]
    [InlineData("-Filter \"select * from Win32_Service where Name = 'winrm'\" -Dialect WQL")]
    [InlineData(
        "-Filter \"select * from Win32_Service where Name = 'winrm'\" " +
        "-Dialect http://schemas.microsoft.com/wbem/wsman/1/WQL")]
    public void AFilterIsWqlUnlessSaidOtherwise(string parameter)
    {
        EngineResult result = Session.Run($"({Any}{parameter}).Name", Computers.One).Succeeded();

        Assert.Equal(["winrm"], result.Text);
    }

    [Fact]
    public void AProjectionHasOnlyWhatWasSelected()
    {
        EngineResult result = Session.Run(
            Any + "-Filter \"select Name, State from Win32_Service where Name = 'winrm'\"", Computers.One).Succeeded();

        XmlElement item = Assert.IsType<XmlElement>(Assert.Single(result.Output).BaseObject);
        Assert.Equal("XmlFragment", item.LocalName);
        Assert.Equal(["Name=winrm", "State=Running"],
            item.ChildNodes.OfType<XmlElement>().Select(e => $"{e.LocalName}={e.InnerText}"));
    }

    [Fact]
    public void ASelectorFilterNamesKeys()
    {
        EngineResult result = Session.Run(
            $"({Services} -Dialect selector -Filter 'Name=\"spooler\"').Name", Computers.One).Succeeded();

        Assert.Equal(["spooler"], result.Text);
    }

    [Theory]
    [InlineData(
        "AssociationClassName=Win32_DependentService;ResultClassName=Win32_Service;Role=Antecedent}'",
        "Win32_Service",
        "spooler winrm")]
    [InlineData("ResultClassName=Win32_DependentService}' -Associations", "Win32_DependentService", "")]
    public void AnAssociationFilterFollowsLinks(string filter, string name, string names)
    {
        EngineResult result = Session.Run(
            $"{Any} -Dialect association -Filter '{{Object=Win32_Service?Name=rpcss;{filter}", Computers.One)
            .Succeeded();

        XmlElement[] items = [.. result.Output.Select(o => (XmlElement)o.BaseObject)];
        Assert.Equal(2, items.Length);
        Assert.All(items, i => Assert.Equal(name, i.LocalName));
        Assert.Equal(
            names.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            items.SelectMany(i => i.ChildNodes.OfType<XmlElement>())
                .Where(e => e.LocalName == "Name").Select(e => e.InnerText).Order());
    }

    // They have other prefixes and paddings, and the last gives no items before the first Pull.
    [Theory]
    [InlineData("omi")]
    [InlineData("openwsman")]
    [InlineData("amt")]
    public void OtherFamiliesOfServersAreReadAlike(string family)
    {
        EngineResult result = Session.Run(
            "(Get-WSManInstance cimv2/Win32_Service?__cimnamespace=root/cimv2 -Enumerate -ComputerName $args[0] " +
            "@wsman -ApplicationName $args[1]).Name",
            Computers.One, $"flavour/{family}/wsman").Succeeded();

        Assert.Equal(12, result.Output.Count);
        AssertNothingIsOpen();
    }

    [Fact]
    public void NothingFoundIsNothingWritten()
    {
        EngineResult result = Session.Run(
            Any + "-Filter \"select * from Win32_Service where Name = 'nobody'\"", Computers.One).Succeeded();

        Assert.Empty(result.Output);
        AssertNothingIsOpen();
    }

    private void AssertNothingIsOpen()
    {
        AssertDisconnected(Computers.One);
        Assert.Equal(0, Computers.Service.Counts().Contexts);
    }

    private static bool Has(XmlElement item, string name) =>
        item.ChildNodes.OfType<XmlElement>().Any(e => e.LocalName == name);
}
