namespace Microsoft.WSMan.Management.Units.Provider.Tree;

public sealed class ConfigFaultTests
{
    [Theory]
    [InlineData(WSManErrorCode.Fault, "DestinationUnreachable", true, true)]
    [InlineData(WSManErrorCode.Fault, "InvalidSelectors", true, false)]
    [InlineData(WSManErrorCode.Fault, "ActionNotSupported", false, true)]
    [InlineData(WSManErrorCode.Fault, "InternalError", false, true)]
    [InlineData(WSManErrorCode.Fault, "EndpointUnavailable", false, true)]
    [InlineData(WSManErrorCode.Fault, "AccessDenied", false, false)]
    [InlineData(WSManErrorCode.Fault, "", false, false)]
    [InlineData(WSManErrorCode.Http, "DestinationUnreachable", false, false)]
    public void ItsSubcodeSaysWhatIsMissing(WSManErrorCode code, string subcode, bool instance, bool tree)
    {
        WSManException error = new(code, "text") { SoapSubcode = subcode };

        Assert.Equal((instance, tree), (ConfigFault.SaysNotThere(error), ConfigFault.SaysNoTree(error)));
    }
}
