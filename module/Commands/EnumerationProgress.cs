using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Shows how far an enumeration is, if it lasts longer than two seconds and the host has a screen. For the
/// thread of the pipeline only.
/// </summary>
internal sealed class EnumerationProgress(PSCmdlet command, string resource)
{
    private static readonly TimeSpan s_initialDelay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private TimeSpan _nextUpdate = s_initialDelay;

    private long _count;

    private bool _isShown;

    /// <summary>Counts one more object that was written.</summary>
    public void Count()
    {
        _count++;
        Update();
    }

    /// <summary>Shows the progress, if its time has come.</summary>
    public void Update()
    {
        TimeSpan elapsed = _watch.Elapsed;
        if (elapsed < _nextUpdate)
        {
            return;
        }

        _nextUpdate = elapsed + s_interval;
        if (_isShown || IsVisible(command.Host))
        {
            _isShown = true;
            command.WriteProgress(Record(ProgressRecordType.Processing, elapsed));
        }
        else
        {
            // A host without a screen gets none meanwhile, and asking costs an exception.
            _nextUpdate = TimeSpan.MaxValue;
        }
    }

    /// <summary>Takes the progress away, if it was shown.</summary>
    public void Complete()
    {
        if (!_isShown)
        {
            return;
        }

        try
        {
            command.WriteProgress(Record(ProgressRecordType.Completed, _watch.Elapsed));
        }
        catch (PipelineStoppedException)
        {
            // The host takes it away with the pipeline.
        }
    }

    private static bool IsVisible(PSHost host)
    {
        // The engine asks the same to find out whether a host has a screen: one without refuses.
        try
        {
            _ = host.UI.RawUI.WindowSize;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException
            or NullReferenceException or IOException or PlatformNotSupportedException)
        {
            return false;
        }

        // A console has a size also where its output goes to a file, or where the process was told that nobody is
        // there.
        return host.Name != "ConsoleHost" || !(Console.IsOutputRedirected || IsNonInteractive());
    }

    // PowerShell takes any beginning of the word that no other parameter has.
    private static bool IsNonInteractive() => Array.Exists(
        Environment.GetCommandLineArgs(),
        word => word.StartsWith("-noni", StringComparison.OrdinalIgnoreCase)
            && "-NonInteractive".StartsWith(word, StringComparison.OrdinalIgnoreCase));

    private ProgressRecord Record(ProgressRecordType type, TimeSpan elapsed)
    {
        string count = _count.ToString("N0", CultureInfo.CurrentCulture);
        string rate = (_count / elapsed.TotalSeconds).ToString("N0", CultureInfo.CurrentCulture);
        return new ProgressRecord(0, $"Get-WSManInstance {resource}", $"{count} instances so far, {rate} a second")
        {
            RecordType = type,
        };
    }
}
