using System.Diagnostics;

namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>
/// What ends all sessions at once: the drive, the module, and the process in every way in which one can end. Each
/// case is a process of its own that holds a shell with a command, an enumeration over its session and one over a
/// connection of its own.
/// </summary>
public sealed class ProcessEndingTests : IDisposable
{
    private const int Terminated = 128 + 15;
    private const int HungUp = 128 + 1;
    private const int Aborted = 128 + 6;
    private const int Killed = 128 + 9;

    // Every other ending leaves the script at a line that the test lets it read.
    private const string Wait = "'held'; $null = [Console]::In.ReadLine()";

    // A delegate without a script block: there is no runspace on the thread that handles signals.
    private const string CancelTerminate =
        """
        $context = [Linq.Expressions.Expression]::Parameter([Runtime.InteropServices.PosixSignalContext])
        $cancel = [Linq.Expressions.Expression]::Property($context, 'Cancel')
        $set = [Linq.Expressions.Expression]::Assign($cancel, [Linq.Expressions.Expression]::Constant($true))
        $type = [Action[Runtime.InteropServices.PosixSignalContext]]
        $handler = [Linq.Expressions.Expression]::Lambda(
            $type, $set, [Linq.Expressions.ParameterExpression[]] $context).Compile()
        $registration = [Runtime.InteropServices.PosixSignalRegistration]::Create('SIGTERM', $handler)
        """;

    private readonly string _name = Addresses.NextNetwork() + ".1";

    private readonly EndpointProcess _service;

    private readonly ConsoleProcess _console = new();

    public ProcessEndingTests() => _service = EndpointProcess.Start([_name]);

    [Theory]
    [InlineData("Remove-PSDrive WSMan")]
    [InlineData("Remove-Module Portable.WSMan.Management")]
    [InlineData("Remove-Module Portable.WSMan.Management -Force")]
    [InlineData(
        "cd WSMan:; Remove-Module Portable.WSMan.Management -WarningAction SilentlyContinue; "
        + "Import-Module Portable.WSMan.Management; cd /; Remove-Module Portable.WSMan.Management")]
    public void RemovingTheDriveOrTheModuleEndsAll(string command)
    {
        using RunningConsole console = Hold($"{command}; 'removed'; {Wait}");

        console.Type("\n");
        console.WaitFor("removed");

        HeldOpenTests.AssertNothingHeld(_service);
        Assert.Equal(0, console.End().ExitCode);
    }

    [Fact]
    public void StandingInTheDriveKeepsModuleAndSessions()
    {
        using RunningConsole console = Hold(
            $"cd WSMan:; Remove-Module Portable.WSMan.Management -WarningAction SilentlyContinue; 'tried'; {Wait}");

        console.Type("\n");
        console.WaitFor("tried");

        AssertHeld();
        Assert.Equal(0, console.End().ExitCode);
        HeldOpenTests.AssertNothingHeld(_service);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("[Environment]::Exit(4)", 4)]
    [InlineData("throw 'unhandled by the script'", 1)]
    [InlineData("$t = [Threading.Thread]::new([Threading.ThreadStart] { }); $t.Start(); $t.Join()", Aborted)]
    public void TheEndOfTheProcessEndsAllAndKeepsItsExitCode(string ending, int exitCode)
    {
        using RunningConsole console = Hold(ending);

        console.Type("\n");
        ConsoleResult result = console.End();

        Assert.Equal(exitCode, result.ExitCode);
        HeldOpenTests.AssertNothingHeld(_service);
    }

    [Theory]
    [InlineData("TERM", Terminated)]
    [InlineData("HUP", HungUp)]
    public void ASignalEndsAllAndTheProcess(string signal, int exitCode)
    {
        using RunningConsole console = Hold("Start-Sleep 60");

        console.Signal(signal);
        ConsoleResult result = console.End();

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Empty(result.Error);
        HeldOpenTests.AssertNothingHeld(_service);
    }

