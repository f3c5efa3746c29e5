using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>An enumeration that takes its time shows how far it is, to those who can see it.</summary>
public sealed class ProgressTests(EndpointFixture computers) : ComputerTests(computers)
{
    // Longer than a second a page, and two pages.
    private const string Slow =
        "Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $args[0] @wsman " +
        "-ApplicationName delay/1400/wsman | Select-Object -First 90";

    private const string Quick = "Get-WSManInstance wmicimv2/Win32_Service -Enumerate -ComputerName $args[0] @wsman";

    [Fact]
    public void AfterTwoSecondsItIsShownAndAtTheEndTakenAway()
    {
        IReadOnlyList<ProgressRecord> records = RecordsOf(Slow, hasScreen: true);

        Assert.Contains(records, r => r.RecordType == ProgressRecordType.Processing
            && r.Activity.Contains("Loopback_Row", StringComparison.Ordinal)
            && r.StatusDescription.Any(char.IsDigit));
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
    }

    [Fact]
    public void AQuickOneShowsNothing() => Assert.Empty(RecordsOf(Quick, hasScreen: true));

    [Fact]
    public void WithoutAScreenNothingIsShown() => Assert.Empty(RecordsOf(Slow, hasScreen: false));

    private IReadOnlyList<ProgressRecord> RecordsOf(string script, bool hasScreen)
    {
        using Runspace runspace = hasScreen
            ? RunspaceFactory.CreateRunspace(new ScreenHost(), InitialSessionState.CreateDefault2())
            : RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        runspace.SessionStateProxy.SetVariable("wsman", new System.Collections.Hashtable
        {
            ["UseSSL"] = true,
            ["Port"] = Computers.Service.Https,
            ["Authentication"] = "Basic",
            ["Credential"] = EngineSession.Credential(),
        });
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddScript("Import-Module $args[0]").AddArgument(Locations.Manifest).Invoke();
        shell.Commands.Clear();
        shell.Streams.ClearStreams();
        shell.AddScript(script).AddArgument(Computers.One).Invoke();
        Assert.Empty(shell.Streams.Error);
        return [.. shell.Streams.Progress.Where(r => r.Activity.Contains("WSMan", StringComparison.Ordinal))];
    }
}
