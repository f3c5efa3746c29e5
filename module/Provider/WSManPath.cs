namespace Microsoft.WSMan.Management;

/// <summary>
/// A path of the provider, cut into segments below the root: computer first, then what is inside it. Either
/// slash separates. The root itself is written WSMan, so that a computer called wsman can be told from it;
/// a path without it, as Windows prints, means the same.
/// </summary>
internal readonly record struct WSManPath
{
    /// <summary>The root of every drive of the provider.</summary>
    public const string Root = "WSMan";

    private readonly string[]? _segments;

    private WSManPath(IEnumerable<string> segments) => _segments = Resolve(segments);

    /// <summary>The segments below the root.</summary>
    public IReadOnlyList<string> Segments => _segments ?? [];

    public bool IsRoot => Segments.Count == 0;

    public bool IsComputer => Segments.Count == 1;

    /// <summary>The session name of the computer that the path leads to or through; null at the root.</summary>
    public string? Computer => IsRoot ? null : ComputerNames.ToSessionName(Segments[0]);

    /// <summary>A path as the engine hands it to the provider, or as a user writes it after "::".</summary>
    public static WSManPath Parse(string? providerPath)
    {
        string[] all = Split(providerPath);
        bool rooted = all.Length > 0 && all[0].Equals(Root, StringComparison.OrdinalIgnoreCase);
        return new WSManPath(rooted ? all.Skip(1) : all);
    }

    /// <summary>A path relative to the root, as a drive remembers its location.</summary>
    public static WSManPath BelowRoot(string? relativePath) => new(Split(relativePath));

    /// <summary>The last name in a path as it is written, dots too.</summary>
    public static string LastName(string? providerPath) => Split(providerPath).LastOrDefault(Root);

    /// <summary>The provider's own path of a computer.</summary>
    public static string Of(string sessionName) => $"{Root}{Path.DirectorySeparatorChar}{sessionName}";

    /// <summary>The provider's own path of an item below a computer.</summary>
    public static string Of(string sessionName, IEnumerable<string> names) => names.Aggregate(Of(sessionName), Below);

    /// <summary>The provider's own path of an item in a container.</summary>
    public static string Below(string path, string name) => $"{path}{Path.DirectorySeparatorChar}{name}";

    /// <summary>The path of a computer with the provider's full name before it.</summary>
    public static string QualifiedPath(string sessionName) => $"{WSManConfigProvider.FullName}::{Of(sessionName)}";

    /// <summary>Whether it leads to another path, or through it.</summary>
    public bool IsAtOrBelow(WSManPath other) =>
        Segments.Count >= other.Segments.Count
        && !other.IsRoot
        && string.Equals(Computer, other.Computer, StringComparison.OrdinalIgnoreCase)
        && Segments.Take(other.Segments.Count).Skip(1)
            .SequenceEqual(other.Segments.Skip(1), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a segment is a name; the computer is segment 0.</summary>
    public bool IsAt(int segment, string name) =>
        segment < Segments.Count && Segments[segment].Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is exactly that, below any computer.</summary>
    public bool Is(params string[] names) =>
        !IsRoot && Segments.Skip(1).SequenceEqual(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is below a container of a computer, and not the container itself.</summary>
    public bool IsBelow(string container) => IsAt(1, container) && Segments.Count > 2;

    /// <summary>The path as a user writes it.</summary>
    public override string ToString() => $"{WSManDriveInfo.DefaultName}:\\{string.Join('\\', Segments)}";

    private static string[] Split(string? path) =>
        (path ?? "").Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);

    // The engine resolves dots in paths of a drive, but hands provider-qualified paths on as they are.
    private static string[] Resolve(IEnumerable<string> segments)
    {
        List<string> resolved = [];
        foreach (string segment in segments)
        {
            if (segment == "..")
            {
                resolved.RemoveRange(Math.Max(resolved.Count - 1, 0), Math.Min(resolved.Count, 1));
            }
            else if (segment != ".")
            {
                resolved.Add(segment);
            }
        }

        return [.. resolved];
    }
}
