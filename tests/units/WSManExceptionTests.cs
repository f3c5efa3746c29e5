namespace Microsoft.WSMan.Management.Units;

public sealed class WSManExceptionTests
{
    [Theory]
    [InlineData(0u, 0)]
    [InlineData(5u, 5)]
    [InlineData(0x80338012u, -2144108526)]
    public void TheCodeIsSignedAsScriptsCompareIt(uint code, int signed) =>
        Assert.Equal(signed, new WSManException(WSManErrorCode.Fault, "text") { WSManCode = code }.SignedCode);
}
