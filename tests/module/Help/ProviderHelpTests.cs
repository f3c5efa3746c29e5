using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>Get-Help of an item cmdlet, for a path of the drive.</summary>
public sealed class ProviderHelpTests : IDisposable
{
    private readonly EngineSession _session = new();

    /// <summary>Cmdlets, paths, and a word of the synopsis.</summary>
    public static TheoryData<string, string, string> Pages => new()
    {
        { "New-Item", "WSMan:\\", "Connects" },
        { "New-Item", "WSMan:\\server01\\Listener", "listener" },
        { "New-Item", "WSMan:\\server01\\ClientCertificate", "certificates" },
        { "New-Item", "WSMan:\\server01\\Plugin", "plugin" },
        { "New-Item", "WSMan:\\server01\\Plugin\\p\\InitializationParameters", "parameter" },
        { "New-Item", "WSMan:\\server01\\Plugin\\p\\Resources", "resource" },
        { "New-Item", "WSMan:\\server01\\Plugin\\p\\Resources\\Resource_1\\Security", "who may use" },
        { "Set-Item", "WSMan:\\server01\\Client\\TrustedHosts", "client" },
        { "Set-Item", "WSMan:\\localhost\\Client", "client" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void ThePageSaysWhatEveryParameterIsFor(string command, string path, string word)
    {
        EngineResult result = _session.Run(
            """
            $help = Get-Help $args[0] -Path $args[1]
            $help.Synopsis
            $said = $help.parameters.parameter | Where-Object { $_.description } | ForEach-Object name
            (Get-Command $args[0] -ArgumentList $args[1]).Parameters.Values |
                Where-Object { $_.IsDynamic -and $_.Name -notin $said } | ForEach-Object Name
            """,
            command, path).Succeeded();

        Assert.Contains(word, Assert.Single(result.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-Item", "WSMan:\\server01\\Client")]
    [InlineData("Remove-Item", "WSMan:\\server01\\Plugin")]
    public void WhereThereIsNothingToAddItIsTheCmdletsOwnPage(string command, string path)
    {
        EngineResult result = _session.Run(
            "(Get-Help $args[0] -Path $args[1]).Synopsis -eq (Get-Help $args[0]).Synopsis", command, path).Succeeded();

        Assert.Equal(["True"], result.Text);
    }

    public void Dispose() => _session.Dispose();
}
