using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The pages of one enumeration, in order. At most one page is fetched ahead, on a thread of its own, so that
/// a pipeline works on one page while the server makes the next, and memory stays flat whatever the count.
/// Disposing it early releases the enumeration on the server. For one thread; the client may be cancelled
/// from any.
/// </summary>
internal sealed class InstanceStream : IDisposable
{
    private readonly WSManClient _client;

    private readonly ulong _id;

    private InstancePage? _first;

    private Task<InstancePage>? _ahead;

    private bool _nothingLeft;

    private InstanceStream(WSManClient client, ulong id, bool nothingLeft)
    {
        _client = client;
        _id = id;
        _nothingLeft = nothingLeft;
    }

    /// <summary>The stream of an enumeration that has begun.</summary>
    /// <exception cref="WSManException">The first page cannot be read; the enumeration is released.</exception>
    public static InstanceStream Open(WSManClient client, PageDocument head, OctetsHandle octets)
    {
        InstanceStream stream = new(client, head.EnumerationId, head.End);
        try
        {
            stream._first = InstancePage.From(head, octets);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Begins to fetch the next page, if there is one and it is not being fetched yet.</summary>
    public void FetchAhead()
    {
        if (!_nothingLeft)
        {
            _ahead ??= Task.Factory.StartNew(
                () => _client.NextPage(_id),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    /// <summary>The next page; null at the end.</summary>
    /// <param name="whileWaiting">Called a few times a second for as long as the page is not there.</param>
    /// <exception cref="WSManException">It cannot be had, and nothing follows.</exception>
    public InstancePage? Next(Action whileWaiting)
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        FetchAhead();
        if (_ahead is not { } fetch)
        {
            return null;
        }

        while (Task.WaitAny([fetch], TimeSpan.FromMilliseconds(250)) < 0)
        {
            whileWaiting();
        }

        _ahead = null;
        InstancePage page = fetch.GetAwaiter().GetResult();
        _nothingLeft = page.IsLast;

        // Who came for a second page wants them all.
        FetchAhead();
        return page;
    }

    /// <summary>
    /// Releases what the server holds, unless the end was reached. It stops a page that is being fetched, which
    /// nobody will ask for. Never throws.
    /// </summary>
    public void Dispose()
    {
        if (!_nothingLeft)
        {
            _nothingLeft = true;
            _client.CloseEnumeration(_id);
        }
    }
}
