namespace Microsoft.WSMan.Management.Units.Provider;

public sealed class ConfigQuestionsTests
{
    [Theory]
    [InlineData("s\\client\\TRUSTEDHOSTS", "trusts without proof", true, true)]
    [InlineData("localhost\\Client\\AllowFreshCredentials", "your password itself", true, true)]
    [InlineData("localhost\\Client\\LegacyTLSHosts", "so old or weak", true, true)]
    [InlineData("s\\Service\\RootSDDL", "at all", true, false)]
    [InlineData("s\\Plugin\\a%2Fb\\Resources\\r\\Security\\x\\Sddl", "the plugin a/b of s", false, false)]
    [InlineData("s\\Plugin\\a%E2%80%AEb\\Resources\\r\\Security\\x\\Sddl", "the plugin a b of s", false, false)]
    [InlineData("s\\Listener\\l\\Port", "changes a Listener of s", false, false)]
    [InlineData("s\\ClientCertificate\\c\\Enabled", "changes a ClientCertificate of s", false, false)]
    [InlineData("s\\Client\\TrustedHosts\\x", null, false, false)]
    [InlineData("s\\Service\\TrustedHosts", null, false, false)]
    [InlineData("s\\Listener", null, false, false)]
    [InlineData("s\\Plugin\\p\\Resources\\r\\Security\\x", null, false, false)]
    [InlineData("s", null, false, false)]
    public void OnlyDangerousChangesAreAskedAbout(string path, string? question, bool text, bool list)
    {
        WSManPath item = WSManPath.Parse(path);

        string? asked = ConfigQuestions.BeforeSet(item)?.Text;

        Assert.Equal(question is null, asked is null);
        Assert.Contains(question ?? "", asked ?? "", StringComparison.Ordinal);
        Assert.Equal((text, list), (ConfigQuestions.NeedsText(item), ConfigQuestions.IsList(item)));
    }

    [Theory]
    [InlineData("s\\Plugin\\p\\Filename", "WinRM service of s is restarted")]
    [InlineData("localhost\\Plugin\\p\\Filename", "Restart-Service WinRM")]
    [InlineData("s\\Plugin\\p\\Quotas\\maxshellsperuser", "s\\Shell\\maxshellsperuser.|of s is restarted")]
    [InlineData("s\\Plugin\\p\\Quotas\\IdleTimeoutms", "s\\Shell\\IdleTimeout.|of s is restarted")]
    [InlineData("s\\Plugin\\p\\Quotas\\MaxShells", "of s is restarted")]
    [InlineData("s\\Plugin\\p\\Resources\\r\\Security\\x\\Sddl", "")]
    [InlineData("s\\Shell\\IDLETIMEOUT", "value of IDLETIMEOUT")]
    [InlineData("s\\Service\\MaxConcurrentOperationsPerUser", "MaxConcurrentOperationsPerUser")]
    [InlineData("s\\Client\\MaxConcurrentUsers", "")]
    [InlineData("s\\Service\\Auth\\MaxConcurrentUsers", "")]
    public void WarningsFollowAChange(string path, string said)
    {
        string[] parts = said.Split('|', StringSplitOptions.RemoveEmptyEntries);

        string[] warnings = [.. ConfigQuestions.WarningsAfterSet(WSManPath.Parse(path))];

        Assert.Equal(parts.Length, warnings.Length);
        Assert.All(parts.Zip(warnings), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }
}
