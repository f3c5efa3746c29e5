using System.Text;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Support;

/// <summary>What crosses to the native library as pointer and length, read back.</summary>
internal static unsafe class Bytes
{
    public static string Text(byte* bytes, nuint length) =>
        Encoding.UTF8.GetString(new ReadOnlySpan<byte>(bytes, checked((int)length)));

    public static string Text(SecretUtf8 secret) => Text(secret.Bytes, secret.Length);

    public static string Text(SecretEntry entry)
    {
        using SecretUtf8 secret = BodySecrets.Open(entry);
        return Text(secret);
    }
}
