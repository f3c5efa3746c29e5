using System.Globalization;

namespace Microsoft.WSMan.Management;

/// <summary>
/// What ending a session closed, and what it had to leave behind. It reaches a script as the MessageData of
/// an information record with the tag <c>WSMan.Teardown</c>: <c>Disconnect-WSMan server01
/// -InformationVariable report; $report.MessageData</c>.
/// </summary>
public sealed class TeardownReport
{
    /// <summary>The name of the session that ended.</summary>
    public string ComputerName { get; init; } = "";

    /// <summary>Closed, whatever the server did.</summary>
    public WSManSessionState State { get; init; } = WSManSessionState.Closed;

    /// <summary>
    /// True if every object on the server was confirmed gone and every TLS peer was told of the end, all
    /// before the deadline.
    /// </summary>
    public bool Graceful { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public double ElapsedMs { get; init; }

    /// <summary>Operations that were running and were cancelled.</summary>
    public int OperationsCancelled { get; init; }

    /// <summary>Commands in shells that were terminated.</summary>
    public int CommandsTerminated { get; init; }

    /// <summary>Commands that may still run on the server.</summary>
    public int CommandsAbandoned { get; init; }

    /// <summary>Shells that were deleted.</summary>
    public int ShellsDeleted { get; init; }

    /// <summary>Shells left for the server to expire.</summary>
    public int ShellsAbandoned { get; init; }

    /// <summary>Enumeration contexts that were released.</summary>
    public int EnumerationsReleased { get; init; }

    /// <summary>Enumeration contexts left for the server to expire.</summary>
    public int EnumerationsAbandoned { get; init; }

    /// <summary>Connections that were closed.</summary>
    public int ConnectionsClosed { get; init; }

    /// <summary>True if no secret of the session is left in memory.</summary>
    public bool SecretsWiped { get; init; }

    /// <summary>The steps in the order they were taken.</summary>
    public IReadOnlyList<TeardownStep> Steps { get; init; } = [];

    /// <summary>One sentence for each thing that was abandoned.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>One line, such as "server01 closed: 2 enumerations, 1 shell, 12 ms".</summary>
    public override string ToString()
    {
        List<string> parts = [];
        Add(parts, EnumerationsReleased, "enumeration");
        Add(parts, ShellsDeleted, "shell");
        Add(parts, CommandsTerminated, "command");
        Add(parts, EnumerationsAbandoned, "enumeration", " abandoned");
        Add(parts, ShellsAbandoned, "shell", " abandoned");
        Add(parts, CommandsAbandoned, "command", " abandoned");
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{ElapsedMs:0} ms"));
        return $"{ComputerName} {State.ToString().ToLowerInvariant()}: {string.Join(", ", parts)}";
    }

    private static void Add(List<string> parts, int count, string noun, string ending = "")
    {
        if (count > 0)
        {
            parts.Add($"{count} {noun}{(count == 1 ? "" : "s")}{ending}");
        }
    }
}

/// <summary>One step of ending a session.</summary>
public sealed class TeardownStep
{
    /// <summary>What was done, such as "release" or "close".</summary>
    public string Step { get; init; } = "";

    /// <summary>How long it took, in milliseconds.</summary>
    public double Milliseconds { get; init; }

    /// <summary>How it went: "ok", or what went wrong.</summary>
    public string Result { get; init; } = "";

    /// <summary>One line, such as "close: ok, 3.1 ms".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Step}: {Result}, {Milliseconds:0.0} ms");
}
