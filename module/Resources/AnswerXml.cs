using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>Makes XML objects of the answers of a server.</summary>
internal static class AnswerXml
{
    private static readonly XmlReaderSettings s_settings = NewSettings(keepWhiteSpace: false);

    private static readonly XmlReaderSettings s_keepingSettings = NewSettings(keepWhiteSpace: true);

    /// <summary>The root element; null if there are no bytes.</summary>
    /// <exception cref="WSManException">The bytes are not XML.</exception>
    public static XmlElement? Root(Stream bytes, bool keepWhiteSpace = false) =>
        bytes.Length == 0 ? null : Load(XmlReader.Create(bytes, keepWhiteSpace ? s_keepingSettings : s_settings), keepWhiteSpace);

    /// <summary>A reader of an answer, which takes the names from that table.</summary>
    public static XmlReader NewReader(Stream bytes, XmlNameTable names) =>
        XmlReader.Create(bytes, NewSettings(keepWhiteSpace: false, names));

    /// <summary>The error of bytes that the library takes for XML and .NET does not. It is without its cause, whose
    /// message quotes the server.</summary>
    public static WSManException NotXml(XmlException cause) =>
        Errors.Protocol(Messages.AnswerIsNotXml(ForPeople.Line(cause.Message)));

    // The library has read an answer before, and has bounded its size and its depth.
    private static XmlReaderSettings NewSettings(bool keepWhiteSpace, XmlNameTable? names = null) => new()
    {
        NameTable = names,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = !keepWhiteSpace,
    };

    private static XmlElement? Load(XmlReader reader, bool keepWhiteSpace)
    {
        try
        {
            using (reader)
            {
                XmlDocument document = new() { XmlResolver = null, PreserveWhitespace = keepWhiteSpace };
                document.Load(reader);
                return document.DocumentElement;
            }
        }
        catch (XmlException e)
        {
            throw NotXml(e);
        }
    }
}
