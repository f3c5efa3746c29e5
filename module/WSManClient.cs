using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The one thing that cmdlets and the provider call. An instance belongs to one command: <see cref="Cancel"/>,
/// from any thread, ends the calls that run and lets none follow. The sessions themselves belong to the process.
/// </summary>
internal sealed partial class WSManClient
{
    private readonly object _gate = new();

    private readonly HashSet<ulong> _running = [];

    private bool _cancelled;

    /// <summary>The names of the open sessions, sorted.</summary>
    public static IReadOnlyList<SessionInfo> List()
    {
        RegistryHandle? registry = ProcessRegistry.Current;
        if (registry is null)
        {
            return [];
        }

        WSManErrorCode code = NativeMethods.wsman_list(out string? document, registry);
        ListDocument list = Document.Read(code, document, DocumentContext.Default.ListDocument);
        return Array.ConvertAll(list.Sessions, SessionInfo.From);
    }

    /// <summary>The open session under a name, or null.</summary>
    public static SessionInfo? Find(string sessionName) =>
        List().FirstOrDefault(session => session.ComputerName.Equals(sessionName, StringComparison.OrdinalIgnoreCase));

    /// <summary>One session as it is now; a session that ended stays Closed for ever.</summary>
    public static SessionInfo State(ulong sessionId)
    {
        WSManErrorCode code = NativeMethods.wsman_state(out string? document, ProcessRegistry.Open(), sessionId);
        return SessionInfo.From(Document.Read(code, document, DocumentContext.Default.StateDocument));
    }

    /// <summary>Opens a session and asks who answers; one that was open under the name is replaced.</summary>
    public unsafe Connected Connect(ConnectRequest request)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        using Credentials credentials = new(request.Secrets);
        WSManErrorCode code = NativeMethods.wsman_connect(
            out string? document, registry, operation.Id, Text(request), credentials.Entry);
        ConnectDocument made = Document.Read(code, document, DocumentContext.Default.ConnectDocument);
        return new Connected(
            made.ComputerName, made.ConnectionUri, made.Identify, Reports.From(made.Replaced), made.Trace ?? []);
    }

    /// <summary>Asks a service who it is, over a session of its own.</summary>
    public unsafe IdentifyDocument Identify(ConnectRequest request)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        using Credentials credentials = new(request.Secrets);
        WSManErrorCode code = NativeMethods.wsman_identify(
            out string? document, registry, operation.Id, Text(request), credentials.Entry);
        return Document.Read(code, document, DocumentContext.Default.IdentifyDocument);
    }

    /// <summary>Closes the session under a name. When this returns or throws, none is left under it.</summary>
    /// <exception cref="WSManException">With code NotConnected where there was none.</exception>
    public TeardownReport Disconnect(string sessionName)
    {
        if (ProcessRegistry.Current is not { } registry)
        {
            throw NotConnected(sessionName);
        }

        using Operation operation = new(this);
        WSManErrorCode code = NativeMethods.wsman_disconnect(
            out string? document, registry, operation.Id, sessionName, timeoutMilliseconds: 0);
        if (code == WSManErrorCode.NotConnected)
        {
            throw NotConnected(sessionName);
        }

        return Reports.From(Document.Read(code, document, DocumentContext.Default.ReportDocument));
    }

    /// <summary>Closes every session of the process.</summary>
    public IReadOnlyList<TeardownReport> CloseAll()
    {
        RegistryHandle? registry = ProcessRegistry.Current;
        if (registry is null)
        {
            return [];
        }

        using Operation operation = new(this);
        WSManErrorCode code = NativeMethods.wsman_close_all(
            out string? document, registry, operation.Id, timeoutMilliseconds: 0);
        CloseAllDocument all = Document.Read(code, document, DocumentContext.Default.CloseAllDocument);
        return Array.ConvertAll(all.Closed, report => Reports.From(report));
    }

    /// <summary>Ends the calls that run, and lets none follow. Never blocks.</summary>
    public void Cancel()
    {
        ulong[] operations;
        lock (_gate)
        {
            _cancelled = true;
            operations = [.. _running];
        }

        if (ProcessRegistry.Current is { } registry)
        {
            foreach (ulong operation in operations)
            {
                NativeMethods.wsman_cancel(registry, operation);
            }
        }
    }

    // The library cannot know that the local computer is listed also without a session.
    private static WSManException NotConnected(string sessionName) => new(
        WSManErrorCode.NotConnected,
        ComputerNames.IsLocal(sessionName) ? Messages.LocalHost : Messages.NotConnected(sessionName));

    private static string Text(ConnectRequest request) =>
        JsonSerializer.Serialize(request, DocumentContext.Default.ConnectRequest);

    /// <summary>One call that <see cref="Cancel"/> ends, from its making to its disposal.</summary>
    private readonly ref struct Operation
    {
        private readonly WSManClient _client;

        /// <exception cref="WSManException">The command was stopped.</exception>
        public Operation(WSManClient client)
        {
            _client = client;
            Id = ProcessRegistry.NextOperation();
            lock (client._gate)
            {
                if (client._cancelled)
                {
                    throw new WSManException(WSManErrorCode.Cancelled, "The command was stopped.");
                }

                client._running.Add(Id);
            }
        }

        public ulong Id { get; }

        public void Dispose()
        {
            lock (_client._gate)
            {
                _client._running.Remove(Id);
            }
        }
    }
}
