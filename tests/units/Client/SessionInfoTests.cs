namespace Microsoft.WSMan.Management.Units.Client;

public sealed class SessionInfoTests
{
    [Theory]
    [InlineData("fe80::1%eth0", "fe80::1%eth0")]
    [InlineData("fe80::1%ETH0", "fe80::1%ETH0")]
    [InlineData("fe80::1%Eth0", null)]
    [InlineData("server01", "server01")]
    [InlineData("server", null)]
    public void ASessionIsFoundLetterForLetter(string name, string? found)
    {
        SessionInfo[] sessions =
        [
            Samples.SessionTo("fe80::1%ETH0"), Samples.SessionTo("fe80::1%eth0"), Samples.SessionTo("server01"),
        ];

        Assert.Equal(found, SessionInfo.Find(sessions, name)?.ComputerName);
    }
}
