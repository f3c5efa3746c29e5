using System.Globalization;
using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The documents from which a service makes an instance (Create, DSP0226 clause 7.5).</summary>
internal static class NewDocuments
{
    /// <summary>A listener: its keys are the selectors, and the body has the rest.</summary>
    public static ConfigDocument Listener(SessionInfo session, NewListenerParameters given)
    {
        ConfigResource resource = new(
            session, ConfigResource.Listener, Key("Address", given.Address), Key("Transport", given.Transport));
        ConfigDocument document = Begin(resource, "Listener");
        Add(document, "Port", given.IsPortSpecified ? given.Port.ToString(CultureInfo.InvariantCulture) : null);
        Add(document, "Hostname", given.HostName);
        Add(document, "Enabled", XmlConvert.ToString(given.Enabled));
        Add(document, "URLPrefix", given.URLPrefix);
        Add(document, "CertificateThumbprint", given.CertificateThumbPrint);
        return document;
    }

    /// <summary>A mapping of client certificates to a user.</summary>
    public static ConfigDocument Mapping(SessionInfo session, NewClientCertificateParameters given, PSCredential? user)
    {
        ConfigResource resource = new(
            session,
            ConfigResource.CertMapping,
            Key("Issuer", given.Issuer),
            Key("Subject", given.Subject),
            Key("URI", given.URI.OriginalString));
        ConfigDocument document = Begin(resource, "certmapping");
        if (user is not null && user != PSCredential.Empty)
        {
            Add(document, "UserName", user.GetNetworkCredential().UserName);
            Add(document, "Password", document.Hide(user.Password));
        }

        Add(document, "Enabled", XmlConvert.ToString(given.Enabled));
        return document;
    }

    /// <summary>A plugin with one resource.</summary>
    public static ConfigDocument Plugin(SessionInfo session, NewPluginParameters given)
    {
        XmlElement root = Root(null, "PlugInConfiguration", ConfigResource.PluginNamespace);
        ConfigDocument document = new(PluginResource(session, given.Plugin), root);
        root.SetAttribute("Name", given.Plugin);
        root.SetAttribute("Filename", given.FileName);
        root.SetAttribute("SDKVersion", given.SDKVersion);
        root.SetAttribute("XmlRenderingType", given.XMLRenderingType);
        AddOptions(document, given);
        ResourcesNode.Add(document, given.Resource!.OriginalString, Words(given.Capability));
        return document;
    }

    /// <summary>A plugin as a file describes it.</summary>
    /// <exception cref="WSManException">It describes something else.</exception>
    public static ConfigDocument Plugin(SessionInfo session, string name, byte[] file, NewPluginParameters given)
    {
        XmlDocument xml = new() { XmlResolver = null, PreserveWhitespace = true };
        using MemoryStream octets = new(file);
        xml.Load(octets);
        XmlElement root = xml.DocumentElement!;
        if (root.LocalName != "PlugInConfiguration" || root.NamespaceURI != ConfigResource.PluginNamespace)
        {
            throw ValueText.Refused(Messages.NotAPlugin(given.File!, root.LocalName));
        }

        ConfigDocument document = new(PluginResource(session, name), root);
        AddOptions(document, given);
        return document;
    }

    /// <summary>The texts of an array that a user gives.</summary>
    public static IEnumerable<string> Words(object[] given) =>
        given.Select(one => ValueText.Of("Capability", ValueText.Unwrap(one) ?? ""));

    private static void AddOptions(ConfigDocument document, NewPluginParameters given)
    {
        if (given.RunAsCredential is { } user)
        {
            document.Root.SetAttribute("RunAsUser", user.UserName);
            document.Root.SetAttribute("RunAsPassword", document.Hide(user.Password));
        }

        AddFlag(document, "AutoRestart", given.AutoRestart);
        AddFlag(document, "UseSharedProcess", given.UseSharedProcess);
        if (given.ProcessIdleTimeoutSec is { } seconds)
        {
            document.Root.SetAttribute("ProcessIdleTimeoutSec", seconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void AddFlag(ConfigDocument document, string name, bool given)
    {
        if (given)
        {
            document.Root.SetAttribute(name, "true");
        }
    }

    private static ConfigResource PluginResource(SessionInfo session, string name) =>
        new(session, ConfigResource.Plugin, PluginsNode.Key(name));

    // Microsoft's tools append ".xsd" to the namespace of what they create.
    private static ConfigDocument Begin(ConfigResource resource, string root) =>
        new(resource, Root("p", root, $"{resource.Uri}.xsd"));

    private static XmlElement Root(string? prefix, string name, string uri)
    {
        XmlDocument xml = new() { XmlResolver = null };
        return (XmlElement)xml.AppendChild(xml.CreateElement(prefix, name, uri))!;
    }

    private static void Add(ConfigDocument document, string name, string? text)
    {
        if (text is not null)
        {
            ConfigXml.Append(document.Root, name).InnerText = text;
        }
    }

    private static SelectorEntry Key(string name, string value) => new(name, value, null);
}
