using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>The parts of a server's fault are properties of the exception; the message is a sentence.</summary>
public sealed class FaultTests(EndpointFixture computers) : ComputerTests(computers)
{
    [Fact]
    public void TheExceptionHasThePartsOfTheFault()
    {
        ErrorRecord error = Session.Run(
            "Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{Nmae='winrm'} -ComputerName $args[0] @wsman",
            Computers.One).Failed();

        PSObject exception = PSObject.AsPSObject(error.Exception);
        Assert.Equal("Fault", exception.Properties["Code"].Value.ToString());
        Assert.Equal(0x8033805BU, exception.Properties["WSManCode"].Value);
        Assert.Equal(unchecked((int)0x8033805BU), exception.Properties["SignedCode"].Value);
        Assert.Equal("ERROR_WSMAN_UNEXPECTED_SELECTORS", exception.Properties["WSManCodeName"].Value);
        Assert.Equal("Sender", exception.Properties["SoapCode"].Value);
        Assert.Equal("InvalidSelectors", exception.Properties["SoapSubcode"].Value);
        Assert.Contains("Nmae", Text(exception, "Reason"), StringComparison.Ordinal);
        Assert.Contains("faultDetail", Text(exception, "FaultDetail"), StringComparison.Ordinal);
        Assert.NotEmpty(Text(exception, "Machine"));
        Assert.StartsWith("<", Text(exception, "FaultXml"), StringComparison.Ordinal);
        Assert.DoesNotContain("<", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFaultOfAProviderNamesIt()
    {
        ErrorRecord error = Session.Run(
            "Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{Name='nobody'} -ComputerName $args[0] @wsman",
            Computers.One).Failed();

        PSObject exception = PSObject.AsPSObject(error.Exception);
        Assert.NotEmpty(Text(exception, "Provider"));
        Assert.NotEmpty(Text(exception, "ProviderPath"));
        Assert.Contains("Win32_Service", Text(exception, "ProviderMessage"), StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureWithoutAFaultHasNoParts()
    {
        ErrorRecord error = Session.Run(
            "Get-WSManInstance wmicimv2/Win32_Service -ComputerName $args[0] @wsman", Computers.Nobody).Failed();

        PSObject exception = PSObject.AsPSObject(error.Exception);
        Assert.Equal("CannotConnect", exception.Properties["Code"].Value.ToString());
        Assert.All(
            ["SoapCode", "SoapSubcode", "Reason", "FaultDetail", "Machine", "Provider", "FaultXml"],
            (string name) => Assert.Equal("", Text(exception, name)));
    }

    private static string Text(PSObject exception, string name) =>
        Assert.IsType<string>(exception.Properties[name].Value);
}
