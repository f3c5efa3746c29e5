namespace Microsoft.WSMan.Management.Units.Connection;

public sealed class ComputerNamesTests
{
    [Theory]
    [InlineData(null, "localhost")]
    [InlineData("", "localhost")]
    [InlineData(".", "localhost")]
    [InlineData("..", "..")]
    [InlineData(" ", " ")]
    [InlineData("Server01.Example.COM", "server01.example.com")]
    [InlineData("BÜCHER.example", "bücher.example")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:DB8::A", "2001:db8::a")]
    [InlineData("[2001:DB8::A]", "2001:db8::a")]
    [InlineData("[FE80::1%eth0]", "fe80::1%eth0")]
    [InlineData("FE80::1%12", "fe80::1%12")]
    [InlineData("[::1", "[::1")]
    [InlineData("::1]", "::1]")]
    [InlineData("[]", "[]")]
    [InlineData("[Server01]", "[server01]")]
    public void ASessionHasTheNameInLowerCaseAndWithoutBrackets(string? name, string session) =>
        Assert.Equal(session, ComputerNames.ToSessionName(name));

    // Interfaces on Linux may differ by nothing but letter case, and some have capitals, such as enP2p1s0.
    [Theory]
    [InlineData("FE80::1%enP2p1s0", "fe80::1%enP2p1s0")]
    [InlineData("[FE80::1%enP2p1s0]", "fe80::1%enP2p1s0")]
    [InlineData("SERVER%A", "server%a")]
    public void AZoneKeepsItsLetterCase(string name, string session) =>
        Assert.Equal(session, ComputerNames.ToSessionName(name));

    [Fact]
    public void AVeryLongNameStaysWhole()
    {
        string name = new('A', 100_000);

        Assert.Equal(name.ToLowerInvariant(), ComputerNames.ToSessionName(name));
    }

    [Theory]
    [InlineData(null, "localhost")]
    [InlineData("", "localhost")]
    [InlineData(".", "localhost")]
    [InlineData("[FE80::1]", "[FE80::1]")]
    [InlineData("Server01", "Server01")]
    public void AParameterStaysAsItWasTyped(string? typed, string meant) =>
        Assert.Equal(meant, ComputerNames.FromParameter(typed));

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LocalHost", true)]
    [InlineData("localhost.", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("", false)]
    public void OnlyLocalhostIsTheLocalComputer(string name, bool local) =>
        Assert.Equal(local, ComputerNames.IsLocal(name));
}
