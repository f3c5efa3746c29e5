using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>What a script wrote to its streams, and how it ended.</summary>
internal sealed record EngineResult
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    /// <summary>Errors in their order; the one that ended the script, if any, is the last.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<string> Debug { get; init; }

    public required IReadOnlyList<InformationRecord> Information { get; init; }

    /// <summary>The error that ended the script; null if it ran to its end.</summary>
    public required ErrorRecord? Terminating { get; init; }

    /// <summary>The output as text, one item each.</summary>
    public IEnumerable<string> Text => Output.Select(o => o?.ToString() ?? "");

    /// <summary>The result, of a script that must not fail.</summary>
    public EngineResult Succeeded()
    {
        Assert.True(Errors.Count == 0, string.Join(Environment.NewLine, Errors.Select(Describe)));
        return this;
    }

    /// <summary>The one error, of a script that must fail with exactly one.</summary>
    public ErrorRecord Failed()
    {
        Assert.True(Errors.Count == 1, $"{Errors.Count} errors: {string.Join("; ", Errors.Select(Describe))}");
        return Errors[0];
    }

    private static string Describe(ErrorRecord error) => $"{error.FullyQualifiedErrorId}: {error}";
}
