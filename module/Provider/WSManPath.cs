namespace Microsoft.WSMan.Management;

/// <summary>
/// A path of the provider, cut into segments below the root: computer first, then the names below it. Either
/// slash separates; what is written here has that of Windows. WSMan at the head of a path, in these letters, is
/// the root; in others it is a computer of that name, whose letters are small wherever a path is written. A
/// name below a computer may be written as it is or with codes; the segment has the one form that the drive shows
/// (<see cref="PathSegment"/>).
/// </summary>
internal readonly record struct WSManPath
{
    /// <summary>The root where a path has to name it; a drive begins at the root and has nothing before it.</summary>
    public const string Root = "WSMan";

    /// <summary>What separates names in the paths that the provider writes, as on Windows.</summary>
    public const char Separator = '\\';

    private static readonly char[] s_separators = ['/', Separator];

    private readonly string[]? _segments;

    private WSManPath(IEnumerable<string> segments) => _segments =
        [.. Resolve(segments).Select((segment, at) => at == 0 ? segment : PathSegment.Canonical(segment))];

    /// <summary>The segments below the root.</summary>
    public IReadOnlyList<string> Segments => _segments ?? [];

    /// <summary>The segments below the computer.</summary>
    public IEnumerable<string> Names => Segments.Skip(1);

    public bool IsRoot => Segments.Count == 0;

    public bool IsComputer => Segments.Count == 1;

    /// <summary>The session name of the computer that the path leads to or through; null at the root.</summary>
    public string? Computer => IsRoot ? null : ComputerNames.ToSessionName(Segments[0]);

    /// <summary>A path as the engine hands it to the provider, or as a user writes it after "::".</summary>
    public static WSManPath Parse(string? providerPath)
    {
        string[] all = Split(providerPath);
        return new WSManPath(all.Length > 0 && all[0] == Root ? all.Skip(1) : all);
    }

    /// <summary>A path relative to the root, as a drive remembers its location.</summary>
    public static WSManPath BelowRoot(string? relativePath) => new(Split(relativePath));

    /// <summary>
    /// The provider's path of a path relative to the root, where WSMan is a computer in any letters. Dots that lead out
    /// of the root lead nowhere, as at the root of a file system. The names stay as they are, because the path may be a
    /// pattern still.
    /// </summary>
    public static string FromRoot(string? relativePath)
    {
        List<string> names = Resolve(Split(relativePath));
        return names.Count > 0 && names[0] == Root
            ? ProviderPath(ComputerNames.ToSessionName(Root), names.Skip(1))
            : string.Join(Separator, names);
    }

    /// <summary>The last name in a path as it is written, dots too; empty where there is none.</summary>
    public static string LastName(string? path) => Split(path).LastOrDefault("");

    /// <summary>The path without its last name, in the letters and separators that it has.</summary>
    public static string Parent(string? path)
    {
        string trimmed = (path ?? "").TrimEnd(s_separators);
        int end = trimmed.LastIndexOfAny(s_separators);
        return end <= 0 ? trimmed[..(end + 1)] : trimmed[..end].TrimEnd(s_separators);
    }

    /// <summary>The path of a child, with the separator that the parent has.</summary>
    /// <param name="parent">A path, which is left as it is.</param>
    /// <param name="child">A path relative to it.</param>
    /// <param name="separator">The separator for a parent that has none.</param>
    public static string Combine(string parent, string? child, char separator)
    {
        int last = parent.LastIndexOfAny(s_separators);
        char between = last < 0 ? separator : parent[last];
        string names = string.Join(between, Split(child));
        return last >= 0 && last == parent.Length - 1 ? parent + names : $"{parent}{between}{names}";
    }

    /// <summary>
    /// The path of a computer that stands alone, with the root before it as on Windows; in the list of computers, and
    /// before what is below one, its name is the path.
    /// </summary>
    public static string OfComputer(string sessionName) => Join(Root, sessionName);

    /// <summary>The provider's own path of an item below a computer.</summary>
    public static string ProviderPath(string sessionName, IEnumerable<string> names) =>
        names.Aggregate(sessionName, Join);

    /// <summary>The path of an item in a container.</summary>
    public static string Join(string path, string name) => $"{path}{Separator}{name}";

    /// <summary>The path of a computer that stands alone, with the provider's full name before it.</summary>
    public static string QualifiedPath(string sessionName) =>
        $"{WSManConfigProvider.FullName}::{OfComputer(sessionName)}";

    /// <summary>
    /// The path as one writes it at another place. As in the engine's other drives, the place itself and what is above
    /// it are left and entered again, so that the name is there.
    /// </summary>
    public string RelativeTo(WSManPath from, char separator)
    {
        bool isOneComputer = Computer == from.Computer;
        int common = Segments.Zip(from.Segments)
            .TakeWhile((pair, at) => at == 0
                ? isOneComputer
                : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase))
            .Count();
        int kept = common == Segments.Count && !from.IsRoot ? Math.Max(0, common - 1) : common;
        return string.Join(
            separator, Enumerable.Repeat("..", from.Segments.Count - kept).Concat(Segments.Skip(kept)));
    }

    /// <summary>
    /// Whether the path leads to another one, or through it. Whole segments are compared, so that server10 is not
    /// below server1.
    /// </summary>
    public bool IsAtOrBelow(WSManPath other) =>
        Segments.Count >= other.Segments.Count
        && !other.IsRoot
        && Computer == other.Computer
        && Names.Take(other.Segments.Count - 1).SequenceEqual(other.Names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a segment is a name; the computer is segment 0.</summary>
    public bool IsAt(int segment, string name) =>
        segment < Segments.Count && Segments[segment].Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether these are all the names below a computer, whatever the computer.</summary>
    public bool Is(params string[] names) =>
        !IsRoot && Names.SequenceEqual(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the path leads into a container of a computer, and not to the container itself.</summary>
    public bool IsBelow(string container) => IsAt(1, container) && Segments.Count > 2;

    /// <summary>The path as a user writes it.</summary>
    public override string ToString() => $"{WSManDriveInfo.DefaultName}:\\{string.Join('\\', Segments)}";

    private static string[] Split(string? path) =>
        (path ?? "").Split(s_separators, StringSplitOptions.RemoveEmptyEntries);

    // The engine resolves dots in paths of a drive, but hands provider-qualified paths on as they are.
    private static List<string> Resolve(IEnumerable<string> segments)
    {
        List<string> resolved = [];
        foreach (string segment in segments)
        {
            if (segment == ".." && resolved.Count > 0)
            {
                resolved.RemoveAt(resolved.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                resolved.Add(segment);
            }
        }

        return resolved;
    }
}
