namespace Microsoft.WSMan.Management;

/// <summary>
/// A computer in the WSMan: drive. It belongs to one session: its properties follow that session, and once
/// the session is closed it stays Closed, also when the computer is connected again. The computer localhost
/// is listed without a session too; it then has no State.
/// </summary>
public sealed class WSManConfigComputerElement : WSManConfigContainerElement
{
    internal WSManConfigComputerElement(string name, SessionInfo? session)
        : base(name, keys: null) => Session = session is null ? null : new WSManSession(session);

    /// <summary>The state of the session as it is now; $null without a session.</summary>
    public WSManSessionState? State => Session?.State;

    /// <summary>The address of the service; $null without a session.</summary>
    public string? ConnectionUri => Session?.ConnectionUri;

    /// <summary>The authentication mechanism that the session uses; $null without a session.</summary>
    public string? Authentication => Session?.Authentication;

    /// <summary>The user as whom the session is authenticated; $null without a session.</summary>
    public string? UserName => Session?.UserName;

    /// <summary>The number of connections open now.</summary>
    public int Connections => Session?.Connections ?? 0;

    /// <summary>The number of enumerations that the server holds open now.</summary>
    public int OpenEnumerations => Session?.OpenEnumerations ?? 0;

    /// <summary>The number of shells that the server holds open now.</summary>
    public int OpenShells => Session?.OpenShells ?? 0;

    /// <summary>The session that the item belongs to; null without one.</summary>
    internal WSManSession? Session { get; }

    /// <summary>The computer name, so that the item can stand where a name is asked for.</summary>
    public override string ToString() => Name;
}
