namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>How often a command asks the server: each resource once, whatever the engine asks the provider.</summary>
public sealed class ConfigRequestTests : IDisposable
{
    private static readonly string s_computer = $"{Addresses.NextNetwork()}.1";

    private readonly EndpointProcess _service = EndpointProcess.Start([s_computer], more: ["--plugins", "3"]);

    private readonly EngineSession _session;

    public ConfigRequestTests()
    {
        _session = new EngineSession(_service);
        _session.SetVariable("h", $"WSMan:\\{s_computer}");
        _session.Run("Connect-WSMan $args[0] @wsman", s_computer).Succeeded();
    }

    [Fact]
    public void EachCommandReadsEachResourceOnce()
    {
        (string Script, int Requests)[] commands =
        [
            ("Get-ChildItem $h", 1),
            ("Get-ChildItem $h\\Client", 1),
            ("Get-ChildItem $h\\Client\\Auth", 1),
            ("Get-ChildItem $h\\Client\\DefaultPorts", 1),
            ("Get-ChildItem $h\\Service", 1),
            ("Get-ChildItem $h\\Service\\Auth", 1),
            ("Get-ChildItem $h\\Shell", 1),
            ("Get-ChildItem $h\\Listener", 1),
            ("Get-ChildItem $h\\Plugin", 1),
            ("Get-ChildItem $h\\ClientCertificate", 1),
            ("Get-ChildItem $h\\Plugin\\microsoft.powershell", 1),
            ("Get-ChildItem $h\\Plugin\\microsoft.powershell\\InitializationParameters", 1),
            ("Get-ChildItem $h\\Plugin\\microsoft.powershell\\Quotas", 1),
            ("Get-ChildItem $h\\Plugin\\microsoft.powershell\\Resources", 1),
            ("Get-ChildItem $h -Name", 1),
            ("Get-Item $h\\Client\\Auth\\Basic", 1),
            ("Get-Item $h\\Plugin\\microsoft.powershell\\Quotas\\MaxShells", 1),
            ("Test-Path $h\\Plugin\\microsoft.powershell\\Quotas\\MaxShells", 1),
            ("Test-Path $h\\Service", 0),
            ("Set-Location $h\\Client\\Auth; Set-Location WSMan:\\", 0),
            ("Set-Item $h\\Client\\NetworkDelayms 5000", 2),
            ("Set-Item $h\\Client\\NetworkDelayms 1 -WhatIf", 0),
            ("Set-Item $h\\Plugin\\microsoft.powershell\\Quotas\\MaxShells 25 -WarningAction Ignore", 2),

            // All settings are one resource; listeners, mappings and the ten plugins are one enumeration each.
            ("Get-ChildItem $h -Recurse", 4),
            ("Get-ChildItem $h -Recurse -Include Max*", 4),
            ("Get-ChildItem $h\\Plugin -Recurse", 1),
        ];

        Assert.Equal(commands, commands.Select(one => (one.Script, Count(one.Script))));
    }

    [Fact]
    public void TheNextCommandReadsAnew()
    {
        EngineResult result = _session.Run(
            """
            $p = "$h\Shell\MaxShellsPerUser"
            Set-Item $p 21 -WarningAction Ignore; (Get-Item $p).Value
            Set-Item $p 22 -WarningAction Ignore; (Get-Item $p).Value; (Get-ChildItem $h\Shell).Value[-1]
            """).Succeeded();

        Assert.Equal(["21", "22", "22"], result.Text);
    }

    public void Dispose()
    {
        _session.Run("Set-Location WSMan:\\; Disconnect-WSMan $args[0]", s_computer);
        _session.Dispose();
        _service.Dispose();
    }

    private int Count(string script)
    {
        int before = _service.Counts().Requests;
        _session.Run(script).Succeeded();
        return _service.Counts().Requests - before;
    }
}
