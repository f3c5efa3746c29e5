using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <content>Operations on resources.</content>
internal sealed partial class WSManClient
{
    // A stopped command still tells the server that it needs no more, but it waits for that no longer than this.
    private static readonly TimeSpan s_patienceAfterStop = TimeSpan.FromMilliseconds(200);

    /// <summary>One operation on a resource.</summary>
    /// <param name="request">What to do, and where.</param>
    /// <param name="input">UTF-8 XML that is the body instead of the request's values; or null. Placeholders of
    /// <see cref="ResourceRequest.Secrets"/> may stand in it.</param>
    /// <param name="keepWhiteSpace">Whether the answer keeps the white space between elements.</param>
    public unsafe Answer Request(ResourceRequest request, byte[]? input, bool keepWhiteSpace = false)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        using Credentials credentials = new(request.Connection?.Secrets);
        using BodySecrets secrets = new(request.Secrets);
        string text = Text(request);
        fixed (byte* body = input)
        {
            WSManErrorCode code = NativeMethods.wsman_request(
                out string? document,
                out OctetsHandle octets,
                registry,
                operation.Id,
                text,
                credentials.Entry,
                body,
                (nuint)(input?.Length ?? 0),
                secrets.Entries,
                (nuint)secrets.Count);
            using (octets)
            {
                RequestDocument head = Document.Read(code, document, DocumentContext.Default.RequestDocument);
                return new Answer(AnswerXml.Root(octets, keepWhiteSpace), head.Trace ?? []);
            }
        }
    }

    /// <summary>Begins an enumeration. The stream must be disposed.</summary>
    public unsafe InstanceStream Enumerate(ResourceRequest request)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        using Credentials credentials = new(request.Connection?.Secrets);
        WSManErrorCode code = NativeMethods.wsman_enumerate_open(
            out string? document,
            out OctetsHandle octets,
            registry,
            operation.Id,
            Text(request),
            credentials.Entry);
        using (octets)
        {
            PageDocument head = Document.Read(code, document, DocumentContext.Default.PageDocument);
            return InstanceStream.Open(this, head, octets);
        }
    }

    /// <summary>The next page of an enumeration. After a failure there is none.</summary>
    public InstancePage NextPage(ulong enumeration)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        using Operation operation = new(this);
        WSManErrorCode code = NativeMethods.wsman_enumerate_next(
            out string? document, out OctetsHandle octets, registry, operation.Id, enumeration);
        using (octets)
        {
            PageDocument head = Document.Read(code, document, DocumentContext.Default.PageDocument);
            return InstancePage.From(head, octets);
        }
    }

    /// <summary>
    /// Ends an enumeration, also one whose page is being fetched, and also for a command that was stopped: such
    /// a command does not wait for a slow server, and the release goes on behind it, within its own bound.
    /// Never throws: what cannot be released is left to the server, which forgets it by itself.
    /// </summary>
    public void CloseEnumeration(ulong enumeration)
    {
        RegistryHandle registry = ProcessRegistry.Open();
        ulong operation = ProcessRegistry.NextOperation();
        Task close = Task.Factory.StartNew(
            () => NativeMethods.wsman_enumerate_close(
                out _, registry, operation, enumeration, timeoutMilliseconds: 0),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        while (Task.WaitAny([close], s_patienceAfterStop) < 0 && !Volatile.Read(ref _cancelled))
        {
        }
    }

    private static string Text(ResourceRequest request) =>
        JsonSerializer.Serialize(request, DocumentContext.Default.ResourceRequest);
}
