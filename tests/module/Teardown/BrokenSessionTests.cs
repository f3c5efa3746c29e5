using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>
/// A session whose credential the server no longer accepts: it is listed as Broken, refuses work in a sentence that
/// says what to do, and is disconnected like any other.
/// </summary>
public sealed class BrokenSessionTests : IDisposable
{
    private const string Get = "Get-WSManInstance winrm/config -ComputerName $args[0]";

    private readonly string _name = Addresses.NextNetwork() + ".1";

    private readonly EngineSession _session;

    private EndpointProcess _service;

    public BrokenSessionTests()
    {
        _service = EndpointProcess.Start([_name]);
        _session = new EngineSession(_service);
        _session.Run("Connect-WSMan $args[0] @wsman; $null = New-WSManInstance shell/cmd @{} -ComputerName $args[0]", _name)
            .Succeeded();
        Revoke();
    }

    [Fact]
    public void IsBrokenFromTheFirstRefusalOn()
    {
        Assert.Equal("Opened", State());

        ErrorRecord denied = _session.Run(Get, _name).Failed();

        Expect.WSManError(denied, "GetWSManInstance", "winrm/config", _name, "denied access");
        Assert.Equal("Broken", State());
        int requests = _service.Counts().Requests;
        ErrorRecord refused = _session.Run(Get, _name).Failed();
        Expect.WSManError(refused, "GetWSManInstance", "winrm/config", _name, "broken", "Connect-WSMan", "0x00000005");
        Assert.Equal(requests, _service.Counts().Requests);
    }

    [Fact]
    public void IsDisconnectedAndSaysWhatItLeft()
    {
        _session.Run(Get, _name).Failed();
        int requests = _service.Counts().Requests;

        EngineResult ended = _session.Run(
            "$item = Get-Item \"WSMan:\\$($args[0])\"; Disconnect-WSMan $args[0] -InformationVariable r; "
            + "$r.MessageData.Graceful; $r.MessageData.ShellsAbandoned; \"$($item.State)\"",
            _name);

        Assert.Equal([false, 1, "Closed"], ended.Output.Select(o => o.BaseObject));
        Assert.Contains("credential", Assert.Single(ended.Warnings), StringComparison.Ordinal);
        Assert.Equal(requests, _service.Counts().Requests);
    }

    [Fact]
    public void ConnectingAgainReplacesIt()
    {
        _session.Run(Get, _name).Failed();
        Revoke(undo: true);

        EngineResult again = _session.Run($"Connect-WSMan $args[0] @wsman; $null = {Get}", _name);

        Assert.Empty(again.Errors);
        Assert.Equal("Opened", State());
    }

    public void Dispose()
    {
        _session.Run("Disconnect-WSMan $args[0] -ErrorAction Ignore -WarningAction Ignore", _name);
        _session.Dispose();
        _service.Dispose();
    }

    private string? State() => _session.Run("\"$((Get-Item \"WSMan:\\$($args[0])\").State)\"", _name)
        .Succeeded().Output[0].BaseObject as string;

    // The service goes and comes again at the same port, with another password.
    private void Revoke(bool undo = false)
    {
        int port = _service.Https;
        _service.Kill();
        _service.Dispose();
        string[] password = undo ? [] : ["--password", $"other-{Guid.NewGuid():N}"];
        _service = EndpointProcess.Start([_name], more: ["--https-port", $"{port}", .. password]);
    }
}
