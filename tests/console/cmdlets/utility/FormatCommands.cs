using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>Shows objects as a table.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Gives the engine's front end its table writer.</summary>
    public FormatTableCommand() => EngineFormat.SetShape(this, "Table");
}

/// <summary>Shows objects as a list of properties.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Gives the engine's front end its list writer.</summary>
    public FormatListCommand() => EngineFormat.SetShape(this, "List");
}

/// <summary>Turns objects into the text that would be shown of them.</summary>
[Cmdlet(VerbsData.Out, "String", DefaultParameterSetName = "NoNewLineFormatting")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringWriter text = new();

    /// <summary>Writes a string for each line.</summary>
    [Parameter(ParameterSetName = "StreamFormatting")]
    public SwitchParameter Stream { get; set; }

    /// <summary>How many characters a line has; as many as it takes where it is not given.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    /// <summary>Leaves the line ends out.</summary>
    [Parameter(ParameterSetName = "NoNewLineFormatting")]
    public SwitchParameter NoNewline { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        EngineFormat.SetText(this, text, Width);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        WriteLines();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        WriteLines();
        if (!Stream)
        {
            string all = text.ToString();
            WriteObject(NoNewline ? all.ReplaceLineEndings("") : all);
        }
    }

    // The writer ends every line that it hands over.
    private void WriteLines()
    {
        string lines = text.ToString();
        if (Stream && lines.Length > 0)
        {
            text.GetStringBuilder().Clear();
            WriteObject(lines[..^Environment.NewLine.Length].Split(Environment.NewLine), enumerateCollection: true);
        }
    }
}
