using System.Globalization;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>A listener that a service is to make.</summary>
/// <param name="Address">Where it listens: *, IP:address or MAC:address.</param>
/// <param name="Transport">HTTP or HTTPS.</param>
internal sealed record NewListener(string Address, string Transport)
{
    /// <summary>The TCP port; null for the server's default of the transport.</summary>
    public int? Port { get; init; }

    public string? HostName { get; init; }

    public bool Enabled { get; init; } = true;

    public string UrlPrefix { get; init; } = "wsman";

    public string? CertificateThumbprint { get; init; }

    /// <summary>
    /// The document of the request: the keys are selectors, and the body has the rest in schema order.
    /// </summary>
    public ConfigDocument ToDocument(SessionInfo session)
    {
        ConfigResource resource = new(
            session,
            ConfigResource.Listener,
            new SelectorEntry("Address", Address, null),
            new SelectorEntry("Transport", Transport, null));

        // Microsoft's tools append ".xsd" to the namespace of an instance that they create.
        ConfigDocument document = ConfigDocument.New(resource, "p", "Listener", $"{resource.Uri}.xsd");
        document.Append("Port", Port?.ToString(CultureInfo.InvariantCulture));
        document.Append("Hostname", HostName);
        document.Append("Enabled", XmlConvert.ToString(Enabled));
        document.Append("URLPrefix", UrlPrefix);
        document.Append("CertificateThumbprint", CertificateThumbprint);
        return document;
    }
}
