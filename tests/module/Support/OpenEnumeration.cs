using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// An enumeration in a runspace of its own that stays open: whoever reads it waits at the first object for as
/// long as this object lives, or until <see cref="GoOn"/>.
/// </summary>
internal sealed class OpenEnumeration : IDisposable
{
    private readonly EngineSession _session;
    private readonly ManualResetEventSlim _reached = new();
    private readonly ManualResetEventSlim _goOn = new();
    private readonly System.Management.Automation.PowerShell _shell;
    private readonly Task _running;

    /// <summary>Begins it, and returns when the first object is there.</summary>
    /// <param name="service">The service of the computer.</param>
    /// <param name="name">The computer.</param>
    /// <param name="how">Further parameters: none for the session of the computer, @wsman for its own.</param>
    public OpenEnumeration(EndpointProcess service, string name, string how = "")
    {
        _session = new EngineSession(service);
        _session.SetVariable("reached", _reached);
        _session.SetVariable("goOn", _goOn);
        _shell = _session.Start(
            $"Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $args[0] {how} | " +
            "ForEach-Object { $reached.Set(); $goOn.Wait() }",
            name,
            out _running);
        Assert.True(
            WaitHandle.WaitAny([_reached.WaitHandle, ((IAsyncResult)_running).AsyncWaitHandle], Bounds.Patience) == 0,
            $"{_running.Exception?.InnerException}");
    }

    /// <summary>Lets the reader go on, and returns the error that ends the enumeration.</summary>
    public ErrorRecord GoOn()
    {
        _goOn.Set();
        return EngineSession.ErrorOf(_shell, _running);
    }

    public void Dispose()
    {
        _goOn.Set();
        _shell.Stop();
        _running.ContinueWith(_ => { }, TaskScheduler.Default).Wait(Bounds.Patience);
        _shell.Dispose();
        _session.Dispose();
        _reached.Dispose();
        _goOn.Dispose();
    }
}
