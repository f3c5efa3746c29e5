namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>The item of a computer tells what is open on it now.</summary>
public sealed class LivePropertiesTests(EndpointFixture computers) : HeldOpenTests(computers)
{
    private const string Ask = "\"$($item.State) $($item.OpenEnumerations) $($item.OpenShells)\"";

    [Fact]
    public void TheyFollowWhatOtherRunspacesOpenAndEnd()
    {
        Session.SetVariable("name", Computers.One);
        Session.Run("$item = Connect-WSMan $name @wsman -PassThru").Succeeded();
        Assert.Equal(["Opened 0 0"], Session.Run(Ask).Succeeded().Text);

        Session.Run(MakeShell).Succeeded();
        Assert.Equal(["Opened 0 1"], Session.Run(Ask).Succeeded().Text);

        using (new OpenEnumeration(Computers.Service, Computers.One))
        {
            Assert.Equal(["Opened 1 1"], Session.Run(Ask).Succeeded().Text);
        }

        Assert.Equal(["Opened 0 1"], Session.Run(Ask).Succeeded().Text);
        Session.Run("Remove-WSManInstance shell/cmd @{ ShellId = $shell } -ComputerName $name").Succeeded();
        Assert.Equal(["Opened 0 0"], Session.Run(Ask).Succeeded().Text);

        Session.Run("Disconnect-WSMan $name").Succeeded();
        Assert.Equal(["Closed 0 0"], Session.Run(Ask).Succeeded().Text);
    }

    [Fact]
    public void FormatListShowsAllOfThem()
    {
        ConnectWithShell(Computers.One);
        using OpenEnumeration open = new(Computers.Service, Computers.One);

        EngineResult result = Session.Run("Get-Item WSMan:\\$name | Format-List * | Out-String").Succeeded();

        string text = Assert.Single(result.Text);
        foreach (string line in (string[])
            [
                "State +: Opened",
                $"ConnectionUri +: https://{Computers.One}:{Computers.Service.Https}/wsman",
                "Authentication +: Basic",
                $"UserName +: {EndpointProcess.UserName}",
                "Connections +: [1-4]",
                "OpenEnumerations +: 1",
                "OpenShells +: 1",
            ])
        {
            Assert.Matches($"(?m)^{line}", text);
        }
    }
}
