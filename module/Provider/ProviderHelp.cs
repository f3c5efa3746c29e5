using System.Globalization;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>What Get-Help says of an item cmdlet for a path of the drive.</summary>
internal static class ProviderHelp
{
    private const string FileName = "WSMan.Provider.xml";

    private const string Fallback = "en-US";

    /// <summary>The page as MAML; empty if there is none, and the cmdlet's own page is shown.</summary>
    /// <param name="cmdlet">The name of the cmdlet.</param>
    /// <param name="item">Where it is to be used.</param>
    public static string Find(string cmdlet, WSManPath item)
    {
        if (File() is not { } file || Place(item) is not { } place)
        {
            return string.Empty;
        }

        XmlDocument pages = new() { XmlResolver = null };
        pages.Load(file);
        return pages.DocumentElement!
            .SelectNodes($"page[@at='{place}']")!
            .OfType<XmlElement>()
            .FirstOrDefault(page => page.GetAttribute("cmdlet").Equals(cmdlet, StringComparison.OrdinalIgnoreCase))
            ?.InnerXml ?? string.Empty;
    }

    // The part of the tree that a page is about.
    private static string? Place(WSManPath item) => item.Segments.Count switch
    {
        0 => "Root",
        >= 2 when item.IsAt(1, ComputerNode.Client) => ComputerNode.Client,
        2 when item.IsAt(1, ComputerNode.Listener) => ComputerNode.Listener,
        2 when item.IsAt(1, ComputerNode.Plugin) => ComputerNode.Plugin,
        2 when item.IsAt(1, ComputerNode.ClientCertificate) => ComputerNode.ClientCertificate,
        4 when item.IsAt(3, ParametersNode.ContainerName) => ParametersNode.ContainerName,
        4 when item.IsAt(3, ResourcesNode.ContainerName) => ResourcesNode.ContainerName,
        6 when item.IsAt(5, SecuritiesNode.ContainerName) => SecuritiesNode.ContainerName,
        _ => null,
    };

    // In the language of the user, in one that it derives from, or in English.
    private static string? File()
    {
        string module = Path.GetDirectoryName(typeof(ProviderHelp).Assembly.Location) ?? "";
        return Cultures()
            .Select(culture => Path.Combine(module, culture, FileName))
            .FirstOrDefault(System.IO.File.Exists);
    }

    private static IEnumerable<string> Cultures()
    {
        for (CultureInfo one = CultureInfo.CurrentUICulture; one.Name.Length > 0; one = one.Parent)
        {
            yield return one.Name;
        }

        yield return Fallback;
    }
}
