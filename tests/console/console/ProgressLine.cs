using System.Management.Automation;

namespace WSManConsole;

/// <summary>Shows progress on the last line of a terminal, and takes it away before anything else is written.</summary>
internal sealed class ProgressLine
{
    private readonly Lock gate = new();
    private bool shown;

    internal void Show(ProgressRecord record, int width)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        string share = record.PercentComplete >= 0 ? $" {record.PercentComplete}%" : "";
        string text = $"{record.Activity}: {record.StatusDescription}{share}".ReplaceLineEndings(" ");
        lock (gate)
        {
            Console.Out.Write("\r\u001b[K" + (text.Length < width ? text : text[..(width - 1)]));
            shown = true;
        }
    }

    internal void Clear()
    {
        lock (gate)
        {
            if (shown)
            {
                Console.Out.Write("\r\u001b[K");
                shown = false;
            }
        }
    }
}
