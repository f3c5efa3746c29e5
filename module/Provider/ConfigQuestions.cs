namespace Microsoft.WSMan.Management;

/// <summary>A question to the user, which -Force answers.</summary>
internal sealed record Question(string Text, string Caption);

/// <summary>
/// The questions before a change of the configuration, and the warnings after it, by the path of the item.
/// </summary>
internal static class ConfigQuestions
{
    // The quotas of a plugin that a quota of the whole computer bounds, and those of the computer that bound them.
    private static readonly string[] s_pluginQuotas =
        ["IdleTimeoutms", "MaxProcessesPerShell", "MaxMemoryPerShellMB", "MaxShellsPerUser", "MaxConcurrentUsers"];

    private static readonly string[] s_globalQuotas =
    [
        "MaxConcurrentOperationsPerUser", "IdleTimeout", "MaxProcessesPerShell", "MaxMemoryPerShellMB",
        "MaxShellsPerUser", "MaxConcurrentUsers",
    ];

    /// <summary>The question before a value is set; null if there is none.</summary>
    public static Question? BeforeSet(WSManPath item)
    {
        if (IsTrustedHosts(item))
        {
            return new Question(Messages.AskTrustedHosts(item.Computer!), Messages.SecurityCaption);
        }

        if (IsFreshCredentials(item))
        {
            return new Question(Messages.AskFreshCredentials, Messages.SecurityCaption);
        }

        if (IsLegacyTlsHosts(item))
        {
            return new Question(Messages.AskLegacyTlsHosts, Messages.SecurityCaption);
        }

        if (IsRootSddl(item))
        {
            return new Question(Messages.AskRootSddl(item.Computer!), Messages.SecurityCaption);
        }

        if (IsSecurity(item))
        {
            return BeforeSecurityChange(item);
        }

        return item.IsBelow(ComputerNode.Listener) || item.IsBelow(ComputerNode.ClientCertificate)
            ? new Question(Messages.AskInstance(item.Segments[1], item.Computer!), Messages.ChangeCaption)
            : null;
    }

    /// <summary>The question before the security of a plugin changes.</summary>
    public static Question BeforeSecurityChange(WSManPath item) => new(
        Messages.AskPluginSecurity(ForPeople.Line(PathSegment.Unescape(item.Segments[2])), item.Computer!),
        Messages.SecurityCaption);

    /// <summary>Whether the value has to be a text, because it is a list or a security descriptor.</summary>
    public static bool NeedsText(WSManPath item) => IsList(item) || IsRootSddl(item);

    /// <summary>Whether the value is a list of entries with commas, which can be added to.</summary>
    public static bool IsList(WSManPath item) =>
        IsTrustedHosts(item) || IsFreshCredentials(item) || IsLegacyTlsHosts(item);

    /// <summary>The warnings that the user has to read after a value was set.</summary>
    public static IEnumerable<string> WarningsAfterSet(WSManPath item)
    {
        // On Windows, no restart is asked for after a change of the security of a plugin.
        string leaf = item.Segments[^1];
        if (item.IsBelow(ComputerNode.Plugin) && !IsSecurity(item))
        {
            if (item.Segments.Count == 5 && item.IsAt(3, QuotasNode.ContainerName) && Has(s_pluginQuotas, leaf))
            {
                yield return Messages.PluginQuotaIsCapped(item.Computer!, GlobalQuotaName(leaf));
            }

            yield return ComputerNames.IsLocal(item.Computer!)
                ? Messages.RestartLocalService
                : Messages.RestartService(item.Computer!);
        }
        else if (item.Segments.Count == 3
            && (item.IsAt(1, ComputerNode.Shell) || item.IsAt(1, ComputerNode.Service))
            && Has(s_globalQuotas, leaf))
        {
            yield return Messages.QuotaCapsPlugins(leaf);
        }
    }

    private static bool IsTrustedHosts(WSManPath item) => item.Is(ComputerNode.Client, "TrustedHosts");

    // The list is one of the user's own settings. Windows has it among its policies and not on the drive.
    private static bool IsFreshCredentials(WSManPath item) => item.Is(ComputerNode.Client, "AllowFreshCredentials");

    private static bool IsLegacyTlsHosts(WSManPath item) => item.Is(ComputerNode.Client, "LegacyTLSHosts");

    private static bool IsRootSddl(WSManPath item) => item.Is(ComputerNode.Service, "RootSDDL");

    private static bool IsSecurity(WSManPath item) =>
        item.Segments.Count == 8
        && item.IsAt(1, ComputerNode.Plugin)
        && item.IsAt(3, ResourcesNode.ContainerName)
        && item.IsAt(5, SecuritiesNode.ContainerName);

    // The quota of a plugin has the unit in its name, which the global one has not.
    private static string GlobalQuotaName(string quota) =>
        quota.Equals("IdleTimeoutms", StringComparison.OrdinalIgnoreCase) ? "IdleTimeout" : quota;

    private static bool Has(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
