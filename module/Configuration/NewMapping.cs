using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>A mapping of client certificates to a user that a service is to make.</summary>
/// <param name="Issuer">The thumbprint of the authority that issued the certificates.</param>
/// <param name="Subject">The subject of the certificates, a pattern with *.</param>
/// <param name="Uri">The resources for which the mapping holds, a pattern with *.</param>
/// <param name="Enabled">Whether the mapping is used.</param>
/// <param name="User">The user as whom a certificate logs on; null for none.</param>
internal sealed record NewMapping(string Issuer, string Subject, string Uri, bool Enabled, ConfigUser? User)
{
    /// <summary>The document of the request: the keys are selectors, and the body has the rest.</summary>
    public ConfigDocument ToDocument(SessionInfo session)
    {
        ConfigResource resource = new(
            session,
            ConfigResource.CertMapping,
            new SelectorEntry("Issuer", Issuer, null),
            new SelectorEntry("Subject", Subject, null),
            new SelectorEntry("URI", Uri, null));

        // Microsoft's tools append ".xsd" to the namespace of an instance that they create.
        ConfigDocument document = ConfigDocument.New(resource, "p", "certmapping", $"{resource.Uri}.xsd");
        if (User is not null)
        {
            document.Append("UserName", User.Name);
            document.Append("Password", document.AddSecret(User.Password));
        }

        document.Append("Enabled", XmlConvert.ToString(Enabled));
        return document;
    }
}
