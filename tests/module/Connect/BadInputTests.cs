using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>Whatever is wrong, Connect-WSMan says what, on which computer, and changes nothing.</summary>
public sealed class BadInputTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Secure =
        "Connect-WSMan $args[0] -UseSSL -Port $args[1] -Authentication Basic -Credential $credential ";

    /// <summary>Answers that are not those of a WS-Management service, and words of the error.</summary>
    public static TheoryData<string, string> Answers => new()
    {
        { "html", "web page" },
        { "no/such/path", "404" },
        { "empty", "empty" },
        { "malformed", "XML" },
        { "doctype", "DOCTYPE" },
        { "redirect", "302" },
        { "status/503", "503" },
        { "status/403", "403" },
        { "close", "connection" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void AnAnswerThatIsNotWSManagementIsNamed(string application, string word)
    {
        ErrorRecord error = FailsAndChangesNothing(
            Secure + $"-ApplicationName {application}", Computers.One, Computers.Service.Https);

        Expect.WSManError(error, "ConnectWSMan", Computers.One, Computers.One, word);
    }

    [Fact]
    public void AFaultIsASentenceAndNotXml()
    {
        ErrorRecord error = FailsAndChangesNothing(
            Secure + "-ApplicationName fault", Computers.One, Computers.Service.Https);

        Expect.WSManError(error, "ConnectWSMan", Computers.One, Computers.One);
        Assert.DoesNotContain("<", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAnswerThatNeverComesEndsWithTheOperationTimeout()
    {
        ErrorRecord error = FailsAndChangesNothing(
            Secure + "-ApplicationName stall -SessionOption (New-WSManSessionOption -OperationTimeout 300)",
            Computers.One, Computers.Service.Https);

        Expect.WSManError(error, "ConnectWSMan", Computers.One, Computers.One);
    }

    [Fact]
    public void AWrongPasswordIsRefusedByTheServer()
    {
        Session.SetVariable("credential", EngineSession.Credential("not the password"));
        int refused = Computers.Service.Counts().Refused;

        ErrorRecord error = FailsAndChangesNothing(Secure, Computers.One, Computers.Service.Https);

        Expect.WSManError(error, "ConnectWSMan", Computers.One, Computers.One, "user name and the password");
        Assert.DoesNotContain("not the password", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(refused + 1, Computers.Service.Counts().Refused);
    }

    [Fact]
    public void APortWhereNobodyListensIsNamed()
    {
        ErrorRecord error = FailsAndChangesNothing(Secure, Computers.Nobody, Computers.Service.Https);

        Expect.WSManError(error, "ConnectWSMan", Computers.Nobody, Computers.Nobody, $"{Computers.Service.Https}");
    }

    [Fact]
    public void AHostWithoutAnAddressIsNamed()
    {
        ErrorRecord error = FailsAndChangesNothing(Secure, "no-such-host.invalid", Computers.Service.Https);

        Expect.WSManError(error, "ConnectWSMan", "no-such-host.invalid", "no-such-host.invalid");
    }

    [Fact]
    public void BasicOverPlainHttpIsRefusedBeforeAnyTraffic()
    {
        int accepted = Computers.Service.Counts().Of(Computers.One).Accepted;

        ErrorRecord error = FailsAndChangesNothing(
            "Connect-WSMan $args[0] -Port $args[1] -Authentication Basic -Credential $credential",
            Computers.One, Computers.Service.Http);

        Expect.WSManError(error, "ConnectWSMan", Computers.One, "AllowUnencrypted");
        Assert.Equal(accepted, Computers.Service.Counts().Of(Computers.One).Accepted);
    }

    [Fact]
    public void AnAuthenticationThatTheComputerDoesNotOfferIsNamedWithWhatItOffers()
    {
        ErrorRecord error = FailsAndChangesNothing(
            "Connect-WSMan $args[0] -UseSSL -Port $args[1] -Authentication Digest -Credential $credential",
            Computers.One, Computers.Service.Https);

        Expect.WSManError(error, "ConnectWSMan", Computers.One, "does not offer", "Digest", "accepts", "Basic");
    }

    [Theory]
    [InlineData("Credssp -Credential $credential", "Enable-WSManCredSSP")]
    [InlineData("ClientCertificate", "-CertificateThumbprint")]
    public void AnAuthenticationThatLacksSomethingFailsBeforeAnyTraffic(string authentication, string remedy)
    {
        int accepted = Computers.Service.Counts().Of(Computers.One).Accepted;

        ErrorRecord error = FailsAndChangesNothing(
            $"Connect-WSMan $args[0] -UseSSL -Port $args[1] -Authentication {authentication}",
            Computers.One, Computers.Service.Https);

        Expect.WSManError(error, "ConnectWSMan", Computers.One, remedy);
        Assert.Equal(accepted, Computers.Service.Counts().Of(Computers.One).Accepted);
    }

    [Fact]
    public void CredSspThatIsNotAllowedFailsBeforeAnyTraffic()
    {
        int accepted = Computers.Service.Counts().Of(Computers.One).Accepted;

        ErrorRecord error = FailsAndChangesNothing(
            "Connect-WSMan $args[0] -UseSSL -Port $args[1] -Authentication Credssp -Credential $credential",
            Computers.One, Computers.Service.Https);

        Expect.WSManError(
            error, "ConnectWSMan", Computers.One, "0x803381A2",
            $"Enable-WSManCredSSP -Role Client -DelegateComputer {Computers.One}");
        Assert.Equal(accepted, Computers.Service.Counts().Of(Computers.One).Accepted);
    }

    [Theory]
    [InlineData("SERVER/wsman")]
    [InlineData("wsman")]
    [InlineData("//SERVER/wsman")]
    [InlineData("ftp://SERVER/wsman")]
    public void AUriThatIsNotOneIsTheTarget(string pattern)
    {
        string uri = pattern.Replace("SERVER", Computers.One, StringComparison.Ordinal);

        ErrorRecord error = FailsAndChangesNothing(
            "Connect-WSMan -ConnectionURI $args[0] -Authentication Basic -Credential $credential", uri);

        Expect.WSManError(error, "ConnectWSMan", uri, "connection URI");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void APortBelowOneDoesNotBind(string port)
    {
        ErrorRecord error = FailsAndChangesNothing($"Connect-WSMan $args[0] -UseSSL -Port {port}", Computers.One);

        Expect.Is(
            error,
            "ParameterArgumentValidationError,Microsoft.WSMan.Management.ConnectWSManCommand",
            ErrorCategory.InvalidData,
            null,
            "Port");
    }

    [Fact]
    public void APortAboveTheLastIsAnError()
    {
        ErrorRecord error = FailsAndChangesNothing(Secure, Computers.One, 65536);

        Expect.WSManError(error, "ConnectWSMan", Computers.One, "65535");
    }

    [Theory]
    [InlineData("Connect-WSMan $args[0] -Credential $credential -CertificateThumbprint 0123", "ConnectWSMan")]
    [InlineData("Connect-WSMan $args[0] -CertificateThumbprint 0123 -Credential $credential", "ConnectWSMan")]
    [InlineData("Connect-WSMan $args[0] -CertificateThumbprint 0123 -Authentication Basic", "ConnectWSMan")]
    [InlineData("Test-WSMan $args[0] -CertificateThumbprint 0123 -Credential $credential", "TestWSMan")]
    public void AThumbprintGoesWithNoOtherIdentity(string command, string name)
    {
        ErrorRecord error = FailsAndChangesNothing(command, Computers.One);

        Expect.Is(
            error,
            $"ParameterBindingFailed,Microsoft.WSMan.Management.{name}Command",
            ErrorCategory.WriteError,
            null,
            "CertificateThumbprint");
    }

    // The session that is there stays, no other comes, and the service is left with the one connection.
    private ErrorRecord FailsAndChangesNothing(string script, params object[] arguments)
    {
        Connect(Computers.Two);

        ErrorRecord error = Session.Run(script, arguments).Failed();

        Assert.Equal([Computers.Two], Connected());
        Assert.Equal(1, Computers.Service.CountsAt(1).Connections);
        return error;
    }
}
