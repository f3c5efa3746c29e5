using System.Globalization;
using System.Runtime.CompilerServices;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The things that the end of a session closed, and those that it had to leave behind. The report reaches a script
/// as the MessageData of an information record with the tag <c>WSMan.Teardown</c>:
/// <c>Disconnect-WSMan server01 -InformationVariable report; $report.MessageData</c>.
/// </summary>
public sealed class TeardownReport
{
    // The counters that ToString() shows unless they are 0. Operations and connections are left out: the line is about
    // the things that the server held.
    private static readonly (string Counter, string Noun, string Ending)[] s_parts =
    [
        (nameof(EnumerationsReleased), "enumeration", ""),
        (nameof(ShellsDeleted), "shell", ""),
        (nameof(CommandsTerminated), "command", ""),
        (nameof(EnumerationsAbandoned), "enumeration", " abandoned"),
        (nameof(ShellsAbandoned), "shell", " abandoned"),
        (nameof(CommandsAbandoned), "command", " abandoned"),
    ];

    /// <summary>The name of the session that ended.</summary>
    public string ComputerName { get; internal init; } = "";

    /// <summary>The address of its service.</summary>
    public string ConnectionUri { get; internal init; } = "";

    /// <summary>The user as whom the session was authenticated; empty if none was named.</summary>
    public string UserName { get; internal init; } = "";

    /// <summary>The moment at which the ending began, in UTC.</summary>
    public DateTime StartTime { get; internal init; }

    /// <summary>The state of the session, as text: Closed, whatever the server did.</summary>
    public string State { get; internal init; } = nameof(WSManSessionState.Closed);

    /// <summary>
    /// True if every object on the server was confirmed gone and every TLS peer was told of the end, all
    /// before the deadline.
    /// </summary>
    public bool Graceful { get; internal init; }

    /// <summary>The duration of the whole, in milliseconds.</summary>
    public double ElapsedMs { get; internal init; }

    /// <summary>Operations that were running and were cancelled.</summary>
    public int OperationsCancelled => Count();

    /// <summary>Commands in shells that were terminated.</summary>
    public int CommandsTerminated => Count();

    /// <summary>Commands that may still run on the server.</summary>
    public int CommandsAbandoned => Count();

    /// <summary>Shells that were deleted.</summary>
    public int ShellsDeleted => Count();

    /// <summary>Shells left for the server to expire.</summary>
    public int ShellsAbandoned => Count();

    /// <summary>Enumeration contexts that were released.</summary>
    public int EnumerationsReleased => Count();

    /// <summary>Enumeration contexts left for the server to expire.</summary>
    public int EnumerationsAbandoned => Count();

    /// <summary>Connections that were open when the end began. Those that the end opened itself are not counted.</summary>
    public int ConnectionsClosed => Count();

    /// <summary>True if no secret of the session is left in memory.</summary>
    public bool SecretsWiped { get; internal init; }

    /// <summary>
    /// The steps in the order in which they were taken. Terminate, delete and release go on at the same time.
    /// </summary>
    public IReadOnlyList<TeardownStep> Steps { get; internal init; } = [];

    /// <summary>One sentence for each thing that was abandoned.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>The counters by name.</summary>
    internal Dictionary<string, int> Counts { get; init; } = [];

    /// <summary>The document that <see cref="ToJson"/> gives.</summary>
    internal string Document { get; init; } = "{}";

    /// <summary>
    /// The report as one line of JSON: the document of wsman_disconnect() (wsman.h). ConvertTo-Json has the same
    /// values, under the names of the properties.
    /// </summary>
    public string ToJson() => Document;

    /// <summary>One line, such as "server01 closed: 2 enumerations, 1 shell, 12 ms".</summary>
    public override string ToString()
    {
        List<string> parts = [.. s_parts.Select(Part).OfType<string>()];
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{ElapsedMs:0} ms"));
        return $"{ComputerName} {State.ToLowerInvariant()}: {string.Join(", ", parts)}";
    }

    // A counter that the library did not say is 0.
    private int Count([CallerMemberName] string name = "") => Counts.GetValueOrDefault(name);

    private string? Part((string Counter, string Noun, string Ending) part) => Count(part.Counter) switch
    {
        0 => null,
        1 => $"1 {part.Noun}{part.Ending}",
        int count => $"{count} {part.Noun}s{part.Ending}",
    };
}

/// <summary>One step of ending a session.</summary>
public sealed class TeardownStep
{
    /// <summary>The name of the step, such as "release" or "close".</summary>
    public string Step { get; internal init; } = "";

    /// <summary>The start of the step, in milliseconds since the end of the session began.</summary>
    public double StartMilliseconds { get; internal init; }

    /// <summary>The duration of the step, in milliseconds.</summary>
    public double Milliseconds { get; internal init; }

    /// <summary>"ok", or a failure in a few words, such as "0 of 1 shell".</summary>
    public string Result { get; internal init; } = "";

    /// <summary>One line, such as "close: ok, at 9.2 ms for 3.1 ms".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Step}: {Result}, at {StartMilliseconds:0.0} ms for {Milliseconds:0.0} ms");
}
