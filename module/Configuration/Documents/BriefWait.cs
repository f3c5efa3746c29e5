namespace Microsoft.WSMan.Management;

/// <summary>
/// The second that requests may take on which somebody at a terminal waits without having asked for them: a completion,
/// a prompt, a view. Requests of a thread that follow one another share it, because the engine makes several of one
/// key. A view shares less: it may have a row for each of many computers, so each has a second of its own, and a
/// request that was answered in time costs nothing of it.
/// </summary>
internal static class BriefWait
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(1);

    // Requests further apart than this belong to different keys.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    [ThreadStatic]
    private static TimeSpan s_spent;

    [ThreadStatic]
    private static HashSet<ulong>? s_late;

    [ThreadStatic]
    private static long s_lastEnd;

    /// <summary>Makes a request within what is left of the second that all of a key share.</summary>
    /// <param name="client">The client that the request is made with.</param>
    /// <param name="ask">The request.</param>
    /// <param name="clock">What tells one key from the next; null for that of the system.</param>
    /// <exception cref="WSManException">The request failed, or with IsImpatient the second is over.</exception>
    public static T Ask<T>(WSManClient client, Func<T> ask, TimeProvider? clock = null) => Follow(clock, () =>
    {
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            return client.Within(s_bound - s_spent, ask);
        }
        finally
        {
            s_spent += TimeProvider.System.GetElapsedTime(start);
        }
    });

    /// <summary>
    /// Makes a request within a second; once one of a session took longer, those that follow have none.
    /// </summary>
    /// <param name="client">The client that the request is made with.</param>
    /// <param name="session">The number of the session.</param>
    /// <param name="ask">The request.</param>
    /// <param name="clock">What tells one view from the next; null for that of the system.</param>
    /// <exception cref="WSManException">The request failed, or with IsImpatient the second is over.</exception>
    public static T AskForView<T>(
        WSManClient client, ulong session, Func<T> ask, TimeProvider? clock = null) => Follow(clock, () =>
    {
        s_late ??= [];
        try
        {
            return client.Within(s_late.Contains(session) ? TimeSpan.Zero : s_bound, ask);
        }
        catch (WSManException e) when (e.IsImpatient)
        {
            s_late.Add(session);
            throw;
        }
    });

    private static T Follow<T>(TimeProvider? given, Func<T> request)
    {
        TimeProvider clock = given ?? TimeProvider.System;
        if (clock.GetElapsedTime(s_lastEnd) > s_pause)
        {
            s_spent = TimeSpan.Zero;
            s_late?.Clear();
        }

        try
        {
            return request();
        }
        finally
        {
            s_lastEnd = clock.GetTimestamp();
        }
    }
}
