using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>Writes the values of a script in XML, in the lexical forms of XML Schema, part 2.</summary>
internal static class ValueText
{
    /// <summary>The object itself, where PowerShell has wrapped it.</summary>
    public static object? Unwrap(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// A number as it was typed, because 7.0 may be a version; null where that is not known. The engine keeps the typed
    /// text in the PSObject around a number, whose ToString() gives it back. Of one that was not typed it gives a text
    /// of the current culture, and 5,1 is 51 to whoever takes commas for thousands. So a text counts only where it is
    /// this number in every culture.
    /// </summary>
    public static string? TypedNumber(object? value)
    {
        string? typed = value is PSObject ? value.ToString() : null;
        bool isIt = Unwrap(value) switch
        {
            double number =>
                double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out double read)
                && read.Equals(number),
            decimal number =>
                decimal.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal read)
                && read == number,
            _ => false,
        };
        return isIt ? typed : null;
    }

    /// <summary>The text of a single value that is not null.</summary>
    /// <param name="name">The selector, option or setting of the value, for the error.</param>
    /// <param name="value">The value, unwrapped.</param>
    /// <exception cref="WSManException">There is no text for such a value.</exception>
    public static string Of(string name, object value) => RequireWholeCharacters(name, value switch
    {
        string text => text,
        bool flag => XmlConvert.ToString(flag),
        SwitchParameter flag => XmlConvert.ToString(flag.IsPresent),
        Enum named => named.ToString(),
        DateTime moment => OfDateTime(moment),
        DateTimeOffset moment => XmlConvert.ToString(moment),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan duration => XmlConvert.ToString(duration),
        double number => XmlConvert.ToString(number),
        float number => XmlConvert.ToString(number),
        SecureString or PSCredential => throw Errors.InvalidArgument(Messages.SecretNotAllowed(name)),
        IEnumerable or PSObject => throw Errors.InvalidArgument(Messages.NoXmlForm(name, TypeName(value))),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    });

    /// <summary>The XML of an element, with every prefix declared that its content may use in a value.</summary>
    public static string OfElement(XmlElement element)
    {
        XmlElement copy = (XmlElement)element.CloneNode(deep: true);
        IDictionary<string, string> scope =
            element.CreateNavigator()!.GetNamespacesInScope(XmlNamespaceScope.ExcludeXml);
        foreach ((string prefix, string uri) in scope)
        {
            if (prefix.Length > 0)
            {
                copy.SetAttribute($"xmlns:{prefix}", uri);
            }
        }

        return copy.OuterXml;
    }

    // A moment of the local clock is written in UTC, which every server understands. One without a zone stays
    // without.
    private static string OfDateTime(DateTime moment) => XmlConvert.ToString(
        moment.Kind == DateTimeKind.Local ? moment.ToUniversalTime() : moment,
        XmlDateTimeSerializationMode.RoundtripKind);

    // Half of a surrogate pair cannot be sent, and leaving it out would change the value.
    private static string RequireWholeCharacters(string name, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsSurrogatePair(text, i++))
            {
                throw Errors.InvalidArgument(Messages.HalfSurrogatePair(name));
            }
        }

        return text;
    }

    private static string TypeName(object value) =>
        value is PSObject ? nameof(PSCustomObject) : value.GetType().Name;
}
