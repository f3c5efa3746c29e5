namespace Microsoft.WSMan.Management.Units.Configuration.Documents;

public sealed class ConfigFaultTests
{
    [Theory]
    [InlineData(WSManErrorCode.Fault, "NoResource", true, true)]
    [InlineData(WSManErrorCode.Fault, "NoInstance", true, false)]
    [InlineData(WSManErrorCode.Fault, "Unsupported", false, true)]
    [InlineData(WSManErrorCode.Fault, "ServerFailed", false, true)]
    [InlineData(WSManErrorCode.Fault, "Other", false, false)]
    [InlineData(WSManErrorCode.Fault, "", false, false)]
    [InlineData(WSManErrorCode.Http, "NoResource", false, false)]
    public void ItsKindSaysWhatIsMissing(WSManErrorCode code, string kind, bool instance, bool tree)
    {
        WSManException error = new(code, "text") { FaultKind = kind };

        Assert.Equal((instance, tree), (ConfigFault.IsNoInstance(error), ConfigFault.IsNoConfiguration(error)));
    }
}
