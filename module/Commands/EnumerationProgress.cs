using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Shows how far an enumeration is, if it lasts longer than two seconds and somebody can see it. For the
/// thread of the pipeline only.
/// </summary>
internal sealed class EnumerationProgress(PSCmdlet command, string resource)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private TimeSpan _next = s_patience;

    private long _count;

    private bool _shown;

    /// <summary>One more object was written.</summary>
    public void Count()
    {
        _count++;
        Show();
    }

    /// <summary>Shows how far it is, if it is time to.</summary>
    public void Show()
    {
        TimeSpan elapsed = _watch.Elapsed;
        if (elapsed < _next)
        {
            return;
        }

        _next = elapsed + s_pause;
        if (_shown || IsSeen(command.Host))
        {
            _shown = true;
            command.WriteProgress(Record(ProgressRecordType.Processing, elapsed));
        }
        else
        {
            _next = TimeSpan.MaxValue;
        }
    }

    /// <summary>Takes away what was shown.</summary>
    public void Complete()
    {
        if (!_shown)
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

    // The engine asks the same to find out whether a host has a screen: one without refuses. In a console it
    // is also none if the output goes to a file, or if the process was told that nobody sits there.
    private static bool IsSeen(PSHost host)
    {
        try
        {
            _ = host.UI.RawUI.WindowSize;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException
            or NullReferenceException or IOException or PlatformNotSupportedException)
        {
            return false;
        }

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
