using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>Makes the errors that this assembly finds itself, and the error records of cmdlets and provider.</summary>
internal static class Errors
{
    // The id that errors of these cmdlets have on Windows.
    private const string Id = "WsManError";

    /// <summary>A record with the id WsManError.</summary>
    public static ErrorRecord Record(Exception error, object? target) => Record(error, Id, target);

    /// <summary>A record with the id that Windows has in the place of WsManError.</summary>
    public static ErrorRecord Record(Exception error, string id, object? target)
    {
        ErrorRecord record = new(error, id, ErrorCategory.InvalidOperation, target);
        if ((error as WSManException ?? error.InnerException as WSManException) is { Advice.Length: > 0 } cause)
        {
            // The engine shows the recommended action behind this message, so it is not in it. The message of the
            // exception has both.
            record.ErrorDetails = new ErrorDetails(cause.Sentence) { RecommendedAction = cause.Advice };
        }

        return record;
    }

    /// <summary>The record that the engine makes of an exception which a command lets through.</summary>
    public static ErrorRecord Unnamed(Exception error) => error is IContainsErrorRecord { ErrorRecord: { } record }
        ? new ErrorRecord(record, error)
        : new ErrorRecord(error, error.GetType().FullName, ErrorCategory.NotSpecified, null);

    /// <summary>A parameter, a value or a file of which no request can be made.</summary>
    public static WSManException InvalidArgument(string message, Exception? cause = null) =>
        new(WSManErrorCode.InvalidArgument, message, cause);

    /// <summary>The same with the number that Windows reports for it, and the number's name.</summary>
    public static WSManException InvalidArgument(string message, uint number, string name) =>
        new(WSManErrorCode.InvalidArgument, message) { WSManCode = number, WSManCodeName = name };

    /// <summary>An answer that a server should not give.</summary>
    public static WSManException Protocol(string message, Exception? cause = null) =>
        new(WSManErrorCode.Protocol, message, cause);

    /// <summary>The error of a command that was stopped. It is never shown.</summary>
    public static WSManException Stopped() => new(WSManErrorCode.Cancelled, Messages.Stopped);

    /// <summary>
    /// The error of a request that its user has not asked for: it failed, or was given up after a second. It is never
    /// shown.
    /// </summary>
    public static WSManException Impatient(WSManException cause) =>
        new(WSManErrorCode.TimedOut, cause.Message, cause) { IsImpatient = true };

    /// <summary>The same failure in other words; the error itself is the inner exception.</summary>
    public static WSManException Reworded(WSManException error, string message) => new(error, message, "");

    /// <summary>The same failure, with what the user has to know of it before what to do about it.</summary>
    public static WSManException WithFact(WSManException error, string fact) =>
        new(error, $"{error.Sentence} {fact}", error.Advice);

    /// <summary>Whether an error means that a connection could not be made, or was lost.</summary>
    public static bool IsAboutConnection(WSManErrorCode code) =>
        code is WSManErrorCode.TimedOut or WSManErrorCode.NameResolution or WSManErrorCode.CannotConnect
            or WSManErrorCode.ConnectionLost or WSManErrorCode.Tls or WSManErrorCode.Certificate
            or WSManErrorCode.AccessDenied or WSManErrorCode.Authentication or WSManErrorCode.Unencrypted
            or WSManErrorCode.Http or WSManErrorCode.Protocol;

    /// <summary>
    /// The failure of a connection that a command made for itself, because the session that its user knows has ended.
    /// </summary>
    public static WSManException NotConnectedNow(WSManException error, string computer) => new(
        error,
        Messages.NotConnectedNow(computer, error.Sentence),
        $"{Messages.ConnectAgain(computer)} {error.Advice}".TrimEnd());

    /// <summary>
    /// The error as the drive reports it. The engine makes the error id of the exception's type, and it has to be the
    /// one of Windows; the error itself is the inner exception.
    /// </summary>
    public static InvalidOperationException AsInvalidOperation(WSManException error) => new(error.Message, error);

    /// <summary>Ends a command that was stopped without an error: the engine expects none.</summary>
    /// <exception cref="PipelineStoppedException">The error is that of a stop.</exception>
    public static void ThrowIfStopped(WSManException error)
    {
        if (error.Code == WSManErrorCode.Cancelled)
        {
            throw new PipelineStoppedException();
        }
    }
}
