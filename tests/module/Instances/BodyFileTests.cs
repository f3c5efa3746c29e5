using System.Management.Automation;
using System.Text;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>-FilePath: which file it names, and that its document is sent as it is.</summary>
public sealed class BodyFileTests : ComputerTests
{
    private const string Root =
        "<p:Echo_INPUT xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Loopback_Echo\">" +
        "<p:Value>Gr\u00fc\u00dfe</p:Value></p:Echo_INPUT>";

    private const string Echo =
        "(Invoke-WSManAction wmicimv2/Loopback_Echo Echo -ComputerName $args[0] @wsman -FilePath $args[1])" +
        ".Value.'#text'";

    private readonly ScratchFolder _folder = new();

    public BodyFileTests(EndpointFixture computers)
        : base(computers)
    {
        Session.Run("Set-Location $args[0]", _folder.Path).Succeeded();
    }

    [Theory]
    [InlineData("utf-8", false, "")]
    [InlineData("utf-8", true, "<?xml version='1.0'?>\n")]
    [InlineData("utf-8", false, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- a comment -->")]
    [InlineData("iso-8859-1", false, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")]
    [InlineData("utf-16", true, "<?xml version=\"1.0\" encoding=\"UTF-16\"?>")]
    public void TheEncodingIsThatOfTheFile(string name, bool mark, string declaration)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] octets = encoding.GetBytes(declaration + Root);
        byte[] preamble = mark ? encoding.GetPreamble() : [];
        File.WriteAllBytes(_folder.File("body.xml"), [.. preamble, .. octets]);

        Assert.Equal(["Gr\u00fc\u00dfe"], Session.Run(Echo, Computers.One, "body.xml").Succeeded().Text);
    }

    [Fact]
    public void APathIsRelativeToTheLocationOfTheRunspace()
    {
        Directory.CreateDirectory(_folder.File("below"));
        File.WriteAllText(_folder.File("body.xml"), Root);
        Session.Run("Set-Location below").Succeeded();

        Assert.Single(Session.Run(Echo, Computers.One, "../body.xml").Succeeded().Output);
    }

    [Theory]
    [InlineData("Set-WSManInstance wmicimv2/Win32_Service @{Name='winrm'}", "Set")]
    [InlineData("New-WSManInstance wmicimv2/Win32_Environment @{}", "New")]
    [InlineData("Invoke-WSManAction wmicimv2/Loopback_Echo Echo", "Invoke")]
    public void AFileThatIsNotThereIsNamed(string command, string verb)
    {
        ErrorRecord error = Session.Run(
            $"{command} -FilePath nothing.xml -ComputerName $args[0] @wsman", Computers.One).Failed();

        Expect.Is(
            error,
            "System.IO.FileNotFoundException,Microsoft.WSMan.Management." +
                $"{verb}{(verb == "Invoke" ? "WSManAction" : "WSManInstance")}Command",
            ErrorCategory.NotSpecified,
            null,
            _folder.File("nothing.xml"));
    }

    [Theory]
    [InlineData("", "XML")]
    [InlineData("plain text", "XML")]
    [InlineData("<open>", "XML")]
    [InlineData("<a/><b/>", "XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE")]
    [InlineData("<?xml version='1.0' encoding='no-such-encoding'?><a/>", "XML")]
    public void AFileThatIsNoDocumentIsNamedAndNotSent(string text, string word)
    {
        File.WriteAllText(_folder.File("body.xml"), text);
        int requests = Computers.Service.Counts().Requests;

        ErrorRecord error = Session.Run(Echo, Computers.One, "body.xml").Failed();

        Expect.WSManError(
            error, "InvokeWSManAction", "wmicimv2/Loopback_Echo", _folder.File("body.xml"), word);
        Assert.Equal(requests, Computers.Service.Counts().Requests);
    }

    [Theory]
    [InlineData(".", "folder")]
    [InlineData("WSMan:\\localhost", "file system")]
    public void APathThatIsNoFileIsNamed(string path, string word)
    {
        ErrorRecord error = Session.Run(Echo, Computers.One, path).Failed();

        Expect.WSManError(error, "InvokeWSManAction", "wmicimv2/Loopback_Echo", word);
    }

    [Fact]
    public void ValuesComeBeforeAFile()
    {
        EngineResult result = Session.Run(
            "(Invoke-WSManAction wmicimv2/Loopback_Echo Echo -ComputerName $args[0] @wsman -FilePath nothing.xml " +
            "-ValueSet @{Value='values'}).Value.'#text'",
            Computers.One).Succeeded();

        Assert.Equal(["values"], result.Text);
    }

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
