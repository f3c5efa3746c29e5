using System.Runtime.CompilerServices;

namespace System.Management.Automation;

// As in EngineCommands: a class with the name of one of the engine's.
internal static class LocationGlobber
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool GetChildNamesInDir(Func<bool> question) => question();
}
