namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// A case about memory. It says nothing over a library with sanitizers, which keep freed memory, nor where there
/// is no /proc.
/// </summary>
public sealed class MemoryFactAttribute : FactAttribute
{
    public MemoryFactAttribute()
    {
        if (Bounds.IsSanitized || !OperatingSystem.IsLinux())
        {
            Skip = "Memory is looked at on Linux, without sanitizers.";
        }
    }
}
