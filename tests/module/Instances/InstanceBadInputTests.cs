using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>Whatever is wrong with a request or its answer, the error says what, and nothing stays open.</summary>
public sealed class InstanceBadInputTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string At = " -ComputerName $args[0] @wsman ";

    private const string Row = "Get-WSManInstance wmicimv2/Loopback_Row -Enumerate" + At;

    [Theory]
    [InlineData("wmicimv2/No_Such_Class", "", "0x80338000")]
    [InlineData("urn:nothing", "", "0x8033803B")]
    [InlineData("wmicimv2/Win32_Service", "", "0x8033805A")]
    [InlineData("wmicimv2/Win32_Service", "@{Nmae='winrm'}", "0x8033805B")]
    [InlineData("wmicimv2/Win32_Service", "@{Name='nobody'}", "0x80338000")]
    [InlineData("wmicimv2/Loopback_Row", "@{Index='first'}", "0x8033805D")]
    public void AResourceThatIsNotThereIsTheTarget(string resource, string selectors, string code)
    {
        string parameter = selectors.Length == 0 ? "" : $"-SelectorSet {selectors}";

        ErrorRecord error = Fails($"Get-WSManInstance {resource} {parameter}" + At);

        Expect.WSManError(error, "GetWSManInstance", resource, code, Computers.One);
    }

    [Theory]
    [InlineData("Set-WSManInstance wmicimv2/Win32_Process @{Handle='1'} -ValueSet @{a=1}", "SetWSManInstance", true)]
    [InlineData("Invoke-WSManAction wmicimv2/Win32_Service StartService @{Name='x'}", "InvokeWSManAction", true)]
    [InlineData("Remove-WSManInstance wmicimv2/Win32_Process @{Handle='1'}", "RemoveWSManInstance", false)]
    [InlineData("New-WSManInstance wmicimv2/No_Such_Class @{N='x'} -ValueSet @{N='x'}", "NewWSManInstance", false)]
    public void ErrorsNameTheResourceOrTheComputerAsOnWindows(string command, string name, bool resource)
    {
        ErrorRecord error = Fails(command + At);

        Expect.WSManError(error, name, resource ? command.Split(' ')[1] : Computers.One, "0x80338000");
    }

    [Theory]
    [InlineData("select from where", "0x8033801A")]
    [InlineData("select * from No_Such_Class", "No_Such_Class")]
    public void AQueryThatIsNoneIsRefused(string query, string word)
    {
        ErrorRecord error = Fails($"Get-WSManInstance wmicimv2/* -Enumerate -Filter '{query}'" + At);

        Expect.WSManError(error, "GetWSManInstance", "wmicimv2/*", word);
    }

    [Fact]
    public void ADialectWithoutAFilterIsRefusedHere()
    {
        ErrorRecord error = FailsWithoutARequest("Get-WSManInstance wmicimv2/* -Enumerate -Dialect WQL" + At);

        Expect.WSManError(error, "GetWSManInstance", "wmicimv2/*", "-Filter");
    }

    [Theory]
    [InlineData("-Dialect selector -Filter 'Name'")]
    [InlineData("-Dialect association -Filter 'Win32_Service'")]
    public void AFilterThatItsDialectCannotHoldIsRefusedHere(string parameters)
    {
        ErrorRecord error = FailsWithoutARequest($"Get-WSManInstance wmicimv2/* -Enumerate {parameters}" + At);

        Expect.WSManError(error, "GetWSManInstance", "wmicimv2/*", "filter");
    }

    [Theory]
    [InlineData("Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{Name=$null}", "GetWSManInstance", "Name")]
    [InlineData("Get-WSManInstance wmicimv2/Win32_Service -SelectorSet @{Name='a','b'}", "GetWSManInstance", "Name")]
    [InlineData("Set-WSManInstance wmicimv2/Win32_Service @{Name=@{a=1}}", "SetWSManInstance", "Name")]
    [InlineData("Invoke-WSManAction wmicimv2/Win32_Service Any @{Name=$credential}", "InvokeWSManAction", "Name")]
    [InlineData("Get-WSManInstance wmicimv2/Win32_Service?Name", "GetWSManInstance", "Name")]
    [InlineData("Get-WSManInstance ''", "GetWSManInstance", "resource")]
    public void ASelectorThatCannotBeWrittenIsNamed(string command, string name, string word)
    {
        ErrorRecord error = FailsWithoutARequest(command + At);

        Expect.WSManError(error, name, command.Split(' ')[1].Trim('\''), word);
    }

    [Theory]
    [InlineData("@{NoSuchProperty='x'}", "NoSuchProperty")]
    [InlineData("@{startmode='x'}", "startmode")]
    [InlineData("@{Recovery='x'}", "Recovery")]
    [InlineData("@{Triggers='x'}", "Triggers")]
    public void AValueThatHasNoPlaceInTheInstanceIsNamed(string values, string name)
    {
        ErrorRecord error = Fails(
            $"Set-WSManInstance wmicimv2/Win32_Service @{{Name='winrm'}} -ValueSet {values}" + At);

        Expect.WSManError(error, "SetWSManInstance", "wmicimv2/Win32_Service", name);
    }

    [Fact]
    public void AValueOfTheWrongTypeIsRefusedByTheServer()
    {
        ErrorRecord error = Fails(
            "Invoke-WSManAction wmicimv2/Win32_Process Terminate @{Handle='860'} -ValueSet @{Reason='soon'}" + At);

        Expect.WSManError(error, "InvokeWSManAction", "wmicimv2/Win32_Process", "0x80338054");
    }

    [Theory]
    [InlineData("New-WSManInstance wmicimv2/Win32_Environment $null", "NewWSManInstance", "SelectorSet")]
    [InlineData("Remove-WSManInstance wmicimv2/Win32_Environment @{}", "RemoveWSManInstance", "SelectorSet")]
    [InlineData("Get-WSManInstance wmicimv2/* -Enumerate -ReturnType all", "GetWSManInstance", "ReturnType")]
    [InlineData("Set-WSManInstance wmicimv2/Win32_Service @{Name='x'} -ValueSet @{}", "SetWSManInstance", "ValueSet")]
    [InlineData("Invoke-WSManAction wmicimv2/Win32_Service ''", "InvokeWSManAction", "Action")]
    public void AnEmptyOrUnknownArgumentDoesNotBind(string command, string name, string parameter)
    {
        ErrorRecord error = FailsWithoutARequest(command + At);

        Assert.StartsWith(
            "ParameterArgumentValidationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.EndsWith(
            $",Microsoft.WSMan.Management.{name}Command", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains(parameter, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-WSManInstance winrm/config -ConnectionURI server01/wsman", "GetWSManInstance")]
    [InlineData("Set-WSManInstance winrm/config -ConnectionURI server01/wsman -ValueSet @{a='b'}", "SetWSManInstance")]
    [InlineData("New-WSManInstance winrm/config @{} -ConnectionURI server01/wsman", "NewWSManInstance")]
    [InlineData("Remove-WSManInstance winrm/config @{a='b'} -ConnectionURI server01/wsman", "RemoveWSManInstance")]
    [InlineData("Invoke-WSManAction winrm/config Any -ConnectionURI server01/wsman", "InvokeWSManAction")]
    public void AConnectionUriThatIsNoneIsTheTarget(string command, string name)
    {
        ErrorRecord error = FailsWithoutARequest(command);

        Expect.WSManError(error, name, "server01/wsman", "connection URI");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("65536")]
    public void APortThatIsNoneIsNamed(string port)
    {
        ErrorRecord error = FailsWithoutARequest(
            $"Get-WSManInstance winrm/config -ComputerName $args[0] -UseSSL -Port {port}");

        Expect.WSManError(error, "GetWSManInstance", "winrm/config", port);
    }

    [Theory]
    [InlineData("pull/fault-after/1", "0x")]
    [InlineData("pull/expired", "0x8033801B")]
    [InlineData("pull/extra", "0x80338143")]
    public void WhatCameBeforeAFailureIsDelivered(string path, string word)
    {
        EngineResult result = Session.Run($"({Row} -ApplicationName {path}/wsman).Index", Computers.One);

        Expect.WSManError(result.Failed(), "GetWSManInstance", "wmicimv2/Loopback_Row", word);
        AssertNothingIsOpen();

        EngineResult streamed = Session.Run(
            $"{Row} -ApplicationName {path}/wsman | ForEach-Object {{ $_.Index }}", Computers.One);
        Assert.NotEmpty(streamed.Output);
        Assert.Equal(Enumerable.Range(0, streamed.Output.Count).Select(i => $"{i}"), streamed.Text);
    }

    [Fact]
    public void APageThatIsTooLargeIsAskedForInSmallerOnes()
    {
        EngineResult result = Session.Run(
            $"({Row} -ApplicationName encoding-limit/25/wsman | Select-Object -First 300).Index",
            Computers.One).Succeeded();

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), result.Text);
        AssertNothingIsOpen();
    }

    private ErrorRecord Fails(string script)
    {
        EngineResult result = Session.Run(script, Computers.One);
        Assert.Empty(result.Output);
        AssertNothingIsOpen();
        return result.Failed();
    }

    private ErrorRecord FailsWithoutARequest(string script)
    {
        int requests = Computers.Service.Counts().Requests;
        ErrorRecord error = Fails(script);
        Assert.Equal(requests, Computers.Service.Counts().Requests);
        return error;
    }

    private void AssertNothingIsOpen()
    {
        Assert.Equal(0, Computers.Service.WaitFor("contexts", 0).Contexts);
        AssertDisconnected(Computers.One);
    }
}
