using System.Security;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A secret in the body of a request. Its placeholder stands in the request, or in the document that is the body;
/// the secret itself crosses to the native core beside it, and no string is made of it.
/// </summary>
internal sealed class SecretEntry
{
    public SecretEntry(SecureString secret) => Secure = secret;

    /// <summary>A secret that a script holds as a plain string already.</summary>
    public SecretEntry(string secret) => Plain = secret;

    /// <summary>The text that stands in the request where the secret goes; new for each.</summary>
    public string Placeholder { get; } = $"secret-{Guid.NewGuid():D}";

    /// <summary>The secret; null if it came as a plain string.</summary>
    public SecureString? Secure { get; }

    /// <summary>The secret; null if it came as a secure string.</summary>
    public string? Plain { get; }
}
