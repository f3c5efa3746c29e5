using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>Two checks of the server's certificate, each refused, named and skipped on its own.</summary>
public sealed class CertificateTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Secure =
        "Connect-WSMan $args[0] @wsman -SessionOption (New-WSManSessionOption -OperationTimeout 20000 {0})";

    [Fact]
    public void AnUnknownAuthorityIsNamed()
    {
        using Stranger stranger = new();

        ErrorRecord error = stranger.Connect("").Failed();

        Expect.WSManError(
            error, "ConnectWSMan", stranger.Name, stranger.Name, "authority", "issuer: CN=", "SkipCACheck");
        Assert.DoesNotContain("SkipCNCheck", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, stranger.Service.CountsAt(0).Connections);
    }

    [Fact]
    public void SkipCACheckAcceptsTheAuthority()
    {
        using Stranger stranger = new();

        stranger.Connect("-SkipCACheck").Succeeded();

        stranger.Disconnect();
    }

    [Fact]
    public void SkipCNCheckDoesNotAcceptTheAuthority()
    {
        using Stranger stranger = new();

        ErrorRecord error = stranger.Connect("-SkipCNCheck").Failed();

        Expect.WSManError(error, "ConnectWSMan", stranger.Name, "SkipCACheck");
    }

    [Fact]
    public void AWrongNameIsSaidWithTheNamesOfTheCertificate()
    {
        ErrorRecord error = ConnectOutside("").Failed();

        Expect.WSManError(
            error,
            "ConnectWSMan",
            Computers.OutsideCertificate,
            Computers.OutsideCertificate,
            Computers.One,
            "localhost",
            "issuer: CN=",
            "SkipCNCheck");
        Assert.DoesNotContain("SkipCACheck", error.ToString(), StringComparison.Ordinal);
        AssertDisconnected(Computers.OutsideCertificate);
    }

    [Fact]
    public void SkipCNCheckAcceptsTheName()
    {
        ConnectOutside("-SkipCNCheck").Succeeded();

        AssertConnected(Computers.OutsideCertificate);
    }

    [Fact]
    public void SkipCACheckDoesNotAcceptTheName()
    {
        ErrorRecord error = ConnectOutside("-SkipCACheck").Failed();

        Expect.WSManError(error, "ConnectWSMan", Computers.OutsideCertificate, "SkipCNCheck");
    }

    private EngineResult ConnectOutside(string skip) =>
        Session.Run(Secure.Replace("{0}", skip, StringComparison.Ordinal), Computers.OutsideCertificate);

    // A computer whose certificate comes from an authority that nobody here has heard of.
    private sealed class Stranger : IDisposable
    {
        private readonly ScratchFolder _authority = new();
        private readonly EngineSession _session;

        public Stranger()
        {
            Service = EndpointProcess.Start([Name], authorityFolder: _authority.Path);
            _session = new EngineSession(Service);
        }

        public string Name { get; } = Addresses.NextNetwork() + ".1";

        public EndpointProcess Service { get; }

        public EngineResult Connect(string skip) =>
            _session.Run(Secure.Replace("{0}", skip, StringComparison.Ordinal), Name);

        public void Disconnect() => _session.Run("Disconnect-WSMan $args[0]", Name).Succeeded();

        public void Dispose()
        {
            _session.Dispose();
            Service.Dispose();
            _authority.Dispose();
        }
    }
}
