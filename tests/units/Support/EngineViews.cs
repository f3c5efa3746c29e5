using System.Runtime.CompilerServices;

namespace Microsoft.PowerShell.Commands.Internal.Format;

// As in EngineCommands: a class with the name of one of the engine's.
internal static class TableViewGenerator
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool Ask(Func<bool> question) => question();
}
