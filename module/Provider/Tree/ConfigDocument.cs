using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// What a resource of the configuration holds. What is changed in it is sent back as one whole, so that all
/// else in it stays as it was: prefixes, order, white space, and what this module does not know.
/// </summary>
internal sealed class ConfigDocument(ConfigResource resource, XmlElement root)
{
    private readonly List<SecretEntry> _secrets = [];

    public ConfigResource Resource { get; } = resource;

    public XmlElement Root { get; } = root;

    /// <summary>The secrets whose placeholders stand in it.</summary>
    public IReadOnlyList<SecretEntry> Secrets => _secrets;

    /// <summary>The text that stands for a secret in the document: the request has the secret there.</summary>
    public string Hide(SecretEntry secret)
    {
        _secrets.Add(secret);
        return secret.Placeholder;
    }

    /// <inheritdoc cref="Hide(SecretEntry)"/>
    public string Hide(SecureString secret) => Hide(new SecretEntry(secret));
}

/// <summary>An element of a document.</summary>
internal readonly record struct ConfigPart(ConfigDocument Document, XmlElement Element);
