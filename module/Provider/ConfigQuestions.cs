namespace Microsoft.WSMan.Management;

/// <summary>A question to the user, which -Force answers.</summary>
internal sealed record Question(string Text, string Caption);

/// <summary>Which changes are asked about, and what is said after others. All is known from the path.</summary>
internal static class ConfigQuestions
{
    private static readonly string[] s_pluginQuotas =
        ["IdleTimeoutms", "MaxProcessesPerShell", "MaxMemoryPerShellMB", "MaxShellsPerUser", "MaxConcurrentUsers"];

    private static readonly string[] s_globalQuotas =
    [
        "MaxConcurrentOperationsPerUser", "IdleTimeout", "MaxProcessesPerShell", "MaxMemoryPerShellMB",
        "MaxShellsPerUser", "MaxConcurrentUsers",
    ];

    /// <summary>What is asked before a value is set; null if nothing is.</summary>
    public static Question? BeforeSetting(WSManPath item)
    {
        if (IsTrustedHosts(item))
        {
            return new Question(Messages.AskTrustedHosts(item.Computer!), Messages.SecurityCaption);
        }

        if (IsFreshCredentials(item))
        {
            return new Question(Messages.AskFreshCredentials, Messages.SecurityCaption);
        }

        if (IsRootSddl(item))
        {
            return new Question(Messages.AskRootSddl(item.Computer!), Messages.SecurityCaption);
        }

        if (IsSecurity(item))
        {
            return BeforeSecurity(item);
        }

        return item.IsBelow(ComputerNode.Listener) || item.IsBelow(ComputerNode.ClientCertificate)
            ? new Question(Messages.AskInstance(item.Segments[1], item.Computer!), Messages.ChangeCaption)
            : null;
    }

    /// <summary>What is asked before the security of a plugin changes.</summary>
    public static Question BeforeSecurity(WSManPath item) => new(
        Messages.AskPluginSecurity(PathName.Unescape(item.Segments[2]), item.Computer!), Messages.SecurityCaption);

    /// <summary>Whether the value has to be a text, as it is a list or a descriptor.</summary>
    public static bool NeedsText(WSManPath item) => IsList(item) || IsRootSddl(item);

    /// <summary>Whether the value is a list of entries with commas, which can be added to.</summary>
    public static bool IsList(WSManPath item) => IsTrustedHosts(item) || IsFreshCredentials(item);

    /// <summary>What the user has to know after a value was set.</summary>
    public static IEnumerable<string> AfterSetting(WSManPath item)
    {
        string leaf = item.Segments[^1];
        if (item.IsBelow(ComputerNode.Plugin) && !IsSecurity(item))
        {
            if (item.Segments.Count == 5 && item.IsAt(3, QuotasNode.ContainerName) && Has(s_pluginQuotas, leaf))
            {
                yield return Messages.QuotaOfPlugin(item.Computer!, Global(leaf));
            }

            yield return ComputerNames.IsLocal(item.Computer!)
                ? Messages.RestartHere
                : Messages.RestartThere(item.Computer!);
        }
        else if (item.Segments.Count == 3
            && (item.IsAt(1, ComputerNode.Shell) || item.IsAt(1, ComputerNode.Service))
            && Has(s_globalQuotas, leaf))
        {
            yield return Messages.QuotaOfAll(leaf);
        }
    }

    private static bool IsTrustedHosts(WSManPath item) => item.Is(ComputerNode.Client, "TrustedHosts");

    // Of the user's own settings: Windows has it among its policies, not on the drive.
    private static bool IsFreshCredentials(WSManPath item) => item.Is(ComputerNode.Client, "AllowFreshCredentials");

    private static bool IsRootSddl(WSManPath item) => item.Is(ComputerNode.Service, "RootSDDL");

    private static bool IsSecurity(WSManPath item) =>
        item.Segments.Count == 8
        && item.IsAt(1, ComputerNode.Plugin)
        && item.IsAt(3, ResourcesNode.ContainerName)
        && item.IsAt(5, SecuritiesNode.ContainerName);

    // The quota of a plugin has the unit in its name, and the global one has not.
    private static string Global(string quota) =>
        quota.Equals("IdleTimeoutms", StringComparison.OrdinalIgnoreCase) ? "IdleTimeout" : quota;

    private static bool Has(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
