using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The one class that calls the native library. An instance belongs to one command: <see cref="Cancel"/>,
/// from any thread, ends the calls that run and lets none follow. The sessions themselves belong to the process.
/// </summary>
/// <remarks>
/// Every method that calls the library throws a <see cref="WSManException"/> with the status of the call, with
/// NotLoaded if there is no library to call, and with Cancelled if the command was stopped.
/// </remarks>
internal sealed partial class WSManClient
{
    // The names under which this process has had sessions. They are few, so none is forgotten.
    private static readonly ConcurrentDictionary<string, bool> s_connected = new(StringComparer.Ordinal);

    // Counts the calls that can end sessions, each when it begins and when it is over.
    private static int s_endings;

    private readonly object _gate = new();

    private readonly HashSet<ulong> _running = [];

    private bool _cancelled;

    private volatile bool _isLate;

    private bool IsCalling
    {
        get
        {
            lock (_gate)
            {
                return _running.Count > 0;
            }
        }
    }

    /// <summary>What would keep the native library from being loaded, as far as its file tells; or null.</summary>
    public static string? LibraryFlaw() => NativeLibraryResolver.Flaw();

    /// <summary>The open sessions, sorted by name.</summary>
    public static IReadOnlyList<SessionInfo> Sessions()
    {
        // A process that has connected to nothing has no sessions, and needs no library to know it.
        RegistryHandle? registry = ProcessRegistry.Current;
        if (registry is null)
        {
            return [];
        }

        WSManErrorCode code = NativeMethods.wsman_list(out string? document, registry);
        ListDocument list = NativeResult.Read(code, document, DocumentContext.Default.ListDocument);
        return Array.ConvertAll(list.Sessions, Results.From);
    }

    /// <summary>The open session under a name, or null.</summary>
    public static SessionInfo? FindSession(string sessionName) => SessionInfo.Find(Sessions(), sessionName);

    /// <summary>Whether a session was opened under a name, and none is open now.</summary>
    public static bool IsConnectedNoMore(string sessionName) =>
        s_connected.ContainsKey(sessionName) && FindSession(sessionName) is null;

    /// <summary>
    /// One session as it is now. One that ended stays Closed for ever, because numbers are not reused.
    /// </summary>
    public static SessionInfo GetSession(ulong sessionId)
    {
        WSManErrorCode code = NativeMethods.wsman_state(out string? document, ProcessRegistry.Open(), sessionId);
        return Results.From(NativeResult.Read(code, document, DocumentContext.Default.StateDocument));
    }

