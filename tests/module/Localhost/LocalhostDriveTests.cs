namespace Microsoft.WSMan.Management.Tests.Localhost;

/// <summary>What is below localhost comes from its session, but for the user's own client settings.</summary>
[Collection(LocalhostCollection.Name)]
public sealed class LocalhostDriveTests(LocalhostFixture local) : IDisposable
{
    private readonly EngineSession _session = new(local.Service);

    [Fact]
    public void ASessionBringsItsContainersAndClientStays()
    {
        EngineResult result = _session.Run(
            """
            $before = (Get-ChildItem WSMan:\localhost).Name -join ' '
            Connect-WSMan localhost @wsman
            $before
            (Get-ChildItem WSMan:\localhost).Name -join ' '
            Test-Path WSMan:\localhost\Client\TestTimeoutms
            (Get-Item WSMan:\localhost\Service\MaxConnections).Value
            @(Get-ChildItem WSMan:\localhost\Listener).Count
            Disconnect-WSMan localhost
            Test-Path WSMan:\localhost\Service
            """).Succeeded();

        Assert.Equal(
            [
                "Client",
                "MaxEnvelopeSizekb MaxTimeoutms MaxBatchItems MaxProviderRequests Client Service Shell Listener Plugin ClientCertificate",
                "True", "300", "1", "False",
            ],
            result.Text);
    }

    [Fact]
    public void ChangesOfAPluginSayHowToRestartHere()
    {
        EngineResult result = _session.Run(
            "Connect-WSMan localhost @wsman; Set-Item WSMan:\\localhost\\Plugin\\microsoft.powershell\\AutoRestart false").Succeeded();

        Assert.Contains("Restart-Service WinRM", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Run("Set-Location WSMan:\\; Disconnect-WSMan");
        _session.Dispose();
    }
}
