using System.Management.Automation;
using System.Text;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The document that -FilePath names, for the body of a request.</summary>
internal static class BodyFile
{
    // More than any server takes, and little enough to be held in memory (/dev/zero is a path too).
    private const int MostOctets = 64 << 20;

    /// <summary>The file's document as UTF-8, without an XML declaration and otherwise as it is.</summary>
    /// <param name="path">A path of the file system, relative to the location of the runspace.</param>
    /// <param name="paths">What knows the drives and the location.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WSManException">The file cannot be read, or it is not XML.</exception>
    public static byte[] Read(string path, PathIntrinsics paths)
    {
        string file = Resolve(path, paths);
        byte[] octets = ReadOctets(file);
        try
        {
            string text = Decode(octets, EncodingOf(octets));
            return Encoding.UTF8.GetBytes(WithoutDeclaration(text));
        }
        catch (XmlException e)
        {
            throw new WSManException(WSManErrorCode.InvalidArgument, Messages.FileIsNotXml(file, e.Message), e);
        }
    }

    private static string Resolve(string path, PathIntrinsics paths)
    {
        string file = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            throw ValueText.Refused(Messages.NotAFilePath(path));
        }

        if (Directory.Exists(file))
        {
            throw ValueText.Refused(Messages.FileIsFolder(file));
        }

        return File.Exists(file) ? file : throw new FileNotFoundException(Messages.NoSuchFile(file), file);
    }

    private static byte[] ReadOctets(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            using MemoryStream octets = new();
            byte[] buffer = new byte[81920];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                octets.Write(buffer, 0, read);
                if (octets.Length > MostOctets)
                {
                    throw ValueText.Refused(Messages.FileTooLarge(file, MostOctets >> 20));
                }
            }

            return octets.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WSManException(WSManErrorCode.InvalidArgument, Messages.FileUnreadable(file, e.Message), e);
        }
    }

    // Reads the whole document, because one that is not well-formed is better refused here, by its path.
    // A DOCTYPE is refused: it could make a small file a large one.
    private static Encoding EncodingOf(byte[] octets)
    {
        using XmlTextReader reader = new(new MemoryStream(octets))
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
        };
        Encoding? encoding = null;
        while (reader.Read())
        {
            encoding ??= reader.Encoding;
        }

        return encoding ?? Encoding.UTF8;
    }

    private static string Decode(byte[] octets, Encoding encoding)
    {
        using StreamReader reader = new(new MemoryStream(octets), encoding, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    // It names an encoding that is no longer true, and it may not stand inside another document.
    private static string WithoutDeclaration(string text) =>
        text.StartsWith("<?xml", StringComparison.Ordinal) && char.IsWhiteSpace(text[5])
        ? text[(text.IndexOf("?>", StringComparison.Ordinal) + 2)..]
        : text;
}
