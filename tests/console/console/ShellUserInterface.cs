using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace WSManConsole;

/// <summary>Output, errors and the other streams as lines of text, coloured on a terminal only.</summary>
internal sealed partial class ShellUserInterface(InputReader input, bool nonInteractive) : PSHostUserInterface
{
    private readonly ProgressLine progress = new();

    // On a terminal everything is one stream; in a pipe, errors go where a shell expects them.
    private readonly TextWriter errors = Console.IsErrorRedirected ? Console.Error : Console.Out;

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new RawUserInterface();

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal { get; } =
        !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <inheritdoc/>
    public override void Write(string value) => Emit(Console.Out, value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(Colored(foregroundColor, backgroundColor, value));

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteLine(Colored(foregroundColor, backgroundColor, value));

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Emit(errors, value + Environment.NewLine);
        }
    }

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) =>
        WriteLine(Styled(FormatStyle.Debug, $"DEBUG: {message}"));

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) =>
        WriteLine(Styled(FormatStyle.Verbose, $"VERBOSE: {message}"));

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) =>
        WriteLine(Styled(FormatStyle.Warning, $"WARNING: {message}"));

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (SupportsVirtualTerminal)
        {
            progress.Show(record, RawUI.WindowSize.Width);
        }
    }

    /// <inheritdoc/>
    public override string ReadLine()
    {
        RefuseIfNonInteractive();
        return input.ReadLine();
    }

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString()
    {
        RefuseIfNonInteractive();
        return input.ReadSecret();
    }

    private void Emit(TextWriter writer, string value)
    {
        progress.Clear();
        writer.Write(GetOutputString(value, SupportsVirtualTerminal));
    }

    private string Styled(FormatStyle style, string text) =>
        SupportsVirtualTerminal ? GetFormatStyleString(style) + text + PSStyle.Instance.Reset : text;

    private string Colored(ConsoleColor foreground, ConsoleColor background, string text)
    {
        if (!SupportsVirtualTerminal || text.Length == 0)
        {
            return text;
        }

        // A colour that is the usual one was not asked for.
        string front = foreground == RawUI.ForegroundColor
            ? ""
            : PSStyle.MapForegroundColorToEscapeSequence(foreground);
        string back = background == RawUI.BackgroundColor
            ? ""
            : PSStyle.MapBackgroundColorToEscapeSequence(background);
        return front.Length + back.Length == 0 ? text : front + back + text + PSStyle.Instance.Reset;
    }

    private void RefuseIfNonInteractive()
    {
        if (nonInteractive)
        {
            throw new PSInvalidOperationException(
                "PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
        }
    }
}
