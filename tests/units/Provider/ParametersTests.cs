namespace Microsoft.WSMan.Management.Units.Provider;

public sealed class ParametersTests
{
    [Theory]
    [InlineData(5986)]
    [InlineData(0)]
    public void APortCountsOnlyWhereItIsGiven(int port)
    {
        NewListenerParameters given = new();
        Assert.False(given.IsPortSpecified);

        given.Port = port;

        Assert.True(given.IsPortSpecified);
        Assert.Equal(port, given.Port);
    }

    [Fact]
    public void WhatIsNotGivenHasTheDefaultsOfTheService()
    {
        NewListenerParameters listener = new();
        NewClientCertificateParameters mapping = new();

        Assert.Equal((true, "wsman"), (listener.Enabled, listener.URLPrefix));
        Assert.Equal((null, null), (listener.HostName, listener.CertificateThumbPrint));
        Assert.Equal((true, "*", "*"), (mapping.Enabled, mapping.Subject, mapping.URI.OriginalString));
        Assert.False(new SetTrustedHostsParameters().Concatenate);
    }
}
