using System.Globalization;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>A plugin with one resource that a service is to register.</summary>
internal sealed record NewPlugin(PluginOptions Options)
{
    private const string RootElement = "PlugInConfiguration";

    public required string Name { get; init; }

    /// <summary>The library on the server.</summary>
    public required string FileName { get; init; }

    public required string SdkVersion { get; init; }

    public required string XmlRenderingType { get; init; }

    public required string ResourceUri { get; init; }

    public required IEnumerable<string> Capabilities { get; init; }

    /// <summary>The document of a plugin as a file describes it, which stays as it is but for the options.</summary>
    /// <param name="session">The session to the computer.</param>
    /// <param name="name">The name under which the plugin is registered.</param>
    /// <param name="bytes">The content of the file, well-formed XML in UTF-8.</param>
    /// <param name="file">The path of the file, for the error.</param>
    /// <param name="options">The settings that go over those of the file.</param>
    /// <exception cref="WSManException">The file describes something else.</exception>
    public static ConfigDocument DocumentFromFile(
        SessionInfo session, string name, byte[] bytes, string file, PluginOptions options)
    {
        XmlDocument xml = new() { XmlResolver = null, PreserveWhitespace = true };
        using MemoryStream stream = new(bytes);
        xml.Load(stream);
        XmlElement root = xml.DocumentElement!;
        if (root.LocalName != RootElement || root.NamespaceURI != ConfigResource.PluginNamespace)
        {
            throw Errors.InvalidArgument(Messages.NotAPlugin(file, root.LocalName, ConfigResource.PluginNamespace));
        }

        ConfigDocument document = new(Resource(session, name), root);
        options.AddTo(document);
        return document;
    }

    /// <summary>The document of the request: all but the name is in the body, and the name in both.</summary>
    public ConfigDocument ToDocument(SessionInfo session)
    {
        ConfigDocument document = ConfigDocument.New(
            Resource(session, Name), prefix: null, RootElement, ConfigResource.PluginNamespace);
        document.Root.SetAttribute("Name", Name);
        document.Root.SetAttribute("Filename", FileName);
        document.Root.SetAttribute("SDKVersion", SdkVersion);
        document.Root.SetAttribute("XmlRenderingType", XmlRenderingType);
        Options.AddTo(document);
        ResourcesNode.Add(document, ResourceUri, Capabilities);
        return document;
    }

    private static ConfigResource Resource(SessionInfo session, string name) =>
        new(session, ConfigResource.Plugin, PluginsNode.Key(name));
}

/// <summary>The settings of a new plugin that may be given beside a file as well.</summary>
/// <param name="RunAs">The user as whom the plugin runs; null for the caller.</param>
/// <param name="AutoRestart">Whether the process of the plugin starts with the service.</param>
/// <param name="UseSharedProcess">Whether the plugin runs in the process of other plugins.</param>
/// <param name="ProcessIdleTimeoutSec">The seconds after which an idle process ends; null for the service's
/// default.</param>
internal sealed record PluginOptions(
    ConfigUser? RunAs = null,
    bool AutoRestart = false,
    bool UseSharedProcess = false,
    uint? ProcessIdleTimeoutSec = null)
{
    /// <summary>Writes the given settings into the document of a plugin, over those that a file has there.</summary>
    public void AddTo(ConfigDocument document)
    {
        if (RunAs is not null)
        {
            document.Root.SetAttribute("RunAsUser", RunAs.Name);
            document.Root.SetAttribute("RunAsPassword", document.AddSecret(RunAs.Password));
        }

        AddFlag(document, "AutoRestart", AutoRestart);
        AddFlag(document, "UseSharedProcess", UseSharedProcess);
        if (ProcessIdleTimeoutSec is { } seconds)
        {
            document.Root.SetAttribute("ProcessIdleTimeoutSec", seconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    // A switch that is not given writes nothing, so that it does not undo a setting of a file.
    private static void AddFlag(ConfigDocument document, string name, bool isGiven)
    {
        if (isGiven)
        {
            document.Root.SetAttribute(name, bool.TrueString);
        }
    }
}
