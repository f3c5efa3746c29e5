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

    /// <summary>A text that stands for a secret: where the document has it, the request has the secret.</summary>
    public string Hide(SecureString secret)
    {
        SecretEntry hidden = new(secret);
        _secrets.Add(hidden);
        return hidden.Placeholder;
    }
}

/// <summary>An element of a document.</summary>
internal readonly record struct ConfigPart(ConfigDocument Document, XmlElement Element);
