using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <content>Operations on resources.</content>
internal sealed partial class WSManClient
{
    // How often the end of an enumeration looks whether its command was stopped. A stopped command waits for the
    // server no longer than this.
    private static readonly TimeSpan s_stopCheckInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>One operation on a resource.</summary>
    /// <param name="request">The operation and the resource.</param>
    /// <param name="input">UTF-8 XML that is the body in the place of the request's values, or null. Placeholders of
    /// <see cref="ResourceRequest.Secrets"/> may stand in it.</param>
    /// <param name="keepWhiteSpace">Whether the answer keeps the white space between elements.</param>
    public unsafe Answer Request(ResourceRequest request, byte[]? input, bool keepWhiteSpace = false)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        using Credentials credentials = new(request.Connection?.Secrets);
        using BodySecrets secrets = new(request.Secrets);
        string json = ToJson(request, credentials);

        // The pointer to null or to an empty array is NULL, which means no input.
        fixed (byte* body = input)
        {
            NativeInput beside = new()
            {
                Credentials = credentials.Entry,
                Body = body,
                BodyLength = (nuint)(input?.Length ?? 0),
                Secrets = secrets.Entries,
                SecretCount = (nuint)secrets.Count,
            };
            WSManErrorCode code = NativeMethods.wsman_request(
                out string? document, out BytesHandle bytes, registry, operation.Id, json, &beside);
            using (bytes)
            {
                RequestDocument head = NativeResult.Read(code, document, DocumentContext.Default.RequestDocument);
                using Stream answer = bytes.Open();
                return new Answer(AnswerXml.Root(answer, keepWhiteSpace), head.Trace ?? []);
            }
        }
    }

    /// <summary>Begins an enumeration and fetches its first page. The stream must be disposed.</summary>
    public unsafe InstanceStream Enumerate(ResourceRequest request)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        using Credentials credentials = new(request.Connection?.Secrets);
        Func<bool> isOpen = SessionLook(request.SessionId);
        WSManErrorCode code = NativeMethods.wsman_enumerate_open(
            out string? document,
            out BytesHandle bytes,
            registry,
            operation.Id,
            ToJson(request, credentials),
            credentials.Entry);
        InstancePage first = NewPage(code, document, bytes, out ulong id);
        bool isLeft = false;
        return new InstanceStream(first, Fetch, () => CloseEnumeration(id, isLeft))
        {
            IsOpen = isOpen,
        };

        InstancePage Fetch()
        {
            try
            {
                return NextPage(id);
            }
            catch (WSManException e) when (
                e.Code is WSManErrorCode.Cancelled or WSManErrorCode.TimedOut or WSManErrorCode.Closed)
            {
                // After any other failure nothing is on its way.
                isLeft = true;
                throw;
            }
        }
    }

    // Tells whether a session is open still. The library is asked only where something may have ended it.
    private static Func<bool> SessionLook(ulong? session)
    {
        int seen = Volatile.Read(ref s_endings);
        bool isOpen = true;
        return () =>
        {
            int endings = Volatile.Read(ref s_endings);
            if (session is { } id && endings != seen)
            {
                seen = endings;
                isOpen = GetSession(id).State == WSManSessionState.Opened;
            }

            return isOpen;
        };
    }

    // After a failure there is no further page; the enumeration can only be closed.
    private InstancePage NextPage(ulong enumeration)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        WSManErrorCode code = NativeMethods.wsman_enumerate_next(
            out string? document, out BytesHandle bytes, registry, operation.Id, enumeration);
        return NewPage(code, document, bytes, out _);
    }

    // The page owns the bytes from here on. After a failure the library has given none.
    private static InstancePage NewPage(WSManErrorCode code, string? document, BytesHandle bytes, out ulong enumeration)
    {
        PageDocument head = NativeResult.Read(code, document, DocumentContext.Default.PageDocument);
        enumeration = head.EnumerationId;
        return Results.From(head, bytes);
    }

    // Ends an enumeration, also one whose page is being fetched, and also for a command that was stopped. An
    // enumeration that cannot be released is left to the server, which forgets it by itself, so nothing is thrown.
    // The lines of its trace are given if it is over in time. isLeft: a page was given up before its answer came.
    private IReadOnlyList<TraceLine> CloseEnumeration(ulong enumeration, bool isLeft)
    {
        // The operation is not among those that Cancel ends: a stopped command still tells the server that it needs
        // no more. It does not wait for a slow one, and the release goes on behind it, within its own bound. Nor does
        // anybody wait for a page that may still be on its way, and is read before the release.
        bool isAnswerAwaited = isLeft || IsCalling;
        RegistryHandle registry = ProcessRegistry.Open();
        ulong operation = ProcessRegistry.NextOperation();
        Task<IReadOnlyList<TraceLine>> close = OwnThread.Begin(() =>
        {
            WSManErrorCode code = NativeMethods.wsman_enumerate_close(
                out string? document, registry, operation, enumeration, timeoutMilliseconds: 0);
            return TraceOfRelease(code, document);
        });
        while (Task.WaitAny([close], s_stopCheckInterval) < 0)
        {
            if (Volatile.Read(ref _cancelled))
            {
                return [];
            }

            if (isAnswerAwaited)
            {
                return [new TraceLine(TraceLine.Verbose, Messages.ReleaseGoesOn)];
            }
        }

        return close.IsCompletedSuccessfully ? close.Result : [];
    }

    private static IReadOnlyList<TraceLine> TraceOfRelease(WSManErrorCode code, string? document)
    {
        try
        {
            return NativeResult.Read(code, document, DocumentContext.Default.ReleaseDocument).Trace ?? [];
        }
        catch (WSManException e)
        {
            return e.Trace;
        }
    }

    private static string ToJson(ResourceRequest request, Credentials credentials) => JsonSerializer.Serialize(
        request with { Connection = credentials.Complete(request.Connection) }, DocumentContext.Default.ResourceRequest);
}
