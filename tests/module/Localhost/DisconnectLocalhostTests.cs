using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Localhost;

/// <summary>The name that stands for the local computer, with and without a session under it.</summary>
[Collection(LocalhostCollection.Name)]
public sealed class DisconnectLocalhostTests(LocalhostFixture local) : IDisposable
{
    private readonly EngineSession _session = new(local.Service);

    /// <summary>All the ways to say localhost, and what the error's target is then.</summary>
    public static TheoryData<string, string> Ways => new()
    {
        { "Disconnect-WSMan", "localhost" },
        { "Disconnect-WSMan ''", "localhost" },
        { "Disconnect-WSMan $null", "localhost" },
        { "Disconnect-WSMan .", "localhost" },
        { "Disconnect-WSMan localhost", "localhost" },
        { "Disconnect-WSMan LOCALHOST", "LOCALHOST" },
        { "Disconnect-WSMan -ComputerName:.", "localhost" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void WithoutASessionItIsTheLocalHostError(string command, string target)
    {
        int accepted = local.Service.Counts().Accepted;

        ErrorRecord error = _session.Run(command).Failed();

        Expect.WSManError(error, "DisconnectWSMan", target, "local", "cannot be disconnected");
        Assert.Equal(accepted, local.Service.Counts().Accepted);
        Assert.Equal("localhost", Names()[0]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void WithASessionItIsDisconnected(string command, string target)
    {
        EngineResult made = _session.Run("$s = Connect-WSMan localhost @wsman -PassThru; $s.State").Succeeded();
        Assert.Equal(["Opened"], made.Text);
        Assert.Equal(1, local.Service.CountsAt(1).Connections);

        EngineResult result = _session.Run($"{command}; $s.State").Succeeded();

        Assert.Equal(["Closed"], result.Text);
        Assert.Equal(0, local.Service.CountsAt(0).Connections);
        Assert.Equal("localhost", Names()[0]);
        ErrorRecord error = _session.Run(command).Failed();
        Expect.WSManError(error, "DisconnectWSMan", target, "cannot be disconnected");
    }

    [Theory]
    [InlineData("Connect-WSMan @wsman")]
    [InlineData("Connect-WSMan . @wsman")]
    [InlineData("Connect-WSMan LocalHost @wsman")]
    [InlineData(
        "Connect-WSMan -ConnectionURI \"https://localhost:$($wsman.Port)/wsman\" " +
        "-Authentication Basic -Credential $credential")]
    [InlineData("$null = New-Item WSMan:\\ -Name localhost @wsman")]
    public void EachWayToConnectMakesTheSameSession(string command)
    {
        _session.Run(command).Succeeded();

        Assert.Equal(1, local.Service.CountsAt(1).Connections);
        Assert.Single(Names(), n => n == "localhost");
        _session.Run("Disconnect-WSMan localhost").Succeeded();
        Assert.Equal(0, local.Service.CountsAt(0).Connections);
    }

    [Fact]
    public void RemoveItemIsTheSameAsDisconnect()
    {
        _session.Run("Connect-WSMan localhost @wsman; Remove-Item WSMan:\\localhost").Succeeded();
        Assert.Equal(0, local.Service.CountsAt(0).Connections);

        ErrorRecord error = _session.Run("Remove-Item WSMan:\\localhost").Failed();

        Expect.Is(
            error,
            "System.InvalidOperationException,Microsoft.PowerShell.Commands.RemoveItemCommand",
            ErrorCategory.NotSpecified,
            null,
            "cannot be disconnected");
    }

    [Fact]
    public void StandingInItIsTheOtherError()
    {
        _session.Run("Connect-WSMan localhost @wsman; Set-Location WSMan:\\localhost").Succeeded();

        ErrorRecord error = _session.Run("Disconnect-WSMan").Failed();

        Expect.WSManError(error, "DisconnectWSMan", "localhost", "Set-Location WSMan:\\");
        Assert.Equal(1, local.Service.CountsAt(1).Connections);
    }

    public void Dispose()
    {
        _session.Run("Set-Location WSMan:\\; Disconnect-WSMan");
        _session.Dispose();
    }

    private string[] Names() => [.. _session.Run("(Get-ChildItem WSMan:\\).Name").Succeeded().Text];
}
