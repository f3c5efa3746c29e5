using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Finds drives and providers by name, wildcards included.</summary>
public abstract class DriveMatchingCommand : ProviderCommand
{
    /// <summary>The drives of that name and those providers, in order; throws if one named plainly is missing.</summary>
    private protected List<PSDriveInfo> GetMatchingDrives(string? name, string[]? providers, string? scope)
    {
        List<PSDriveInfo> found = [];
        foreach (string provider in providers is { Length: > 0 } ? providers : ["*"])
        {
            if (!WildcardPattern.ContainsWildcardCharacters(provider))
            {
                SessionState.Provider.Get(provider);
            }

            if (!string.IsNullOrEmpty(name) && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                RequireDrive(name, scope);
            }

            HashSet<ProviderInfo> wanted = [.. MatchingProviders(provider)];
            found.AddRange(SessionState.Drive.GetAllAtScope(scope)
                .Where(drive => Matches(drive, name) && wanted.Contains(drive.Provider)));
        }

        found.Sort();
        return found;
    }

    /// <summary>The providers of a name, which may be qualified by its module and have wildcards; maybe none.</summary>
    private protected IEnumerable<ProviderInfo> MatchingProviders(string name)
    {
        int slash = name.IndexOf('\\', StringComparison.Ordinal);
        string? module = slash < 0 ? null : name[..slash];
        WildcardPattern pattern = new(name[(slash + 1)..], WildcardOptions.IgnoreCase);
        return SessionState.Provider.GetAll().Where(provider =>
            pattern.IsMatch(provider.Name)
            && (module is null || module.Equals(provider.ModuleName, StringComparison.OrdinalIgnoreCase)));
    }

    private void RequireDrive(string name, string? scope)
    {
        if (string.IsNullOrEmpty(scope))
        {
            SessionState.Drive.Get(name);
        }
        else
        {
            SessionState.Drive.GetAtScope(name, scope);
        }
    }

    private bool Matches(PSDriveInfo drive, string? name) =>
        string.IsNullOrEmpty(name)
        || (Literal
            ? drive.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            : new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(drive.Name));
}
