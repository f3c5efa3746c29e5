using System.Security;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A secret in the body of a request. Its placeholder stands in the request, or in the document that is the body;
/// the secret itself crosses to the native core beside it, and no string is made of it.
/// </summary>
internal sealed class SecretEntry
{
    private static readonly string[] s_tellingWords = ["password", "passwd", "passphrase", "secret"];

    private readonly SecureString? _secure;
    private readonly string? _plain;

    public SecretEntry(SecureString secret) => _secure = secret;

    /// <summary>A secret that a script holds as a plain string already.</summary>
    public SecretEntry(string secret) => _plain = secret;

    /// <summary>What stands in the request where the secret goes; new for each.</summary>
    public string Placeholder { get; } = $"secret-{Guid.NewGuid():D}";

    /// <summary>Whether what is called so holds a secret, as far as a name can tell.</summary>
    public static bool IsTelling(string name) =>
        s_tellingWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The octets, for one call. They must be disposed.</summary>
    public SecretUtf8 Open() => _secure is not null ? new SecretUtf8(_secure) : new SecretUtf8(_plain);
}
