using System.Management.Automation;
using System.Text;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The document that -FilePath names, for the body of a request.</summary>
internal static class BodyFile
{
    // The limit is more than any server takes, and little enough to be held in memory.
    private const int MaxBytes = 64 << 20;

    // As many as Linux follows.
    private const int MaxLinks = 40;

    /// <summary>The file's document in UTF-8, without an XML declaration and otherwise as it is.</summary>
    /// <param name="path">A path of the file system, relative to the location of the runspace.</param>
    /// <param name="paths">The drives and the location of the runspace.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WSManException">The file cannot be read, or it is not XML.</exception>
    public static byte[] Read(string path, PathIntrinsics paths)
    {
        string file = Resolve(path, paths);
        byte[] bytes = ReadBytes(file);
        try
        {
            string text = Decode(bytes, EncodingOf(bytes));
            return Encoding.UTF8.GetBytes(WithoutDeclaration(text));
        }
        catch (XmlException e)
        {
            throw Errors.InvalidArgument(Messages.FileIsNotXml(file, e.Message), e);
        }
    }

    private static string Resolve(string path, PathIntrinsics paths)
    {
        // Wildcards are not resolved: a file may have brackets in its name.
        string file = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            throw Errors.InvalidArgument(Messages.NotAFileSystemPath(path));
        }

        if (Directory.Exists(file))
        {
            throw Errors.InvalidArgument(Messages.FileIsFolder(file));
        }

        return File.Exists(file) ? file : throw new FileNotFoundException(Messages.NoSuchFile(file), file);
    }

    private static byte[] ReadBytes(string file)
    {
        try
        {
            // To open a pipe would wait for who writes to it, and Ctrl+C ends no such wait. Pipes and devices have no
            // length; of a link it is that of its own text.
            string target = RealPath(file);
            if (new FileInfo(target) is not { Exists: true, Length: > 0 })
            {
                throw Errors.InvalidArgument(Messages.FileIsNotXml(file, Messages.NothingInFile));
            }

            using FileStream stream = File.OpenRead(target);
            using MemoryStream bytes = new();
            byte[] buffer = new byte[81920];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaxBytes)
                {
                    throw Errors.InvalidArgument(Messages.FileTooLarge(file, MaxBytes >> 20));
                }
            }

            return bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.InvalidArgument(Messages.FileUnreadable(file, e.Message), e);
        }
    }

    // The path without links, as the system follows it. File.ResolveLinkTarget takes ".." away before it looks at the
    // folders, so that "link/../file" becomes another file than the one that is opened.
    private static string RealPath(string file)
    {
        string reached = "/";
        Stack<string> ahead = new(Parts(file));
        for (int links = 0; ahead.TryPop(out string? part);)
        {
            string next = part == ".." ? Path.GetDirectoryName(reached) ?? "/" : Path.Join(reached, part);
            if (part == ".." || new FileInfo(next).LinkTarget is not { } link)
            {
                reached = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException(Messages.TooManyLinks);
            }

            reached = Path.IsPathRooted(link) ? "/" : reached;
            foreach (string step in Parts(link))
            {
                ahead.Push(step);
            }
        }

        return reached;
    }

    // The last first.
    private static IEnumerable<string> Parts(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();

    private static Encoding EncodingOf(byte[] bytes)
    {
        // The whole document is read, because one that is not well-formed is better refused here, by its path.
        // A DOCTYPE is refused because its entities could make a small file a large one.
        using XmlTextReader reader = new(new MemoryStream(bytes))
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

    private static string Decode(byte[] bytes, Encoding encoding)
    {
        using StreamReader reader = new(new MemoryStream(bytes), encoding, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    // The declaration names an encoding that is no longer true, and it may not stand inside another document.
    private static string WithoutDeclaration(string text) =>
        text.StartsWith("<?xml", StringComparison.Ordinal) && char.IsWhiteSpace(text[5])
        ? text[(text.IndexOf("?>", StringComparison.Ordinal) + 2)..]
        : text;
}
