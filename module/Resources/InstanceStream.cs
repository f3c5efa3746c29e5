namespace Microsoft.WSMan.Management;

/// <summary>
/// The pages of one enumeration, in order. At most one page is fetched ahead, on a thread of its own, so that
/// a pipeline reads one page while the server makes the next, and memory stays flat whatever the count. Who takes a
/// page disposes of its items.
/// An early Dispose releases the enumeration on the server. For the thread of the pipeline only; a stop of the
/// command makes the fetch fail.
/// </summary>
/// <param name="first">The page with which the enumeration began.</param>
/// <param name="fetch">Asks for the next page.</param>
/// <param name="release">
/// Ends an enumeration that is not at its end, and gives the lines of its trace. It never throws.
/// </param>
internal sealed class InstanceStream(
    InstancePage first, Func<InstancePage> fetch, Func<IReadOnlyList<TraceLine>> release) : IDisposable
{
    private static readonly TimeSpan s_waitInterval = TimeSpan.FromMilliseconds(250);

    private InstancePage? _first = first;

    private Task<InstancePage>? _prefetch;

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
            _prefetch?.GetAwaiter().GetResult().Items.Dispose();
            _prefetch = null;
            fetch().Items.Dispose();
        }
    }

    /// <summary>Begins to fetch the next page, if there is one and it is not being fetched yet.</summary>
    public void Prefetch()
    {
        if (!_isAtEnd)
        {
            _prefetch ??= OwnThread.Begin(fetch);
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
        return _prefetch is null ? null : Await(_prefetch, whileWaiting);
    }

    /// <summary>
    /// Releases the enumeration on the server, unless its end was reached. A page that is being fetched is given up.
    /// Never throws.
    /// </summary>
    public void Dispose()
    {
        _first?.Items.Dispose();
        _first = null;
        if (!_isAtEnd)
        {
            _isAtEnd = true;
            ReleaseTrace = release();
        }

        // A page that came all the same is nobody's.
        _prefetch?.ContinueWith(
            page => page.Result.Items.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
        _prefetch = null;
    }

    private InstancePage Await(Task<InstancePage> prefetch, Action whileWaiting)
    {
        while (Task.WaitAny([prefetch], s_waitInterval) < 0)
        {
            whileWaiting();
        }

        _prefetch = null;
        InstancePage page = prefetch.GetAwaiter().GetResult();
        _isAtEnd = page.IsLast;

        // A pipeline that came for a second page wants them all.
        Prefetch();
        return page;
    }
}
