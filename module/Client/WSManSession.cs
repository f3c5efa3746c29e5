namespace Microsoft.WSMan.Management;

/// <summary>
/// A session with a computer. State and counts are those of the moment of asking; once the session has ended it stays
/// Closed, also when the computer is connected again.
/// </summary>
public sealed class WSManSession
{
    private readonly SessionInfo _opened;

    internal WSManSession(SessionInfo opened) => _opened = opened;

    /// <summary>The number of the session in this process. No other session ever has it.</summary>
    public ulong Id => _opened.Id;

    /// <summary>The name under which the computer was connected.</summary>
    public string Name => _opened.ComputerName;

    /// <summary>The state of the session as it is now.</summary>
    public WSManSessionState State => Now.State;

    /// <summary>The authentication mechanism that the session uses.</summary>
    public string Authentication => _opened.Authentication;

    /// <summary>The user as whom the session is authenticated; empty if none was named.</summary>
    public string UserName => _opened.UserName;

    /// <summary>The address of the service.</summary>
    public string ConnectionUri => _opened.ConnectionUri;

    /// <summary>The number of connections open now.</summary>
    public int Connections => Now.Connections;

    /// <summary>The number of enumerations that the server holds open now.</summary>
    public int OpenEnumerations => Now.OpenEnumerations;

    /// <summary>The number of shells that the server holds open now.</summary>
    public int OpenShells => Now.OpenShells;

    // The session is asked for at each look, because the object may be kept in a variable.
    private SessionInfo Now => WSManClient.GetSession(_opened.Id);

    /// <summary>The name, so that the session can stand where a computer name is asked for.</summary>
    public override string ToString() => Name;
}
