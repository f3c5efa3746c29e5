namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class InstanceStreamTests
{
    private static readonly InstancePage s_page = Page(new MemoryStream());

    private static readonly InstancePage s_last = s_page with { IsLast = true };

    private static readonly TraceLine[] s_trace = [new("verbose", "Release")];

    // A hang lasts much longer.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private int _fetched;

    private int _released;

    [Fact]
    public void OnePageIsNotFollowedByARequest()
    {
        using InstanceStream stream = Stream(s_last);

        Assert.Same(s_last, stream.Next(NoWait));
        Assert.Null(stream.Next(NoWait));
        stream.Prefetch();
        Assert.Null(stream.Next(NoWait));
        stream.Dispose();
        Assert.Equal((0, 0), (_fetched, _released));
    }

    [Fact]
    public void PagesComeInTheirOrderUntilTheLast()
    {
        InstancePage second = Page(new MemoryStream());
        using InstanceStream stream = Stream(s_page, second, s_last);

        Assert.Same(s_page, stream.Next(NoWait));
        Assert.Equal(0, _fetched);
        Assert.Same(second, stream.Next(NoWait));
        Assert.Same(s_last, stream.Next(NoWait));
        Assert.Null(stream.Next(NoWait));
        Assert.Equal(2, _fetched);
    }

    [Fact]
    public void TwoPagesAreFetchedAheadAndNoMore()
    {
        const int Pages = 20;
        using SemaphoreSlim asked = new(0);
        int taken = 0;
        int most = 0;
        using InstanceStream stream = new(
            s_page,
            () =>
            {
                int number = Interlocked.Increment(ref _fetched);
                most = Math.Max(most, number - Volatile.Read(ref taken));
                _ = asked.Release();
                return number == Pages ? s_last : s_page;
            },
            () => s_trace);

        _ = stream.Next(NoWait);
        stream.Prefetch();
        Assert.True(asked.Wait(s_limit));
        for (int i = 1; i <= Pages; i++)
        {
            // Nobody has taken the page, and the one behind it is asked for.
            Assert.True(i == Pages || asked.Wait(s_limit));

            // Counted before it is taken: the fetch of the next but one may begin before Next returns.
            Volatile.Write(ref taken, i);
            Assert.Equal(i == Pages, stream.Next(NoWait)!.IsLast);
        }

        Assert.Null(stream.Next(NoWait));
        Assert.Equal((Pages, 2), (_fetched, most));
    }

    [Fact]
    public void NoPageIsAskedForAfterTheEnd()
    {
        using ManualResetEventSlim asked = new();
        using ManualResetEventSlim answered = new();
        using Noted late = new();
        InstanceStream stream = new(
            s_page,
            () =>
            {
                _fetched++;
                asked.Set();
                answered.Wait();
                return Page(late);
            },
            () =>
            {
                _released++;
                return s_trace;
            });
        _ = stream.Next(NoWait);
        stream.Prefetch();
        Assert.True(asked.Wait(s_limit));

        stream.Dispose();
        stream.Prefetch();
        answered.Set();

        Assert.True(late.IsGivenBack.Wait(s_limit));
        Assert.Null(stream.Next(NoWait));
        Assert.Equal((1, 1), (_fetched, _released));
    }

    [Fact]
    public void TheErrorOfAPageComesBehindThePagesBefore()
    {
        InstancePage second = Page(new MemoryStream());
        InstanceStream stream = Stream(s_page, second);
        _ = stream.Next(NoWait);
        stream.Prefetch();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _fetched) == 2, s_limit));

        Assert.Same(second, stream.Next(NoWait));
        Assert.Equal("lost", Assert.Throws<WSManException>(() => stream.Next(NoWait)).Message);
        Assert.Null(stream.Next(NoWait));
        stream.Dispose();
        Assert.Equal(1, _released);
    }

    [Fact]
    public void AnEarlyEndIsReleasedOnce()
    {
        InstanceStream stream = Stream(s_page, s_last);

        _ = stream.Next(NoWait);
        stream.Dispose();
        stream.Dispose();

        Assert.Equal((0, 1), (_fetched, _released));
        Assert.Null(stream.Next(NoWait));
    }

    [Fact]
    public void TheReleaseHasATraceOfItsOwn()
    {
        InstanceStream early = Stream(s_page, s_last);
        InstanceStream whole = Stream(s_last);

        Assert.Empty(early.ReleaseTrace);
        early.Dispose();
        whole.Dispose();

        Assert.Same(s_trace, early.ReleaseTrace);
        Assert.Empty(whole.ReleaseTrace);
    }

    [Fact]
    public void NothingIsHandedOutOnceTheSessionHasEnded()
    {
        bool isOpen = true;
        Noted second = new();
        InstanceStream stream = new(s_page, FetchOnce(Page(second)), () => s_trace) { IsOpen = () => isOpen };

        _ = stream.Next(NoWait);
        stream.ThrowIfEnded();
        stream.Prefetch();
        isOpen = false;

        Assert.Equal("closed", Assert.Throws<WSManException>(stream.ThrowIfEnded).Message);
        Assert.True(second.IsGivenBack.Wait(s_limit));
    }

    [Fact]
    public void AnAnswerThatIsWholeIsHandedOutAlthoughTheSessionHasEnded()
    {
        using ManualResetEventSlim asked = new();
        Thread? fetching = null;
        InstanceStream stream = new(
            s_page,
            () =>
            {
                fetching = Thread.CurrentThread;
                asked.Set();
                return s_last;
            },
            () =>
            {
                _released++;
                return s_trace;
            })
        {
            IsOpen = () => false,
        };
        _ = stream.Next(NoWait);
        stream.Prefetch();
        Assert.True(asked.Wait(s_limit));
        Assert.True(fetching!.Join(s_limit));

        stream.ThrowIfEnded();
        Assert.Same(s_last, stream.Next(NoWait));
        stream.Dispose();
        Assert.Equal(0, _released);
    }

    private static Func<InstancePage> FetchOnce(InstancePage page)
    {
        InstancePage? left = page;
        return () => Interlocked.Exchange(ref left, null) ?? throw new WSManException(WSManErrorCode.Closed, "closed");
    }

    [Fact]
    public void APageThatCannotBeHadEndsTheStreamWithItsErrorAndIsReleased()
    {
        InstanceStream stream = Stream(s_page);

        _ = stream.Next(NoWait);
        Assert.Throws<WSManException>(() => stream.Next(NoWait));
        stream.Dispose();

        Assert.Equal(1, _released);
    }

    [Fact]
    public void TheCallerIsCalledBackWhileAPageIsAwaited()
    {
        using ManualResetEventSlim arrived = new();
        using InstanceStream stream = new(
            s_page,
            () =>
            {
                arrived.Wait();
                return s_last;
            },
            () =>
            {
                _released++;
                return s_trace;
            });

        _ = stream.Next(NoWait);

        // The page is held back until the wait has called back, however long that takes.
        Assert.Same(s_last, stream.Next(arrived.Set));
    }

    [Fact]
    public void PagesThatNobodyTakesAreGivenBackAtTheEnd()
    {
        using Noted first = new();
        using Noted second = new();
        InstanceStream untouched = Stream(Page(first));
        InstanceStream fetchedAhead = Stream(s_page, Page(second));
        _ = fetchedAhead.Next(NoWait);
        fetchedAhead.Prefetch();

        untouched.Dispose();
        fetchedAhead.Dispose();

        Assert.True(first.IsGivenBack.Wait(s_limit));
        Assert.True(second.IsGivenBack.Wait(s_limit));
    }

    private static InstancePage Page(Stream bytes) => new(new ItemReader(bytes, 0, null), IsLast: false, []);

    private static void NoWait()
    {
    }

    private InstanceStream Stream(params InstancePage[] pages) => new(
        pages[0],
        () =>
        {
            int next = Interlocked.Increment(ref _fetched);
            return next < pages.Length ? pages[next] : throw new WSManException(WSManErrorCode.ConnectionLost, "lost");
        },
        () =>
        {
            _released++;
            return s_trace;
        });

    // The bytes of a page, with a note of whether they were given back.
    private sealed class Noted : MemoryStream
    {
        public ManualResetEventSlim IsGivenBack { get; } = new();

        protected override void Dispose(bool disposing)
        {
            IsGivenBack.Set();
            base.Dispose(disposing);
        }
    }
}
