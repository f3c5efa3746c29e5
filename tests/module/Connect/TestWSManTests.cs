using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>Test-WSMan: an answer or an error, and nothing left behind.</summary>
public sealed class TestWSManTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Masked = "OS: 0.0.0 SP: 0.0 Stack: 3.0";

    [Fact]
    public void AnonymouslyTheVersionIsMasked()
    {
        XmlElement answer = Answer("Test-WSMan $args[0] -UseSSL -Port $args[1]", Computers.Service.Https);

        Assert.Equal("IdentifyResponse", answer.LocalName);
        Assert.Equal(Masked, Child(answer, "ProductVersion"));
        Assert.Equal("http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd", Child(answer, "ProtocolVersion"));
    }

    [Fact]
    public void OverPlainHttpItWorksToo()
    {
        XmlElement answer = Answer("Test-WSMan $args[0] -Port $args[1]", Computers.Service.Http);

        Assert.Equal(Masked, Child(answer, "ProductVersion"));
    }

    [Fact]
    public void WithACredentialTheVersionIsWhole()
    {
        XmlElement answer = Answer("Test-WSMan $args[0] @wsman", Computers.Service.Https);

        Assert.NotEqual(Masked, Child(answer, "ProductVersion"));
    }

    [Fact]
    public void TheAnswerHasTheTypeNameOfItsView()
    {
        EngineResult result = Session.Run("(Test-WSMan $args[0] @wsman).pstypenames[0]", Computers.One).Succeeded();

        Assert.Equal(
            ["System.Xml.XmlElement#http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd#IdentifyResponse"],
            result.Text);
    }

    [Fact]
    public void NamesArePipedAndAFailureStopsNothing()
    {
        EngineResult result = Session.Run(
            "$args | Test-WSMan @wsman", Computers.One, Computers.Nobody, Computers.Two);

        Assert.Equal(2, result.Output.Count);
        Expect.WSManError(result.Failed(), "TestWSMan", Computers.Nobody, Computers.Nobody);
        Assert.Null(result.Terminating);
    }

    [Fact]
    public void SilentlyContinueHidesTheError()
    {
        EngineResult result = Session.Run("Test-WSMan $args[0] @wsman -ErrorAction SilentlyContinue", Computers.Nobody);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void ItUsesNoSession()
    {
        Connect(Computers.One);
        EndpointCounts before = Computers.Service.Counts();
        Session.SetVariable("wrong", EngineSession.Credential("not the password"));

        ErrorRecord error = Session.Run(
            "Test-WSMan $args[0] -UseSSL -Port $args[1] -Authentication Basic -Credential $wrong",
            Computers.One, Computers.Service.Https).Failed();

        Expect.WSManError(error, "TestWSMan", Computers.One, "user name and the password");
        Assert.Equal(before.Accepted + 1, Computers.Service.Counts().Accepted);
        AssertConnected(Computers.One);
    }

    [Theory]
    [InlineData("html", "web page")]
    [InlineData("no/such/path", "404")]
    [InlineData("malformed", "XML")]
    public void AnAnswerThatIsNotWSManagementIsAnError(string application, string word)
    {
        EngineResult result = Session.Run(
            $"Test-WSMan $args[0] @wsman -ApplicationName {application}", Computers.One);

        Expect.WSManError(result.Failed(), "TestWSMan", Computers.One, Computers.One, word);
        Assert.Empty(result.Output);
        AssertDisconnected(Computers.One);
    }

    private XmlElement Answer(string command, int port)
    {
        EngineResult result = Session.Run(command, Computers.One, port).Succeeded();
        AssertDisconnected(Computers.One);
        return Assert.IsType<XmlElement>(Assert.Single(result.Output).BaseObject);
    }

    private static string Child(XmlElement element, string name) =>
        element.ChildNodes.OfType<XmlElement>().Single(e => e.LocalName == name).InnerText;
}