    [Fact]
    public void ASignalThatSomebodyElseCancelsEndsNothing()
    {
        // What is registered last is called first.
        using RunningConsole console = Hold("'still here'; $null = [Console]::In.ReadLine()", CancelTerminate);

        console.Signal("TERM");
        console.Type("\n");
        console.WaitFor("still here");

        AssertHeld();
        Assert.Equal(0, console.End().ExitCode);
        HeldOpenTests.AssertNothingHeld(_service);
    }

    [Fact]
    public void AKilledProcessLeavesItToTheServerAndAnotherReapsTheShell()
    {
        using RunningConsole console = Hold("");

        console.Signal("KILL");
        Assert.Equal(Killed, console.End().ExitCode);

        EndpointCounts left = _service.CountsAt(0);
        Assert.Equal((0, 1, 1), (left.Connections, left.Shells, left.Commands));
        _console.Command(
            Connect() + "Get-WSManInstance -Enumerate shell -ComputerName $name | ForEach-Object { " +
            "Remove-WSManInstance shell -SelectorSet @{ ShellId = $_.ShellId } -ComputerName $name }").Succeeded();

        // A context expires by itself, after minutes; a shell would have lived for hours.
        EndpointCounts reaped = _service.CountsAt(0);
        Assert.Equal((2, 0, 0), (reaped.Contexts, reaped.Shells, reaped.Commands));
    }

    [Fact]
    public void AServerThatHangsCostsAnExitNoMoreThanTheSetting()
    {
        ClientSettings.Write(
            _console.Configuration,
            TestProcess.AuthorityFile,
            more: new Dictionary<string, object> { ["ExitTimeoutms"] = 500 });
        using RunningConsole console = Hold("exit 3");
        using IDisposable frozen = _service.Freeze();

        Stopwatch watch = Stopwatch.StartNew();
        console.Type("\n");
        ConsoleResult result = console.End();

        Assert.Equal(3, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(400), Bounds.Of(TimeSpan.FromSeconds(2)));
    }

    public void Dispose()
    {
        _console.Dispose();
        _service.Dispose();
    }

    /// <summary>A console that holds things open, says so, and ends as the script does when it gets a line.</summary>
    private RunningConsole Hold(string ending, string connected = "")
    {
        RunningConsole console = _console.Begin(string.Join(
            '\n', Connect() + HeldOpenTests.MakeShell, Enumerate(""), Enumerate("@how"), connected, Wait, ending));
        console.WaitFor("held");
        AssertHeld();
        return console;
    }

    private string Connect() =>
        $"$name = '{_name}'; $how = @{{ UseSSL = $true; Port = {_service.Https}; Authentication = 'Basic'; "
        + $"Credential = {ConsoleProcess.Credential} }}\nConnect-WSMan $name @how\n";

    // In a runspace of its own, whose reader waits at the first object; on a background thread, because the
    // engine's own threads would keep the process from ending.
    private static string Enumerate(string how) =>
        $$"""
        $first = [Threading.ManualResetEventSlim]::new()
        $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $runspace.ThreadOptions = 'UseCurrentThread'
        $runspace.Open()
        $null = ($other = [powershell]::Create($runspace)).AddScript({
            param($name, $how, $first)
            Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $name {{how}} |
                ForEach-Object { $first.Set(); Start-Sleep 60 }
        }).AddArgument($name).AddArgument($how).AddArgument($first)
        $null = [Threading.Tasks.Task]::Run([Func[Collections.ObjectModel.Collection[psobject]]] $other.Invoke)
        if (-not $first.Wait(30000)) { "$($other.Streams.Error)" }
        """;

    private void AssertHeld()
    {
        EndpointCounts counts = _service.Counts();
        Assert.Equal((2, 1, 1), (counts.Contexts, counts.Shells, counts.Commands));
        Assert.True(counts.Connections > 0);
    }
}
