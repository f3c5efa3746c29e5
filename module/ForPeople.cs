using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Text that a server has written a part of, for a person's terminal. What comes of the library is made so there
/// (base/text); this is for what .NET says of the server's bytes, and for names that the shim puts into a sentence.
/// </summary>
internal static partial class ForPeople
{
    /// <summary>The text on one line, with a space in the place of what steers a terminal.</summary>
    public static string Line(string text) => Steering().Replace(text, " ");

    /// <summary>The XML with references in the place of what steers a terminal, but for line feeds and tabs. It has no
    /// CDATA.</summary>
    public static string Xml(string xml) =>
        SteeringInXml().Replace(xml, static found => $"&#{(int)found.Value[0]};");

    // Controls, separators of lines, and controls of writing direction.
    [GeneratedRegex("[\\u0000-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]+")]
    private static partial Regex Steering();

    // The others are no characters of XML.
    [GeneratedRegex("[\\r\\u007F-\\u009F\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]")]
    private static partial Regex SteeringInXml();
}
