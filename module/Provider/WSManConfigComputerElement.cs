namespace Microsoft.WSMan.Management;

/// <summary>
/// A computer in the WSMan: drive. It belongs to one session: its properties follow that session, and once
/// the session is closed it stays Closed, also when the computer is connected again. The computer localhost
/// is listed without a session too; it then has no State.
/// </summary>
public sealed class WSManConfigComputerElement : WSManConfigContainerElement
{
    private readonly SessionInfo? _opened;

    internal WSManConfigComputerElement(string name, SessionInfo? session)
        : base(name, keys: null) => _opened = session;

    /// <summary>Opened, Closing, Closed or Broken, as it is now.</summary>
    public WSManSessionState? State => Now?.State;

    /// <summary>The address of the service.</summary>
    public string? ConnectionUri => _opened?.ConnectionUri;

    /// <summary>The authentication mechanism that the session uses.</summary>
    public string? Authentication => _opened?.Authentication;

    /// <summary>The user as whom the session is authenticated.</summary>
    public string? UserName => _opened?.UserName;

    /// <summary>The number of connections open now.</summary>
    public int Connections => Now?.Connections ?? 0;

    /// <summary>The number of enumerations that the server holds open now.</summary>
    public int OpenEnumerations => Now?.OpenEnumerations ?? 0;

    /// <summary>The number of shells that the server holds open now.</summary>
    public int OpenShells => Now?.OpenShells ?? 0;

    private SessionInfo? Now => _opened is null ? null : WSManClient.State(_opened.Id);

    /// <summary>The computer name, so that the item can stand where a name is asked for.</summary>
    public override string ToString() => Name;
}
