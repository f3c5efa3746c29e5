using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Turns the hashtables of -SelectorSet, -OptionSet and -ValueSet into the parts of a request, in the order of
/// the hashtable.
/// </summary>
internal static class RequestParts
{
    /// <exception cref="WSManException">A selector has no value, or one that cannot be written.</exception>
    public static IReadOnlyList<SelectorEntry>? Selectors(Hashtable? table) => From(table, Selector);

    /// <exception cref="WSManException">An option has a value that cannot be written.</exception>
    public static IReadOnlyList<OptionEntry>? Options(Hashtable? table) => From(table, Option);

    /// <summary>
    /// The request with these values in its body. A SecureString, and a value with the name of a secret, stays out
    /// of the request's text.
    /// </summary>
    /// <exception cref="WSManException">A value cannot be written.</exception>
    public static ResourceRequest WithValues(this ResourceRequest request, Hashtable? table)
    {
        List<SecretEntry> secrets = [];
        IReadOnlyList<ValueEntry>? values = From(table, (name, value) => Value(name, value, secrets));
        return request with { Values = values, Secrets = secrets };
    }

    /// <summary>
    /// A resource as the text form of Microsoft's tools names it, on one line for a person to read. No secret is shown.
    /// </summary>
    public static string Describe(string resourceUri, Hashtable? selectors)
    {
        string uri = WithoutSecrets(resourceUri);
        string pairs = string.Join('+', Pairs(selectors).Select(pair => $"{pair.Name}={DisplayText(pair)}"));
        return ForPeople.Line(pairs.Length == 0 ? uri : $"{uri}?{pairs}");
    }

    // Selectors may stand in the URI itself. What is behind the name of a secret goes to the end, since a value in
    // quotes may have all signs in it.
    private static string WithoutSecrets(string uri)
    {
        for (int name = uri.IndexOf('?', StringComparison.Ordinal); name >= 0; name = uri.IndexOf('+', name + 1))
        {
            int end = uri.IndexOf('=', name);
            if (end > 0 && SecretName.Matches(uri[name..end]))
            {
                return uri[..(end + 1)] + SecretName.Mask;
            }
        }

        return uri;
    }

    private static List<T>? From<T>(Hashtable? table, Func<string, object?, T> make) => table is null
        ? null
        : [.. Pairs(table).Select(pair => make(pair.Name, pair.Value))];

    private static IEnumerable<(string Name, object? Value)> Pairs(Hashtable? table) =>
        (table ?? []).AsPairs().Select(entry => (
            Convert.ToString(ValueText.Unwrap(entry.Key), CultureInfo.InvariantCulture) ?? "",
            ValueText.Unwrap(entry.Value)));

    // IDictionary enumerates a table that keeps its order (KeepOrderAttribute) in that order; IEnumerable does not.
    private static IEnumerable<DictionaryEntry> AsPairs(this IDictionary table)
    {
        foreach (DictionaryEntry entry in table)
        {
            yield return entry;
        }
    }

    // A selector that is $null is refused: leaving it out would address more than was meant.
    private static SelectorEntry Selector(string name, object? value) => value switch
    {
        null => throw Errors.InvalidArgument(Messages.SelectorIsNull(name)),
        XmlDocument { DocumentElement: { } root } => new SelectorEntry(name, null, ValueText.OfElement(root)),
        XmlElement element => new SelectorEntry(name, null, ValueText.OfElement(element)),
        IEnumerable and not string and not XmlNode and not IDictionary =>
            throw Errors.InvalidArgument(Messages.SelectorIsArray(name)),
        XmlNode node => new SelectorEntry(name, node.InnerText, null),
        _ => new SelectorEntry(name, ValueText.Of(name, value), null),
    };

    private static OptionEntry Option(string name, object? value) =>
        new(name, value is null ? null : ValueText.Of(name, value));

    private static ValueEntry Value(string name, object? value, List<SecretEntry> secrets) =>
        value is IEnumerable several and not string and not XmlNode and not IDictionary
            ? new ValueEntry(
                name, [.. several.Cast<object?>().Select(element => Content(name, ValueText.Unwrap(element), secrets))])
            : new ValueEntry(name, [Content(name, value, secrets)]);

    // An element is a secret by its type or by the name of the value, but XML is sent as it is.
    private static ValueContent Content(string name, object? value, List<SecretEntry> secrets) => value switch
    {
        null => new ValueContent(Nil: true),
        PSCredential => throw Errors.InvalidArgument(Messages.CredentialNotAllowed(name)),
        SecureString secret => Placeholder(new SecretEntry(secret), secrets),
        XmlDocument { DocumentElement: { } root } => new ValueContent(Xml: ValueText.OfElement(root)),
        XmlElement element => new ValueContent(Xml: ValueText.OfElement(element)),
        _ when SecretName.Matches(name) => Placeholder(new SecretEntry(Text(name, value)), secrets),
        _ => new ValueContent(Text: Text(name, value)),
    };

    private static string Text(string name, object value) =>
        value is XmlNode node ? node.InnerText : ValueText.Of(name, value);

    private static ValueContent Placeholder(SecretEntry secret, List<SecretEntry> secrets)
    {
        secrets.Add(secret);
        return new ValueContent(Text: secret.Placeholder);
    }

    private static string DisplayText((string Name, object? Value) pair) => pair.Value switch
    {
        null => "",
        _ when SecretName.Matches(pair.Name) => SecretName.Mask,
        XmlNode node => node.InnerText,
        _ => Convert.ToString(pair.Value, CultureInfo.InvariantCulture) ?? "",
    };
}
