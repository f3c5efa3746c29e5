namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// Tests of one class against its own computers. Each case has a fresh runspace, and leaves no session
/// to a computer of the class behind for the next.
/// </summary>
public abstract class ComputerTests : IClassFixture<EndpointFixture>, IDisposable
{
    protected ComputerTests(EndpointFixture computers)
    {
        Computers = computers;
        Session = new EngineSession(computers.Service);
    }

    protected EndpointFixture Computers { get; }

    internal EngineSession Session { get; }

    /// <summary>The names of this class's computers that the drive lists, seen from another runspace.</summary>
    internal IReadOnlyList<string> Connected()
    {
        using EngineSession other = new();
        return [.. other.Run("(Get-ChildItem WSMan:\\).Name").Succeeded().Text.Where(Computers.Has).Order()];
    }

    /// <summary>Connects to computers of the class.</summary>
    internal void Connect(params string[] names)
    {
        foreach (string name in names)
        {
            Session.Run("Connect-WSMan $args[0] @wsman", name).Succeeded();
        }
    }

    /// <summary>Asserts that the session is there and that the service sees its one connection.</summary>
    internal void AssertConnected(string name)
    {
        Assert.Contains(name, Connected());
        Assert.Equal(1, Computers.Service.CountsAt(1, name).Of(name).Connections);
    }

    /// <summary>Asserts that the session is gone here and that the service sees no connection.</summary>
    internal void AssertDisconnected(string name)
    {
        Assert.DoesNotContain(name, Connected());
        Assert.Equal(0, Computers.Service.CountsAt(0, name).Of(name).Connections);
    }

    public virtual void Dispose()
    {
        Session.Dispose();
        using EngineSession other = new();
        foreach (string name in Connected())
        {
            other.Run("Disconnect-WSMan $args[0]", name);
        }

        GC.SuppressFinalize(this);
    }
}
