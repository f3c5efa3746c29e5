using System.Security;
using System.Text;
using System.Xml;

namespace Microsoft.WSMan.Management.Units.Support;

/// <summary>What many tests need: a session, documents, secrets, and texts by chance, the same in each run.</summary>
internal static class Samples
{
    public const string Configuration = "http://schemas.microsoft.com/wbem/wsman/1/config";

    public static SessionInfo Session { get; } = SessionTo("server01");

    public static SessionInfo SessionTo(string computer) => new(
        7, computer, WSManSessionState.Opened, $"http://{computer}:5985/wsman", "Negotiate", "user", 1, 0, 0);

    public static XmlElement Element(string xml)
    {
        XmlDocument document = new() { XmlResolver = null, PreserveWhitespace = true };
        document.LoadXml(xml);
        return document.DocumentElement!;
    }

    public static ConfigDocument Document(string path, string xml) =>
        new(new ConfigResource(Session, path), Element(xml));

    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    /// <summary>The selectors of a document's resource, as key=value.</summary>
    public static string Selectors(ConfigDocument document) => string.Join(
        ' ', document.Resource.Selectors.Select(selector => $"{selector.Name}={selector.Value}"));

    /// <summary>The content of a document's root, whose prefix is p.</summary>
    public static string Inner(ConfigDocument document) => document.Root.InnerXml.Replace(
        $" xmlns:p=\"{document.Root.NamespaceURI}\"", "", StringComparison.Ordinal);

    /// <summary>The text of the one file of this name below a folder of the repository.</summary>
    public static string RepositoryFile(string folder, string name)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !Directory.Exists(Path.Combine(root.FullName, folder)))
        {
            root = root.Parent;
        }

        string below = Path.Combine(root?.FullName ?? "", folder);
        return File.ReadAllText(Directory.GetFiles(below, name, SearchOption.AllDirectories).Single());
    }

    /// <summary>Texts made of these parts, the same in each run.</summary>
    public static IEnumerable<string> Texts(string[] parts, int count, int longest)
    {
        Random chance = new(20240229);
        for (int i = 0; i < count; i++)
        {
            StringBuilder text = new();
            for (int left = chance.Next(longest + 1); left > 0; left--)
            {
                text.Append(parts[chance.Next(parts.Length)]);
            }

            yield return text.ToString();
        }
    }
}
