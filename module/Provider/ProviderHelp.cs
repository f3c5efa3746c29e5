using System.Globalization;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The help on item cmdlets for paths of the drive.</summary>
internal static class ProviderHelp
{
    private const string FileName = "WSMan.Provider.xml";

    private const string Fallback = "en-US";

    /// <summary>The page as MAML; empty if there is none, and the cmdlet's own page is shown.</summary>
    /// <param name="cmdlet">The name of the cmdlet.</param>
    /// <param name="item">The path that Get-Help was given.</param>
    public static string Find(string cmdlet, WSManPath item)
    {
        if (HelpFile() is not { } file || PageOf(item) is not { } page)
        {
            return string.Empty;
        }

        // The file is read for each request: help is asked for seldom, and holding it would cost memory.
        XmlDocument pages = new() { XmlResolver = null };
        pages.Load(file);
        return pages.DocumentElement!
            .SelectNodes($"page[@at='{page}']")!
            .OfType<XmlElement>()
            .FirstOrDefault(found => found.GetAttribute("cmdlet").Equals(cmdlet, StringComparison.OrdinalIgnoreCase))
            ?.InnerXml ?? string.Empty;
    }

    // The part of the tree that a page is about; null for paths that no page is about.
    private static string? PageOf(WSManPath item) => item.Segments.Count switch
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

    // The file in the language of the user, in one that it derives from, or in English.
    private static string? HelpFile()
    {
        // The engine looks for the help of cmdlets in these folders too, but leaves that of a provider to the provider.
        string module = Path.GetDirectoryName(typeof(ProviderHelp).Assembly.Location) ?? "";
        return Cultures()
            .Select(culture => Path.Combine(module, culture, FileName))
            .FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Cultures()
    {
        for (CultureInfo culture = CultureInfo.CurrentUICulture; culture.Name.Length > 0; culture = culture.Parent)
        {
            yield return culture.Name;
        }

        yield return Fallback;
    }
}
