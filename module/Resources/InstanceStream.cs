namespace Microsoft.WSMan.Management;

/// <summary>
/// The pages of one enumeration, in order. Up to two are fetched ahead, one after the other, on threads of their own, so
/// that a pipeline reads one page while the server makes the next, and memory stays flat whatever the count. Who takes a
/// page disposes of its items.
/// An early Dispose releases the enumeration on the server, and no page is asked for from then on. For the thread of
/// the pipeline only; a stop of the command makes the fetch fail.
/// </summary>
/// <param name="first">The page with which the enumeration began.</param>
/// <param name="fetch">Asks for the next page. For one thread at a time.</param>
/// <param name="release">
/// Ends an enumeration that is not at its end, and gives the lines of its trace. It never throws.
/// </param>
internal sealed class InstanceStream(
    InstancePage first, Func<InstancePage> fetch, Func<IReadOnlyList<TraceLine>> release) : IDisposable
{
    private const int MostAhead = 2;

    private static readonly TimeSpan s_waitInterval = TimeSpan.FromMilliseconds(250);

    // For what follows, which the threads that fetch look at too.
    private readonly object _gate = new();

    // The pages that were begun and not taken, in order.
    private readonly Queue<Task<InstancePage>> _ahead = new();

    private bool _isFetching;

    // Nothing more is fetched: the last page came, or a failure, or the end of this.
    private bool _isWhole = first.IsLast;

    // Of the thread of the pipeline.
    private InstancePage? _first = first;

    private bool _isAtEnd = first.IsLast;

    /// <summary>The lines of the release; empty before it, and where there was none.</summary>
    public IReadOnlyList<TraceLine> ReleaseTrace { get; private set; } = [];

    /// <summary>Whether the session of the enumeration is open. An enumeration with its own always is.</summary>
    public Func<bool> IsOpen { get; init; } = () => true;

    /// <summary>
    /// Throws if the session was ended meanwhile: whoever ended it wants nothing more of it, be it here already.
    /// </summary>
    /// <exception cref="WSManException">The reason, as the library tells it.</exception>
    public void ThrowIfEnded()
    {
        if (!IsOpen() && !_isAtEnd)
        {
            foreach (Task<InstancePage> page in TakeAll())
            {
                page.GetAwaiter().GetResult().Items.Dispose();
            }

            fetch().Items.Dispose();
        }
    }

    /// <summary>Begins to fetch the next pages, as far as they are not fetched yet.</summary>
    public void Prefetch()
    {
        lock (_gate)
        {
            if (!_isFetching && !_isWhole && _ahead.Count < MostAhead)
            {
                _isFetching = true;
                _ahead.Enqueue(OwnThread.Begin(FetchOne));
            }
        }
    }

    /// <summary>The next page; null at the end.</summary>
    /// <param name="whileWaiting">Called a few times a second for as long as the page is not there.</param>
    /// <exception cref="WSManException">The page cannot be had, and nothing follows.</exception>
    public InstancePage? Next(Action whileWaiting)
    {
        if (_first is { } page)
        {
            _first = null;
            return page;
        }

        Prefetch();
        Task<InstancePage>? next;
        lock (_gate)
        {
            _ = _ahead.TryPeek(out next);
        }

        return next is null ? null : Await(next, whileWaiting);
    }

    /// <summary>
    /// Releases the enumeration on the server, unless its end was reached. A page that is being fetched is given up.
    /// Never throws.
    /// </summary>
    public void Dispose()
    {
        _first?.Items.Dispose();
        _first = null;
        Task<InstancePage>[] left = TakeAll();
        if (!_isAtEnd)
        {
            _isAtEnd = true;
            ReleaseTrace = release();
        }

        // A page that came all the same is nobody's.
        foreach (Task<InstancePage> task in left)
        {
            _ = task.ContinueWith(
                page => page.Result.Items.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
        }
    }

    private InstancePage Await(Task<InstancePage> next, Action whileWaiting)
    {
        while (Task.WaitAny([next], s_waitInterval) < 0)
        {
            whileWaiting();
        }

        lock (_gate)
        {
            _ = _ahead.Dequeue();
        }

        InstancePage page = next.GetAwaiter().GetResult();
        _isAtEnd = page.IsLast;

        // A pipeline that came for a second page wants them all.
        Prefetch();
        return page;
    }

    private InstancePage FetchOne()
    {
        InstancePage page;
        try
        {
            page = fetch();
        }
        catch
        {
            NoteFetched(isLast: true);
            throw;
        }

        NoteFetched(page.IsLast);

        // Not where there was no thread for it: who asked holds the gate here, and notes this page behind the next.
        if (!Monitor.IsEntered(_gate))
        {
            Prefetch();
        }

        return page;
    }

    private void NoteFetched(bool isLast)
    {
        lock (_gate)
        {
            _isFetching = false;
            _isWhole |= isLast;
        }
    }

    private Task<InstancePage>[] TakeAll()
    {
        lock (_gate)
        {
            _isWhole = true;
            Task<InstancePage>[] all = [.. _ahead];
            _ahead.Clear();
            return all;
        }
    }
}
