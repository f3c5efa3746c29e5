using System.Security;
using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The one thing that cmdlets and the provider call. An instance belongs to one command: its calls run one
/// after the other, and <see cref="Cancel"/>, from any thread, ends the one that runs and those that follow.
/// The sessions themselves belong to the process.
/// </summary>
internal sealed class WSManClient
{
    private readonly object _gate = new();

    private ulong _operation;

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
    public unsafe Connected Connect(ConnectRequest request, SecureString? password)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        ulong operation = NextOperation();
        using SecretUtf8 secret = new(password);
        WSManErrorCode code = NativeMethods.wsman_connect(
            out string? document, registry, operation, Text(request), secret.Octets, secret.Length);
        ConnectDocument made = Document.Read(code, document, DocumentContext.Default.ConnectDocument);
        return new Connected(made.ComputerName, made.ConnectionUri, made.Identify, Reports.From(made.Replaced));
    }

    /// <summary>Asks a service who it is, over a session of its own.</summary>
    /// <returns>The XML of IdentifyResponse.</returns>
    public unsafe string Identify(ConnectRequest request, SecureString? password)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        ulong operation = NextOperation();
        using SecretUtf8 secret = new(password);
        WSManErrorCode code = NativeMethods.wsman_identify(
            out string? document, registry, operation, Text(request), secret.Octets, secret.Length);
        return Document.Read(code, document, DocumentContext.Default.IdentifyDocument).Xml ?? "";
    }

    /// <summary>Closes the session under a name. When this returns or throws, none is left under it.</summary>
    /// <exception cref="WSManException">With code NotConnected where there was none.</exception>
    public TeardownReport Disconnect(string sessionName)
    {
        if (ProcessRegistry.Current is not { } registry)
        {
            throw NotConnected(sessionName);
        }

        WSManErrorCode code = NativeMethods.wsman_disconnect(
            out string? document, registry, NextOperation(), sessionName, timeoutMilliseconds: 0);
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

        WSManErrorCode code = NativeMethods.wsman_close_all(
            out string? document, registry, NextOperation(), timeoutMilliseconds: 0);
        CloseAllDocument all = Document.Read(code, document, DocumentContext.Default.CloseAllDocument);
        return Array.ConvertAll(all.Closed, report => Reports.From(report));
    }

    /// <summary>Ends the call that runs, and lets none follow. Never blocks.</summary>
    public void Cancel()
    {
        ulong operation;
        lock (_gate)
        {
            _cancelled = true;
            operation = _operation;
        }

        if (operation != 0 && ProcessRegistry.Current is { } registry)
        {
            NativeMethods.wsman_cancel(registry, operation);
        }
    }

    // The library cannot know that the local computer is listed also without a session.
    private static WSManException NotConnected(string sessionName) => new(
        WSManErrorCode.NotConnected,
        ComputerNames.IsLocal(sessionName) ? Messages.LocalHost : Messages.NotConnected(sessionName));

    private static string Text(ConnectRequest request) =>
        JsonSerializer.Serialize(request, DocumentContext.Default.ConnectRequest);

    private ulong NextOperation()
    {
        lock (_gate)
        {
            if (_cancelled)
            {
                throw new WSManException(WSManErrorCode.Cancelled, "The command was stopped.");
            }

            return _operation = ProcessRegistry.NextOperation();
        }
    }
}
