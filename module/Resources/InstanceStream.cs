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

    // Nothing is left to release: the last page came, or the end of this.
    private bool _isAtEnd = first.IsLast;

    // Of the thread of the pipeline.
    private InstancePage? _first = first;

    /// <summary>The lines of the release; empty before it, and where there was none.</summary>
    public IReadOnlyList<TraceLine> ReleaseTrace { get; private set; } = [];

    /// <summary>Whether the session of the enumeration is open. An enumeration with its own always is.</summary>
    public Func<bool> IsOpen { get; init; } = () => true;

    /// <summary>
    /// Throws if the session was ended meanwhile: whoever ended it wants nothing more of it, be it here already. An
    /// answer that is whole by then is handed out to its end.
    /// </summary>
    /// <exception cref="WSManException">The reason, as the library tells it.</exception>
    public void ThrowIfEnded()
    {
        if (IsOpen() || IsAtEnd())
        {
            return;
        }

        Task<InstancePage>[] left = TakeAll();
        GiveBack(left);

        // One that was on its way fails for the reason that is wanted here.
        foreach (Task<InstancePage> page in left)
        {
            _ = page.GetAwaiter().GetResult();
        }

        fetch().Items.Dispose();
    }

    /// <summary>Begins to fetch the next pages, as far as they are not fetched yet.</summary>
    public void Prefetch()
    {
        if (TakeTurn() is { } turn)
        {
            _ = OwnThread.Begin(() => Fetch(turn));
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
        if (!IsAtEnd())
        {
            NoteEnd();
            ReleaseTrace = release();
        }

        GiveBack(left);
    }

    // A page that comes all the same is nobody's.
    private static void GiveBack(Task<InstancePage>[] pages)
    {
        foreach (Task<InstancePage> task in pages)
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

        // A pipeline that came for a second page wants them all.
        Prefetch();
        return page;
    }

    // The place of the next page, for who is to fetch it; null if none is wanted, or somebody is at it.
    private TaskCompletionSource<InstancePage>? TakeTurn()
    {
        lock (_gate)
        {
            if (_isFetching || _isWhole || _ahead.Count >= MostAhead)
            {
                return null;
            }

            TaskCompletionSource<InstancePage> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _ahead.Enqueue(turn.Task);
            _isFetching = true;
            return turn;
        }
    }

    // Fetches pages for as long as more are wanted. Without the gate: it waits for the server, and is on the thread of
    // the pipeline where the system gives no other.
    private bool Fetch(TaskCompletionSource<InstancePage>? turn)
    {
        for (; turn is not null; turn = TakeTurn())
        {
            try
            {
                InstancePage page = fetch();
                NoteFetched(isWhole: page.IsLast, isAtEnd: page.IsLast);
                turn.SetResult(page);
            }
            catch (Exception e)
            {
                NoteFetched(isWhole: true, isAtEnd: false);
                turn.SetException(e);
            }
        }

        return true;
    }

    private void NoteFetched(bool isWhole, bool isAtEnd)
    {
        lock (_gate)
        {
            _isFetching = false;
            _isWhole |= isWhole;
            _isAtEnd |= isAtEnd;
        }
    }

    private bool IsAtEnd()
    {
        lock (_gate)
        {
            return _isAtEnd;
        }
    }

    private void NoteEnd()
    {
        lock (_gate)
        {
            _isAtEnd = true;
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
