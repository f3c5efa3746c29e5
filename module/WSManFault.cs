using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The element f:WSManFault (MS-WSMV, 2.2.4.43) of a failure. WinRM has one for each, and on Windows it is the message
/// of most cmdlets' exceptions.
/// </summary>
internal static class WSManFault
{
    private const string Name = "WSManFault";

    private static readonly XNamespace s_namespace = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";

    // The library has read the fault before, and has bounded its size and its depth.
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    /// <summary>The element that the server sent; one of code, computer and message where it sent none.</summary>
    public static string Of(WSManException error) => Sent(error.SoapFaultXml) ?? Made(error);

    /// <summary>Whether the server sent the element.</summary>
    public static bool IsSent(WSManException error) => Sent(error.SoapFaultXml) is not null;

    private static string? Sent(string fault)
    {
        if (fault.Length == 0)
        {
            return null;
        }

        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(fault), s_settings);
            // The library gave references there, which the reader has resolved.
            return reader.ReadToFollowing(Name, s_namespace.NamespaceName) ? ForPeople.Xml(reader.ReadOuterXml()) : null;
        }
        catch (XmlException)
        {
            // Nothing in an error is relied on: an error about the error would hide the first one.
            return null;
        }
    }

    // A failure that no server has reported arose on this computer, as it does on Windows. Of a fault without a computer
    // it is not known.
    private static string Made(WSManException error) => new XElement(
        s_namespace + Name,
        new XAttribute(XNamespace.Xmlns + "f", s_namespace),
        new XAttribute("Code", error.WSManCode),
        new XAttribute("Machine", error.SoapFaultXml.Length > 0 ? error.Machine : Environment.MachineName),
        new XElement(s_namespace + "Message", Characters(error.Message)))
        .ToString(SaveOptions.DisableFormatting);

    // A message may name what a script has typed, which can be any characters.
    private static string Characters(string text)
    {
        StringBuilder characters = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isXml = !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
            characters.Append((isXml ? rune : Rune.ReplacementChar).ToString());
        }

        return characters.ToString();
    }
}
