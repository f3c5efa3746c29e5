using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>How the values of a hashtable are written, seen from a method that gives back what it got.</summary>
public sealed class ValueTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Echo =
        "Invoke-WSManAction wmicimv2/Loopback_Echo Echo -ComputerName $args[0] @wsman -ValueSet ";

    [Theory]
    [InlineData("'text'", "text")]
    [InlineData("''", "")]
    [InlineData("$true", "true")]
    [InlineData("[switch]$false", "false")]
    [InlineData("42", "42")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("1e300", "1E+300")]
    [InlineData("[decimal]'12.5'", "12.5")]
    [InlineData("[byte]7", "7")]
    [InlineData("[DayOfWeek]::Monday", "Monday")]
    [InlineData("[guid]'0f8fad5b-d9cb-469f-a165-70867728950e'", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("[datetime]::new(2024,2,29,23,59,58,[DateTimeKind]::Utc)", "2024-02-29T23:59:58Z")]
    [InlineData("[datetime]::new(2024,2,29,23,59,58)", "2024-02-29T23:59:58")]
    [InlineData("[datetimeoffset]'2024-02-29T23:59:58+01:00'", "2024-02-29T23:59:58+01:00")]
    [InlineData("[timespan]'1.02:03:04'", "P1DT2H3M4S")]
    [InlineData("(Write-Output 'wrapped')", "wrapped")]
    [InlineData("'<a b=\"c\">&amp; + ? '' \"'", "<a b=\"c\">&amp; + ? ' \"")]
    [InlineData("\"two`nlines`tand a tab\"", "two\nlines\tand a tab")]
    [InlineData("'Gr\u00fc\u00dfe \u20ac \U0001F600'", "Gr\u00fc\u00dfe \u20ac \U0001F600")]
    public void AValueIsWrittenInItsLexicalForm(string value, string text)
    {
        XmlElement parameter = Assert.Single(Parameters($"@{{Value={value}}}"));

        Assert.Equal("Value", parameter.LocalName);
        Assert.Equal(text, parameter.InnerText);
    }

    [Fact]
    public void ALocalTimeIsToldAsThatOfUtc()
    {
        XmlElement parameter = Assert.Single(
            Parameters("@{Value=[datetime]::new(2024,7,1,12,0,0,[DateTimeKind]::Utc).ToLocalTime()}"));

        Assert.Equal("2024-07-01T12:00:00Z", parameter.InnerText);
    }

    [Fact]
    public void NullIsNil()
    {
        XmlElement parameter = Assert.Single(Parameters("@{Value=$null}"));

        Assert.Equal("true", parameter.GetAttribute("nil", "http://www.w3.org/2001/XMLSchema-instance"));
        Assert.Equal("", parameter.InnerText);
    }

    [Fact]
    public void AnArrayIsARepeatedElement()
    {
        Assert.Equal(["1", "two", "true"], Parameters("@{Value=1,'two',$true}").Select(p => p.InnerText));
    }

    [Fact]
    public void AnElementIsEmbeddedWithThePrefixesItMayMean()
    {
        XmlElement parameter = Assert.Single(Parameters(
            "@{Value=([xml]'<r xmlns:q=\"urn:q\" xmlns:t=\"urn:t\"><q:e type=\"t:Kind\">x</q:e></r>').r.e}"));

        XmlElement embedded = Assert.Single(parameter.ChildNodes.OfType<XmlElement>());
        Assert.Equal("urn:q", embedded.NamespaceURI);
        Assert.Equal("x", embedded.InnerText);
        Assert.Equal("urn:t", embedded.GetNamespaceOfPrefix("t"));
    }

    [Fact]
    public void AnOrderedDictionaryKeepsItsOrder()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"P{(i * 7) % 20}")];

        IEnumerable<XmlElement> parameters = Parameters(
            "([ordered]@{" + string.Join(';', names.Select(n => $"{n}='v'")) + "})");

        Assert.Equal(names, parameters.Select(p => p.LocalName));
    }

    [Theory]
    [InlineData("$credential", "credential")]
    [InlineData("@{a=1}", "Hashtable")]
    [InlineData("[pscustomobject]@{a=1}", "PSCustomObject")]
    [InlineData("(1,(2,3))", "Object[]")]
    [InlineData("[string][char]0xD800", "surrogate")]
    [InlineData("[string][char]1", "Value")]
    public void AValueThatCannotBeWrittenIsAnErrorThatNamesIt(string value, string word)
    {
        int requests = Computers.Service.Counts().Requests;

        ErrorRecord error = Session.Run($"{Echo} @{{Value={value}}}", Computers.One).Failed();

        Expect.WSManError(error, "InvokeWSManAction", "wmicimv2/Loopback_Echo", "Value", word);
        Assert.Equal(requests, Computers.Service.Counts().Requests);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("<a b=\"c\">&amp; 'x'\t\r\n")]
    [InlineData("Gr\u00fc\u00dfe \u20ac \U0001F600")]
    [InlineData("")]
    public void ASecureStringArrivesAsItIs(string secret)
    {
        const string Secure = "$s = [securestring]::new(); foreach ($c in $args[1].ToCharArray()) { $s.AppendChar($c) }; ";
        EngineResult result = Session.Run(
            $"{Secure} {Echo} @{{Value=$s;After='x'}} -Debug; $s.Length", Computers.One, secret).Succeeded();

        XmlElement answer = Assert.IsType<XmlElement>(result.Output[0].BaseObject);
        Assert.Equal(secret, answer.ChildNodes.OfType<XmlElement>().First(e => e.LocalName == "Value").InnerText);
        Assert.Equal(secret.Length, result.Output[1].BaseObject);
        Assert.Contains(result.Debug, text => text.StartsWith("Request Invoke", StringComparison.Ordinal)
            && text.Contains("secret-", StringComparison.Ordinal));
    }

    [Fact]
    public void ASecretThatXmlCannotHoldIsAnErrorThatDoesNotShowIt()
    {
        ErrorRecord error = Session.Run(
            $"$s = [securestring]::new(); foreach ($c in 'hunter2'.ToCharArray() + [char]1) {{ $s.AppendChar($c) }}; " +
            $"{Echo} @{{Value=$s}}", Computers.One).Failed();

        Expect.WSManError(error, "InvokeWSManAction", "wmicimv2/Loopback_Echo", "secret", "XML");
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ASelectorIsNoSecret()
    {
        ErrorRecord error = Session.Run(
            "Invoke-WSManAction wmicimv2/Loopback_Echo Echo -ComputerName $args[0] @wsman " +
            "-SelectorSet @{Name=[securestring]::new()}", Computers.One).Failed();

        Expect.WSManError(error, "InvokeWSManAction", "wmicimv2/Loopback_Echo", "Name", "secret");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("<a>")]
    [InlineData("a\"b")]
    [InlineData("")]
    public void AKeyThatIsNoNameIsAnError(string key)
    {
        ErrorRecord error = Session.Run($"{Echo} @{{$args[1]='v'}}", Computers.One, key).Failed();

        Expect.WSManError(error, "InvokeWSManAction", "wmicimv2/Loopback_Echo", key);
    }

    [Theory]
    [InlineData("<SYSTEM>", "a+b?c=d&e")]
    [InlineData("\"quoted\" 'twice'", "two\nlines")]
    [InlineData("Gr\u00fc\u00dfe \u20ac", "*")]
    public void SelectorsMayHoldAnything(string name, string user)
    {
        const string Selectors = "@{Name=$args[1];UserName=$args[2]}";
        EngineResult result = Session.Run(
            $"$null = New-WSManInstance wmicimv2/Win32_Environment {Selectors} -ComputerName $args[0] @wsman " +
            "-ValueSet @{Name=$args[1];UserName=$args[2];VariableValue='v'};" +
            $"(Get-WSManInstance wmicimv2/Win32_Environment -SelectorSet {Selectors} -ComputerName $args[0] @wsman)" +
            ".VariableValue;" +
            $"Remove-WSManInstance wmicimv2/Win32_Environment {Selectors} -ComputerName $args[0] @wsman",
            Computers.One, name, user).Succeeded();

        Assert.Equal(["v"], result.Text);
    }

    private IEnumerable<XmlElement> Parameters(string values)
    {
        EngineResult result = Session.Run(Echo + values, Computers.One).Succeeded();
        XmlElement answer = Assert.IsType<XmlElement>(Assert.Single(result.Output).BaseObject);
        return answer.ChildNodes.OfType<XmlElement>().Where(e => e.LocalName != "ReturnValue");
    }
}
