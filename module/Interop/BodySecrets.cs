using System.Runtime.InteropServices;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>wsman_secret of wsman.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeSecret
{
    public byte* Placeholder;
    public byte* Bytes;
    public nuint Length;
}

/// <summary>wsman_input of wsman.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeInput
{
    public NativeCredentials* Credentials;
    public byte* Body;
    public nuint BodyLength;
    public NativeSecret* Secrets;
    public nuint SecretCount;
}

/// <summary>The secrets in the body of one request, for the length of one call. Disposing wipes them.</summary>
internal sealed unsafe class BodySecrets : IDisposable
{
    private readonly SecretUtf8?[] _secrets;
    private readonly NativeSecret* _entries;

    public BodySecrets(IReadOnlyList<SecretEntry>? secrets)
    {
        Count = secrets?.Count ?? 0;
        _secrets = new SecretUtf8?[Count];
        _entries = (NativeSecret*)NativeMemory.AllocZeroed((nuint)Count, (nuint)sizeof(NativeSecret));
        try
        {
            for (int i = 0; i < Count; i++)
            {
                SecretUtf8 secret = Open(secrets![i]);
                _secrets[i] = secret;

                // The entries lie outside the managed heap, so the pointers in them have to as well.
                _entries[i].Placeholder = (byte*)Marshal.StringToCoTaskMemUTF8(secrets[i].Placeholder);
                _entries[i].Bytes = secret.Bytes;
                _entries[i].Length = secret.Length;
            }
        }
        catch
        {
            // An object whose constructor throws is never disposed by its caller.
            Dispose();
            throw;
        }
    }

    public int Count { get; }

    public NativeSecret* Entries => _entries;

    /// <summary>The bytes of a secret. They must be disposed.</summary>
    internal static SecretUtf8 Open(SecretEntry entry) =>
        entry.Secure is { } secret ? new SecretUtf8(secret) : new SecretUtf8(entry.Plain);

    public void Dispose()
    {
        for (int i = 0; i < Count; i++)
        {
            Marshal.FreeCoTaskMem((nint)_entries[i].Placeholder);
            _secrets[i]?.Dispose();
        }

        NativeMemory.Free(_entries);
    }
}
