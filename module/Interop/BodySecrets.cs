using System.Runtime.InteropServices;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>wsman_secret of wsman.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeSecret
{
    public byte* Placeholder;
    public byte* Octets;
    public nuint Length;
}

/// <summary>The secrets in the body of one request, for the length of one call. Disposing wipes them.</summary>
internal sealed unsafe class BodySecrets : IDisposable
{
    private readonly SecretUtf8[] _secrets;
    private readonly NativeSecret* _entries;

    public BodySecrets(IReadOnlyList<SecretEntry>? secrets)
    {
        Count = secrets?.Count ?? 0;
        _secrets = [.. (secrets ?? []).Select(entry => entry.Open())];
        _entries = (NativeSecret*)NativeMemory.AllocZeroed((nuint)Count, (nuint)sizeof(NativeSecret));
        for (int i = 0; i < Count; i++)
        {
            _entries[i].Placeholder = (byte*)Marshal.StringToCoTaskMemUTF8(secrets![i].Placeholder);
            _entries[i].Octets = _secrets[i].Octets;
            _entries[i].Length = _secrets[i].Length;
        }
    }

    public int Count { get; }

    public NativeSecret* Entries => _entries;

    public void Dispose()
    {
        for (int i = 0; i < Count; i++)
        {
            Marshal.FreeCoTaskMem((nint)_entries[i].Placeholder);
            _secrets[i].Dispose();
        }

        NativeMemory.Free(_entries);
    }
}
