using System.Text;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Support;

/// <summary>What crosses to the native library as pointer and length, read back.</summary>
internal static unsafe class Octets
{
    public static string Text(byte* octets, nuint length) =>
        Encoding.UTF8.GetString(new ReadOnlySpan<byte>(octets, checked((int)length)));

    public static string Text(SecretUtf8 secret) => Text(secret.Octets, secret.Length);

    public static string Text(SecretEntry entry)
    {
        using SecretUtf8 secret = entry.Open();
        return Text(secret);
    }
}
