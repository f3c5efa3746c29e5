using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Runtime.CompilerServices;

namespace Microsoft.PowerShell.Commands;

/// <summary>What Select-Object needs of the engine and cannot reach otherwise.</summary>
internal static class Engine
{
    private const string Exception =
        "System.Management.Automation.StopUpstreamCommandsException, System.Management.Automation";

    /// <summary>The exception with which a command that has enough ends the commands before it, quietly.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Exception)]
    internal static extern object NewStopUpstream(InternalCommand requester);
}
