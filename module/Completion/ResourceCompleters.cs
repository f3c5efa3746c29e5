namespace Microsoft.WSMan.Management;

/// <summary>
/// Completes resource URIs: first the sections of winrm/config and the beginnings of the namespaces, and the classes of
/// a namespace where the user has come so far. Who began with http gets the long forms.
/// </summary>
internal sealed class ResourceUriCompleter : ValueCompleter
{
    private protected override IEnumerable<Candidate> Candidates(AskedValue asked)
    {
        bool isLong = asked.Typed.BeginsWith("h");
        Func<string, string> form = isLong ? ResourceAlias.Expand : uri => uri;
        return KnownResources.Single
            .Concat(KnownResources.Namespaces.SelectMany(space => Within(space, asked.Typed, form(space.Beginning))))
            .Select(candidate => candidate with { Text = form(candidate.Text) });
    }

    private static IEnumerable<Candidate> Within(KnownNamespace space, TypedWord typed, string beginning) =>
        typed.IsPattern || typed.BeginsWith(beginning)
            ? space.Classes.Select(known => new Candidate(space.Beginning + known.Name, known.About))
            : [new Candidate(space.Beginning, space.About)];
}

/// <summary>
/// Completes the methods of the resource that the line names; of all known resources where it names none. A method of a
/// resource that is not known is for the user to write.
/// </summary>
internal sealed class ActionCompleter : ValueCompleter
{
    private static readonly string s_shell = ResourceAlias.Expand("shell");

    private protected override IEnumerable<Candidate> Candidates(AskedValue asked)
    {
        // The URI may have the selectors of an instance behind it.
        string? resource = asked.TextOf("ResourceURI") is { } uri ? ResourceAlias.Expand(uri.Split('?')[0]) : null;
        bool mayBeShell = resource is null || resource.StartsWith(s_shell, StringComparison.OrdinalIgnoreCase);
        IEnumerable<Candidate> ofShells = mayBeShell ? KnownResources.ShellActions : [];
        return ofShells.Concat(KnownResources.Namespaces.SelectMany(space => space.Classes
            .Where(known => resource is null || IsSame(resource, space.Beginning + known.Name))
            .SelectMany(known => known.Actions.Select(action => new Candidate(action, $"A method of {known.Name}")))));
    }

    private static bool IsSame(string resource, string known) =>
        resource.Equals(ResourceAlias.Expand(known), StringComparison.OrdinalIgnoreCase);
}
