namespace Microsoft.WSMan.Management.Units.Provider.Parameters;

public sealed class NewComputerParametersTests
{
    private static readonly Uri s_uri = new("https://server01:5986/x");

    [Fact]
    public void APathHasAComputerAndMayHaveAnApplication() => Assert.Equal(
        new ConnectTarget("server01", 5986, "app", true, null),
        new NewComputerByPathParameters { Port = 5986, ApplicationName = "app", UseSSL = true }.Target("server01"));

    [Fact]
    public void AUriStandsForAllButThePort()
    {
        NewComputerAtRootParameters given = new() { Port = 1, ApplicationName = "app", UseSSL = true };

        Assert.Equal(new ConnectTarget("server01", 1, "app", true, null), given.Target("server01"));
        given.ConnectionURI = s_uri;
        Assert.Equal(new ConnectTarget(null, 1, null, false, s_uri), given.Target("server01"));
    }

    [Fact]
    public void TheApplicationIsWsmanUnlessGiven() => Assert.Equal(
        new ConnectTarget(null, 0, "wsman", false, null), new NewComputerAtRootParameters().Target(null));

    [Fact]
    public void ACertificateAndAnotherMechanismExcludeEachOtherInEitherOrder()
    {
        NewComputerParameters certificate = new() { CertificateThumbprint = "AB" };
        NewComputerParameters mechanism = new() { Authentication = AuthenticationMechanism.Basic };

        certificate.Authentication = AuthenticationMechanism.ClientCertificate;
        Assert.Throws<InvalidOperationException>(() => certificate.Authentication = AuthenticationMechanism.Kerberos);
        Assert.Throws<InvalidOperationException>(() => mechanism.CertificateThumbprint = "AB");
    }
}
