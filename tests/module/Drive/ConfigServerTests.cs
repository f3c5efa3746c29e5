using System.Diagnostics;
using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>Servers that have no configuration, refuse it, are slow, or go away.</summary>
public sealed class ConfigServerTests(EndpointFixture computers) : ConfigTests(computers)
{
    // A quarter of a second for the core, and the rest for the engine to end the pipeline on a busy machine.
    private static readonly TimeSpan s_budget = Bounds.Of(TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("omi")]
    [InlineData("openwsman")]
    [InlineData("amt")]
    public void AServerWithoutAConfigurationIsEnteredAndSaysSoOnce(string flavour)
    {
        ConnectErring($"flavour/{flavour}");

        EngineResult entered = Session.Run("Set-Location $g; (Get-Item $g).State; Set-Location WSMan:\\").Succeeded();

        Assert.Equal(["Opened"], entered.Text);
        foreach (string script in (string[])["Get-ChildItem $g", "Get-ChildItem $g -Recurse", "Get-ChildItem $g\\Client",
            "Get-ChildItem $g\\Listener", "Get-ChildItem $g\\Plugin", "Get-Item $g\\Client\\TrustedHosts"])
        {
            string command = script.StartsWith("Get-Item", StringComparison.Ordinal) ? "GetItem" : "GetChildItem";
            AssertRefused(Session.Run(script).Failed(), command, Computers.Two, "no WinRM configuration", "Get-WSManInstance");
        }

        AssertRefused(Session.Run("Set-Item $g\\Client\\NetworkDelayms 1").Failed(), "SetItem", "no WinRM configuration");
        Assert.Equal(["False"], Session.Run("Test-Path $g\\Client\\TrustedHosts").Succeeded().Text);
    }

    [Theory]
    [InlineData("Get-ChildItem $g", "GetChildItem")]
    [InlineData("Get-ChildItem $g\\Plugin\\microsoft.powershell", "GetChildItem")]
    [InlineData("Get-Item $g\\Client\\TrustedHosts", "GetItem")]
    [InlineData("Set-Item $g\\Client\\NetworkDelayms 5000", "SetItem")]
    [InlineData(
        "New-Item $g\\Plugin\\microsoft.powershell\\InitializationParameters -ParamName a -ParamValue b", "NewItem")]
    [InlineData("Remove-Item $g\\Plugin\\microsoft.powershell -Recurse", "RemoveItem")]
    public void WhoMayNotReadIsToldSo(string script, string command)
    {
        ConnectErring("config/get/fault-5");

        AssertRefused(Session.Run(script).Failed(), command, Computers.Two, "0x00000005");
        Assert.Equal(["False"], Session.Run("Test-Path $g\\Client\\TrustedHosts").Succeeded().Text);
    }

    [Fact]
    public void WhoMayReadAPartSeesThatPart()
    {
        ConnectErring("config/enumerate/fault-5");

        EngineResult result = Session.Run("Get-ChildItem $g -Recurse");

        Assert.InRange(result.Output.Count, 50, 60);
        Assert.Equal(
            ["ClientCertificate", "Listener", "Plugin"],
            result.Errors.Select(e => $"{e.TargetObject}".Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.All(result.Errors, e => Assert.Contains("0x00000005", e.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Set-Item $g\\Client\\NetworkDelayms 6000", "SetItem", "put")]
    [InlineData("Set-Item $g\\Plugin\\microsoft.powershell\\AutoRestart true", "SetItem", "put")]
    [InlineData(
        "Remove-Item $g\\Plugin\\microsoft.powershell\\InitializationParameters\\PSVersion", "RemoveItem", "put")]
    [InlineData("New-Item $g\\Listener -Address IP:1.2.3.4 -Transport HTTP -Force", "NewItem", "create")]
    [InlineData("Remove-Item $g\\Plugin\\microsoft.powershell -Recurse", "RemoveItem", "delete")]
    public void AServerThatDiesBetweenReadingAndWritingIsReported(string script, string command, string step)
    {
        ConnectErring($"config/{step}/close");

        EngineResult result = Session.Run(script);

        AssertRefused(result.Failed(), command, Computers.Two, "not known");
        Assert.Empty(result.Warnings);
        Assert.Equal("5000", Value("$h\\Client\\NetworkDelayms"));
        Assert.Equal("5.1", Value(Plugin + "\\InitializationParameters\\PSVersion"));
    }

    [Fact]
    public void DocumentsUnlikeThoseOfWindowsKeepWhatTheyHave()
    {
        ConnectErring("config/odd");

        // The service refuses a Put that lacks anything it sent.
        EngineResult result = Session.Run(
            """
            $p = "$g\Plugin\microsoft.powershell"
            Set-Item $g\Client\NetworkDelayms 6000; (Get-Item $g\Client\NetworkDelayms).Value; Set-Item $g\Client\NetworkDelayms 5000
            Set-Item $g\MaxBatchItems 32000
            Set-Item $g\Client\Auth\Digest true
            Set-Item $p\Quotas\MaxShells 9; (Get-Item $p\Quotas\MaxShells).Value; Set-Item $p\Quotas\MaxShells 25
            Set-Item $p\AutoRestart false
            $i = New-Item $p\InitializationParameters -ParamName a -ParamValue b; (Get-Item $i.PSPath).Value; Remove-Item $i.PSPath
            $l = (Get-ChildItem $g\Listener).PSPath; Set-Item $l\Port 82 -Force; (Get-Item $l\Port).Value; Set-Item $l\Port 5985 -Force
            (Get-ChildItem $g\Client -Recurse).Count -ge 14
            """).Succeeded();

        Assert.Equal(["6000", "9", "b", "82", "True"], result.Text);
    }

    [Theory]
    [InlineData("Get-ChildItem $g", "get")]
    [InlineData("Get-ChildItem $g -Recurse", "enumerate")]
    [InlineData("Get-ChildItem $g\\Plugin", "enumerate")]
    [InlineData("Test-Path $g\\Client\\TrustedHosts", "get")]
    [InlineData("Set-Item $g\\Client\\NetworkDelayms 5000", "put")]
    [InlineData("New-Item $g\\Listener -Address IP:1.2.3.4 -Transport HTTP -Force", "create")]
    [InlineData("Remove-Item $g\\Plugin\\microsoft.powershell -Recurse", "delete")]
    public async Task EveryCommandStopsAtOnce(string script, string step)
    {
        ConnectErring($"config/{step}/stall");
        string operation = char.ToUpperInvariant(step[0]) + step[1..];
        int before = Computers.Service.Counts().Operations.GetValueOrDefault(operation);
        using var shell = Session.Start(script, Computers.Two, out Task running);
        Assert.True(
            SpinWait.SpinUntil(
                () => Computers.Service.Counts().Operations.GetValueOrDefault(operation) > before, Bounds.Patience),
            "The request was not made.");

        Stopwatch watch = Stopwatch.StartNew();
        shell.Stop();
        await running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Bounds.Patience);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_budget);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }
}
