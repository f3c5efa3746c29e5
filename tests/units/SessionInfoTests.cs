using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units;

public sealed class SessionInfoTests
{
    [Theory]
    [InlineData("Opened", WSManSessionState.Opened)]
    [InlineData("Closing", WSManSessionState.Closing)]
    [InlineData("Closed", WSManSessionState.Closed)]
    [InlineData("Broken", WSManSessionState.Broken)]
    public void AClosedSessionIsKnownByItsNumberAlone(string state, WSManSessionState expected) => Assert.Equal(
        new SessionInfo(ulong.MaxValue, "", expected, "", "", "", 1, 2, 3),
        SessionInfo.From(new StateDocument(ulong.MaxValue, null, state, null, null, null, 1, 2, 3)));

    [Fact]
    public void WhatIsConnectedSaysWhoAnswered()
    {
        IdentifyDocument service = new(null, "Vendor", "1.0", null, null);

        Assert.Equal(
            "server01: connected to http://server01:5985/wsman (Vendor 1.0)",
            new Connected("server01", "http://server01:5985/wsman", service, null, []).ToString());
    }
}
