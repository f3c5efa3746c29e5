using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Provider;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The WSMan: drive. Its first level is the connected computers: making an item there is Connect-WSMan,
/// removing one is Disconnect-WSMan. Below a computer is the configuration of its WinRM service (MS-WSMV), as
/// far as the service has one. The local computer is always listed. Errors are InvalidOperationException.
/// An instance serves one engine call, and what it read is forgotten with it.
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

    // What is to be told when the turn of a change has ended; null while there is none.
    private List<TraceLine>? _untold;

    /// <summary>Made by the engine, for one call.</summary>
    public WSManConfigProvider()
    {
        _store = new ConfigStore(_client, Tell);
        _tree = new ConfigTree(_store);
    }

    /// <summary>Help on an item cmdlet for a path; empty means the cmdlet's own help.</summary>
    public string GetHelpMaml(string helpItemName, string path) =>
        ProviderHelp.Find(helpItemName, WSManPath.Parse(path));

    /// <inheritdoc/>
    protected override Collection<PSDriveInfo> InitializeDefaultDrives()
    {
        const string Description = "Computers connected with WS-Management";
        return [new(WSManDriveInfo.DefaultName, ProviderInfo, WSManPath.Root, Description, credential: null)];
    }

    /// <inheritdoc/>
    protected override PSDriveInfo? NewDrive(PSDriveInfo drive)
    {
        ArgumentNullException.ThrowIfNull(drive);
        if (!WSManPath.Parse(drive.Root).IsRoot)
        {
            Fail(Messages.NoSuchDriveRoot, drive.Root);
        }

        return new WSManDriveInfo(drive);
    }

    /// <inheritdoc/>
    protected override PSDriveInfo RemoveDrive(PSDriveInfo drive)
    {
        if (drive is WSManDriveInfo { RemovalEndsSessions: true })
        {
            foreach (TeardownReport report in _client.CloseAll())
            {
                WriteReport(report);
            }
        }

        return drive;
    }

    /// <summary>Cancels the call that runs. Called by the engine, on a thread of its own.</summary>
    protected override void StopProcessing() => _client.Cancel();

    /// <summary>
    /// Changes the configuration of a computer while nobody else in the process does. Nothing is written
    /// meanwhile: whoever reads it in a pipeline may want to change something as well.
    /// </summary>
    private T Alone<T>(WSManPath item, Func<T> change)
    {
        List<TraceLine> untold = [];
        try
        {
            using (ConfigLocks.Hold(item.Computer!, () => Stopping))
            {
                _untold = untold;
                _store.Forget();
                return change();
            }
        }
        finally
        {
            _untold = null;
            WriteTrace(untold);
        }
    }

    private void Tell(IReadOnlyList<TraceLine> trace)
    {
        if (_untold is null)
        {
            WriteTrace(trace);
        }
        else
        {
            _untold.AddRange(trace);
        }
    }

    private void WriteTrace(IReadOnlyList<TraceLine> trace)
    {
        foreach (TraceLine line in trace)
        {
            WriteVerbose(line.Text);
        }
    }

    private void WriteReport(TeardownReport? report)
    {
        if (report is not null)
        {
            TeardownWriter.Write(report, WriteInformation, WriteVerbose, WriteWarning);
        }
    }

    // The engine makes the error id of the exception's type, and it has to be the one of Windows; so what
    // the library reported goes inside.
    [DoesNotReturn]
    private void Fail(WSManException error, object? target)
    {
        Errors.ThrowIfStopped(error);
        WriteTrace(error.Trace);
        End(Wrapped(error), target);
    }

    [DoesNotReturn]
    private void Fail(string message, object? target) => End(new InvalidOperationException(message), target);

    // The compiler's reference for the engine does not say that it never returns.
    [DoesNotReturn]
    private void End(Exception error, object? target)
    {
        ThrowTerminatingError(Errors.Record(error, target));
        throw new PipelineStoppedException();
    }

    private static InvalidOperationException Wrapped(WSManException error) => new(error.Message, error);
}
