using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The XML document of one resource of the configuration. A change is made in the document, and the whole of it is
/// sent back, so that all else in it stays as it was: prefixes, order, white space, and parts that this module does
/// not know.
/// </summary>
internal sealed class ConfigDocument(ConfigResource resource, XmlElement root)
{
    private readonly List<SecretEntry> _secrets = [];

    public ConfigResource Resource { get; } = resource;

    public XmlElement Root { get; } = root;

    /// <summary>The secrets whose placeholders stand in the document.</summary>
    public IReadOnlyList<SecretEntry> Secrets => _secrets;

    /// <summary>A document from which a service makes an instance (Create, DSP0226 clause 7.6); empty as yet.</summary>
    /// <param name="resource">The instance to be made.</param>
    /// <param name="prefix">The prefix of the root; null for none.</param>
    /// <param name="name">The name of the root.</param>
    /// <param name="ns">The namespace of the root.</param>
    public static ConfigDocument New(ConfigResource resource, string? prefix, string name, string ns)
    {
        XmlDocument xml = new() { XmlResolver = null };
        return new ConfigDocument(resource, (XmlElement)xml.AppendChild(xml.CreateElement(prefix, name, ns))!);
    }

    /// <summary>Appends an element with a text to the root; nothing if there is no text.</summary>
    public void Append(string name, string? text)
    {
        if (text is not null)
        {
            ConfigXml.Append(Root, name).InnerText = text;
        }
    }

    /// <summary>Takes a secret along; the placeholder that is returned has to stand in the document for it.</summary>
    public string AddSecret(SecretEntry secret)
    {
        _secrets.Add(secret);
        return secret.Placeholder;
    }

    /// <inheritdoc cref="AddSecret(SecretEntry)"/>
    public string AddSecret(SecureString secret) => AddSecret(new SecretEntry(secret));
}

/// <summary>An element of a document.</summary>
internal readonly record struct ConfigPart(ConfigDocument Document, XmlElement Element);
