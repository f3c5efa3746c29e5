using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Microsoft.PowerShell.Commands;

// Classes with the names of the engine's cmdlets, whose assembly the unit tests do not have. That the engine calls
// them so is shown by the Pester files of the drive.

internal sealed class TestPathCommand : Cmdlet
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool Ask(Func<bool> question) => question();
}

internal sealed class RemoveItemCommand : Cmdlet
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool Ask(Func<bool> question) => question();
}