    /// <summary>Opens a session, proved by Identify. A session that was open under the name is replaced.</summary>
    public unsafe ConnectResult Connect(ConnectRequest request)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        using Credentials credentials = new(request.Secrets);
        using Ending ending = new();
        WSManErrorCode code = NativeMethods.wsman_connect(
            out string? document, registry, operation.Id, ToJson(request, credentials), credentials.Entry);
        ConnectResult session = Results.From(
            NativeResult.Read(code, document, DocumentContext.Default.ConnectDocument));
        s_connected[session.ComputerName] = true;
        return session;
    }

    /// <summary>The IdentifyResponse of a service, asked for over a session that ends with the call.</summary>
    public unsafe Answer Identify(ConnectRequest request)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        using Credentials credentials = new(request.Secrets);
        WSManErrorCode code = NativeMethods.wsman_identify(
            out string? document,
            out BytesHandle bytes,
            registry,
            operation.Id,
            ToJson(request, credentials),
            credentials.Entry);
        using (bytes)
        {
            RequestDocument answer = NativeResult.Read(code, document, DocumentContext.Default.RequestDocument);
            using Stream xml = bytes.Open();
            return new Answer(AnswerXml.Root(xml), answer.Trace ?? []);
        }
    }

    /// <summary>Closes the session under a name. When this returns or throws, none is left under it.</summary>
    /// <exception cref="WSManException">With code NotConnected where there was none.</exception>
    public TeardownReport Disconnect(string sessionName)
    {
        // The library would read a name up to its first NUL, and no session has one there.
        if (ProcessRegistry.Current is not { } registry || sessionName.Contains('\0'))
        {
            throw NotConnected(sessionName);
        }

        // 0 stands for the session's own bound: the client setting TeardownTimeoutms, or the operation timeout.
        using Operation operation = new(this);
        using Ending ending = new();
        WSManErrorCode code = NativeMethods.wsman_disconnect(
            out string? document, registry, operation.Id, sessionName, timeoutMilliseconds: 0);
        if (code == WSManErrorCode.NotConnected)
        {
            throw NotConnected(sessionName);
        }

        return Results.From(NativeResult.Read(code, document, DocumentContext.Default.ReportDocument));
    }

    /// <summary>
    /// Closes the sessions with these numbers together. One that has ended, or that another call ends, is passed over.
    /// </summary>
    public unsafe IReadOnlyList<TeardownReport> Close(ulong[] sessions)
    {
        if (sessions.Length == 0 || ProcessRegistry.Current is not { } registry)
        {
            return [];
        }

        using Operation operation = new(this);
        using Ending ending = new();
        fixed (ulong* numbers = sessions)
        {
            // 0 stands for the bounds of the sessions themselves, all counted from now on.
            WSManErrorCode code = NativeMethods.wsman_close(
                out string? document,
                registry,
                operation.Id,
                numbers,
                (nuint)sessions.Length,
                timeoutMilliseconds: 0);
            return Reports(code, document);
        }
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
        using Ending ending = new();
        WSManErrorCode code = NativeMethods.wsman_close_all(
            out string? document, registry, operation.Id, timeoutMilliseconds: 0);
        // The library bounds the whole, however many sessions there are.
        return Reports(code, document);
    }

    /// <summary>
    /// Makes calls that are cancelled when their time is over. This client then makes no call any more.
    /// </summary>
    /// <exception cref="WSManException">A call failed, or with IsImpatient the time is over.</exception>
    public T Within<T>(TimeSpan time, Func<T> calls)
    {
        long start = Stopwatch.GetTimestamp();
        using Timer timer = new(_ => End());
        if (time <= TimeSpan.Zero)
        {
            End();
        }
        else
        {
            timer.Change(time, Timeout.InfiniteTimeSpan);
        }

        try
        {
            return calls();
        }
        catch (WSManException e) when (
            e.Code == WSManErrorCode.Cancelled && (_isLate || Stopwatch.GetElapsedTime(start) >= time))
        {
            // The timer of a busy process may come later than the stop.
            throw Errors.Impatient(e);
        }

        void End()
        {
            _isLate = true;
            Cancel();
        }
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

        // No call can begin any more, and cancelling one that ended meanwhile does nothing (wsman.h).
        if (ProcessRegistry.Current is { } registry)
        {
            foreach (ulong operation in operations)
            {
                NativeMethods.wsman_cancel(registry, operation);
            }
        }
    }

    /// <summary>For work between calls that may take long.</summary>
    /// <exception cref="WSManException">With code Cancelled: the command was stopped, or its time is over.</exception>
    public void ThrowIfCancelled()
    {
        if (Volatile.Read(ref _cancelled))
        {
            throw Errors.Stopped();
        }
    }

    private static TeardownReport[] Reports(WSManErrorCode code, string? document)
    {
        CloseAllDocument all = NativeResult.Read(code, document, DocumentContext.Default.CloseAllDocument);
        return Array.ConvertAll(all.Closed, report => Results.From(report));
    }

    // The library cannot know that the local computer is listed also without a session.
    private static WSManException NotConnected(string sessionName) => new(
        WSManErrorCode.NotConnected,
        ComputerNames.IsLocal(sessionName) ? Messages.LocalhostNotConnected : Messages.NotConnected(sessionName));

    private static string ToJson(ConnectRequest request, Credentials credentials) =>
        JsonSerializer.Serialize(credentials.Complete(request), DocumentContext.Default.ConnectRequest);

    /// <summary>One call that can end sessions, from its making to its disposal.</summary>
    private readonly ref struct Ending
    {
        public Ending() => Interlocked.Increment(ref s_endings);

        public void Dispose() => Interlocked.Increment(ref s_endings);
    }

    /// <summary>One call that <see cref="Cancel"/> ends, from its making to its disposal.</summary>
    private readonly ref struct Operation
    {
        private readonly WSManClient _client;

        /// <exception cref="WSManException">The command was stopped.</exception>
        public Operation(WSManClient client)
        {
            _client = client;
            Id = ProcessRegistry.NextOperation();

            // The number is known to Cancel before the call begins; the library takes a cancel that comes first.
            lock (client._gate)
            {
                if (client._cancelled)
                {
                    throw Errors.Stopped();
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
