namespace Microsoft.WSMan.Management.Units;

public sealed class WSManExceptionTests
{
    [Theory]
    [InlineData(0u, 0)]
    [InlineData(5u, 5)]
    [InlineData(0x80338012u, -2144108526)]
    public void TheCodeIsSignedAsScriptsCompareIt(uint code, int signed) =>
        Assert.Equal(signed, new WSManException(WSManErrorCode.Fault, "text") { WSManCode = code }.SignedCode);

    [Fact]
    public void AFailureHereHasTheXmlThatWinRMWouldHave()
    {
        WSManException error = new(WSManErrorCode.CannotConnect, "No <way>\0\uD800.", "Try \u00fc.") { WSManCode = 5 };

        Assert.Equal(
            "<f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"5\" "
                + $"Machine=\"{Environment.MachineName}\">"
                + "<f:Message>No &lt;way&gt;\uFFFD\uFFFD. Try \u00fc.</f:Message></f:WSManFault>",
            error.FaultXml);
    }

    [Theory]
    [InlineData("<s:Fault xmlns:s='urn:s'><s:Detail>DETAIL</s:Detail></s:Fault>", true)]
    [InlineData("<s:Fault xmlns:s='urn:s'/>", false)]
    [InlineData("<s:Fault", false)]
    [InlineData("<!DOCTYPE x><x>DETAIL</x>", false)]
    public void AFaultOfAServerIsGivenAsItCame(string soap, bool isTheServers)
    {
        const string Sent = "<f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"7\">"
            + "<f:Message><f:ProviderFault provider=\"p\" /></f:Message></f:WSManFault>";
        WSManException error = new(WSManErrorCode.Fault, "It failed.")
        {
            WSManCode = 6,
            Machine = "server01",
            SoapFaultXml = soap.Replace("DETAIL", Sent, StringComparison.Ordinal),
        };

        if (isTheServers)
        {
            Assert.Equal(Sent, error.FaultXml);
        }
        else
        {
            Assert.Contains("Code=\"6\" Machine=\"server01\"", error.FaultXml, StringComparison.Ordinal);
            Assert.Contains("It failed.", error.FaultXml, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatWouldSteerATerminalIsAReferenceInTheFault()
    {
        const string Sent = "<f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"7\">"
            + "<f:Message>a&#155;[2J&#13;&#8238;\u00fc</f:Message></f:WSManFault>";
        WSManException error = new(WSManErrorCode.Fault, "It failed.") { SoapFaultXml = $"<s>{Sent}</s>" };

        Assert.Equal(Sent, error.FaultXml);
    }
}
