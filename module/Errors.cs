using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>The error record that cmdlets and the provider have in common.</summary>
internal static class Errors
{
    public static ErrorRecord Record(Exception error, object? target) =>
        new(error, "WsManError", ErrorCategory.InvalidOperation, target);

    /// <summary>A command that was stopped has nothing to report: the engine ends it.</summary>
    public static void ThrowIfStopped(WSManException error)
    {
        if (error.Code == WSManErrorCode.Cancelled)
        {
            throw new PipelineStoppedException();
        }
    }
}
