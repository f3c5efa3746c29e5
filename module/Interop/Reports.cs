using System.Diagnostics.CodeAnalysis;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>Makes the public teardown report from the library's document.</summary>
internal static class Reports
{
    [return: NotNullIfNotNull(nameof(document))]
    public static TeardownReport? From(ReportDocument? document) => document is null
        ? null
        : new TeardownReport
        {
            ComputerName = document.ComputerName,
            State = Enum.Parse<WSManSessionState>(document.State),
            Graceful = document.Graceful,
            ElapsedMs = document.ElapsedMs,
            OperationsCancelled = Count(document.Operations, "cancelled"),
            CommandsTerminated = Count(document.Commands, "terminated"),
            CommandsAbandoned = Count(document.Commands, "abandoned"),
            ShellsDeleted = Count(document.Shells, "deleted"),
            ShellsAbandoned = Count(document.Shells, "abandoned"),
            EnumerationsReleased = Count(document.Enumerations, "released"),
            EnumerationsAbandoned = Count(document.Enumerations, "abandoned"),
            ConnectionsClosed = Count(document.Connections, "closed"),
            SecretsWiped = document.SecretsWiped,
            Steps = Array.ConvertAll(document.Steps ?? [], Step),
            Warnings = document.Warnings ?? [],
        };

    private static TeardownStep Step(StepDocument step) =>
        new() { Step = step.Step, Milliseconds = step.Ms, Result = step.Result };

    private static int Count(Dictionary<string, int>? counts, string name) =>
        counts is not null && counts.TryGetValue(name, out int count) ? count : 0;
}
