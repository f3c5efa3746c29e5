using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Provider;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The WSMan: drive. Its first level is the connected computers: making an item there is Connect-WSMan,
/// removing one is Disconnect-WSMan. Below a computer is the configuration of its WinRM service (MS-WSMV), as
/// far as the service has one. The local computer is always listed. Errors are InvalidOperationException.
/// An instance serves one engine call, and forgets with it the documents that it read.
/// </summary>
[CmdletProvider(ProviderName, ProviderCapabilities.Credentials)]
public sealed partial class WSManConfigProvider : NavigationCmdletProvider, ICmdletProviderSupportsHelp
{
    internal const string ProviderName = "WSMan";

    /// <summary>The name of the provider with that of its assembly, which the engine puts before it.</summary>
    internal const string FullName = @"Microsoft.WSMan.Management\WSMan";

    private readonly WSManClient _client = new();

    private readonly ConfigStore _store;

    private readonly ConfigTree _tree;

    // The trace of a change, which is written after the lock of the computer is given back; null outside of a change.
    private List<TraceLine>? _heldTrace;

    // What the computers could not be read for, as far as it was written.
    private readonly HashSet<WSManException> _told = [];

    // Whether the names of the computers were asked for: a wildcard is in their place, or all of the drive is searched.
    private bool _isAmongComputers;

    /// <summary>Made by the engine, for one call.</summary>
    public WSManConfigProvider()
    {
        // The engine does not tell a provider whether -Verbose was given, so the lines are always asked for.
        _store = new ConfigStore(_client, WriteOrHoldTrace, () => EngineQuirks.Asker, TraceLine.Verbose);
        _tree = new ConfigTree(_store);
    }

    /// <summary>The progress of something that takes long.</summary>
    internal static ProgressRecord Progress(string activity, string status, bool isOver) => new(0, activity, status)
    {
        RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    };

    /// <summary>Help on an item cmdlet for a path; empty means the cmdlet's own help.</summary>
    public string GetHelpMaml(string helpItemName, string path) =>
        ProviderHelp.Find(helpItemName, WSManPath.Parse(path));

    /// <inheritdoc/>
    protected override ProviderInfo Start(ProviderInfo providerInfo)
    {
        EngineQuirks.LocateHelp(providerInfo);
        return providerInfo;
    }

    /// <inheritdoc/>
    protected override Collection<PSDriveInfo> InitializeDefaultDrives()
    {
        const string Description = "Computers connected with WS-Management";
        return [new(WSManDriveInfo.DefaultName, ProviderInfo, root: "", Description, credential: null)];
    }

    /// <inheritdoc/>
    protected override PSDriveInfo? NewDrive(PSDriveInfo drive)
    {
        ArgumentNullException.ThrowIfNull(drive);

        // A drive cannot begin deeper: every path that is written resolves from the one root.
        if (!WSManPath.Parse(drive.Root).IsRoot)
        {
            Fail(Messages.WrongDriveRoot, drive.Root);
        }

        return new WSManDriveInfo(drive);
    }

    /// <inheritdoc/>
    protected override PSDriveInfo RemoveDrive(PSDriveInfo drive)
    {
        // Another drive of the provider is only a further name for the same sessions.
        if (drive is WSManDriveInfo { RemovalEndsSessions: true })
        {
            WriteReports(WaitForEnd(Messages.EndingAll, _client.CloseAll));
        }

        return drive;
    }

    /// <summary>Cancels the call that runs. Called by the engine, on a thread of its own.</summary>
    protected override void StopProcessing() => _client.Cancel();

    /// <summary>Changes the configuration of a computer while no other runspace of the process does.</summary>
    /// <exception cref="WSManException">The change failed, or the command was stopped while it waited.</exception>
    private T ChangeExclusively<T>(WSManPath item, Func<T> change)
    {
        // Nothing is written while the lock is held: a reader of the trace may change something in the same pipeline,
        // and would wait for itself.
        List<TraceLine> trace = [];
        try
        {
            using (ConfigLock.Acquire(item.Computer!, () => Stopping))
            {
                _heldTrace = trace;

                // Another runspace may have changed the documents that were read before the lock was taken.
                _store.Clear();
                return change();
            }
        }
        finally
        {
            _heldTrace = null;
            WriteTrace(trace);
        }
    }

    private void WriteOrHoldTrace(IReadOnlyList<TraceLine> trace)
    {
        if (_heldTrace is null)
        {
            WriteTrace(trace);
        }
        else
        {
            _heldTrace.AddRange(trace);
        }
    }

    private void WriteTrace(IReadOnlyList<TraceLine> trace)
    {
        foreach (TraceLine line in trace)
        {
            WriteVerbose(line.Text);
        }
    }

    private T WaitForEnd<T>(string activity, Func<T> close) =>
        TeardownProgress.Wait(close, (status, isOver) => WriteProgress(Progress(activity, status, isOver)));

    private void WriteReport(TeardownReport? report)
    {
        if (report is not null)
        {
            WriteReports([report]);
        }
    }

    private void WriteReports(IReadOnlyList<TeardownReport> reports) =>
        TeardownWriter.Write(reports, WriteInformation, WriteVerbose, WriteWarning);

    private bool IsConfirmed(Question? question)
    {
        if (question is null || Force)
        {
            return true;
        }

        bool? answer = EngineQuirks.Answer(() => ShouldContinue(question.Text, question.Caption));
        if (answer is null)
        {
            Fail(Messages.NobodyAnswers, target: null);
        }

        return answer.Value;
    }

    private IEnumerable<ConfigNode?> Walk(WSManPath item) => _tree.Walk(item.Computer!, item.Names);

    [DoesNotReturn]
    private void Fail(WSManException error, object? target)
    {
        Errors.ThrowIfStopped(error);
        WriteTrace(error.Trace);
        End(Errors.AsInvalidOperation(error), target);
    }

    // One of several computers that cannot be read says so, once, and leaves the others.
    private void FailUnlessAmongOthers(WSManException error, WSManPath item)
    {
        if (!_isAmongComputers)
        {
            Fail(error, item);
        }

        Errors.ThrowIfStopped(error);

        // A request that failed fails again with the same error (ConfigStore).
        if (_told.Add(error))
        {
            WriteTrace(error.Trace);
            WriteError(Errors.Record(Errors.AsInvalidOperation(error), item));
        }
    }

    [DoesNotReturn]
    private void Fail(string message, object? target) => End(new InvalidOperationException(message), target);

    // The compiler's reference for the engine does not say that ThrowTerminatingError never returns.
    [DoesNotReturn]
    private void End(Exception error, object? target)
    {
        ThrowTerminatingError(Errors.Record(error, target));
        throw new PipelineStoppedException();
    }
}
