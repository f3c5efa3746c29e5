namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class ConfigFaultTests
{
    [Theory]
    [InlineData(WSManErrorCode.Fault, "NoResource", true, true, false)]
    [InlineData(WSManErrorCode.Fault, "NoInstance", true, false, false)]
    [InlineData(WSManErrorCode.Fault, "Unsupported", false, true, true)]
    [InlineData(WSManErrorCode.Fault, "ServerFailed", false, true, true)]
    [InlineData(WSManErrorCode.Fault, "Other", false, false, false)]
    [InlineData(WSManErrorCode.Fault, "", false, false, false)]
    [InlineData(WSManErrorCode.Http, "NoResource", false, false, false)]
    public void ItsKindSaysWhatIsMissing(WSManErrorCode code, string kind, bool instance, bool reading, bool changing)
    {
        WSManException error = new(code, "text") { FaultKind = kind };

        Assert.Equal(instance, ConfigFault.IsNoInstance(error));
        Assert.Equal((reading, changing), MissesConfiguration(error));
    }

    [Fact]
    public void AFailureOfWinRMItselfMissesNoConfiguration()
    {
        const string Sent =
            "<f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"87\"/>";
        WSManException error = new(WSManErrorCode.Fault, "text")
        {
            FaultKind = "ServerFailed",
            SoapFaultXml = $"<s:Fault xmlns:s=\"urn:s\"><s:Detail>{Sent}</s:Detail></s:Fault>",
        };

        Assert.Equal((false, false), MissesConfiguration(error));
        Assert.Same(error, ConfigFault.WithHint(error, "server01", isChange: true));
    }

    [Fact]
    public void AnUnknownUriMissesItInAChangeToo()
    {
        WSManException error = new(WSManErrorCode.Fault, "text")
        {
            FaultKind = "NoResource",
            WSManCode = 0x8033803B,
        };

        Assert.Equal((true, true), MissesConfiguration(error));
        Assert.Equal(
            Messages.NoConfiguration("server01", "text"),
            ConfigFault.WithHint(error, "server01", isChange: true).Message);
    }

    // As WinRM answers a request on a listener that is gone.
    [Fact]
    public void AnInstanceThatIsGoneIsNotMissedWithItsUri()
    {
        WSManException error = new(WSManErrorCode.Fault, "text")
        {
            FaultKind = "NoResource",
            FaultDetail = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidResourceURI",
            WSManCode = 0x80338000,
        };

        Assert.Equal((true, false), MissesConfiguration(error));
    }

    private static (bool Reading, bool Changing) MissesConfiguration(WSManException error) =>
        (ConfigFault.IsNoConfiguration(error, isChange: false), ConfigFault.IsNoConfiguration(error, isChange: true));
}
