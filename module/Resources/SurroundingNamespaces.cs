using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The namespaces that are declared around an element. An element that leaves its document takes the declarations
/// along, because values in it may be names with a prefix, such as that of xsi:type. Those of the protocol itself go
/// only where they are used: each is a property of the object in a script. So do all where there are more than any
/// server needs, because each of many small elements would get them.
/// </summary>
internal sealed class SurroundingNamespaces
{
    private const int MostEverywhere = 10;

    private const string Soap = "http://www.w3.org/2003/05/soap-envelope";

    // What the protocol is made of stands below these: Addressing, Enumeration, Transfer and so on, DSP0226 with its
    // bindings, and the headers of Windows.
    private static readonly string[] s_protocols =
    [
        "http://schemas.xmlsoap.org/ws/",
        "http://www.w3.org/2005/08/addressing",
        "http://schemas.dmtf.org/wbem/wsman/",
        "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd",
    ];

    private readonly List<Declaration> _everywhere = [];

    private readonly List<Declaration> _whereUsed = [];

    // Of the element that is looked through: what it does not declare, and a prefix that is none of these.
    private readonly List<Declaration> _missing = [];

    private string? _unused;

    /// <param name="scope">What is declared at the parent of the elements.</param>
    public SurroundingNamespaces(IXmlNamespaceResolver scope)
    {
        foreach ((string prefix, string uri) in scope.GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
        {
            string name = prefix.Length == 0 ? "xmlns" : $"xmlns:{prefix}";
            (IsProtocol(uri) ? _whereUsed : _everywhere).Add(new Declaration(name, prefix, uri));
        }

        if (_everywhere.Count > MostEverywhere)
        {
            _whereUsed.AddRange(_everywhere);
            _everywhere.Clear();
        }
    }

    /// <summary>Declares on an element what was declared around it, unless it declares the prefix itself.</summary>
    public void DeclareOn(XmlElement root)
    {
        foreach (Declaration declaration in _everywhere)
        {
            if (!declaration.IsOn(root))
            {
                declaration.AddTo(root);
            }
        }

        _missing.Clear();
        foreach (Declaration declaration in _whereUsed)
        {
            if (!declaration.IsOn(root))
            {
                _missing.Add(declaration);
            }
        }

        if (_missing.Count > 0)
        {
            _unused = null;
            DeclareUsed(root, root);
        }
    }

    private static bool IsProtocol(string uri) => uri == Soap
        || Array.Exists(s_protocols, protocol => uri.StartsWith(protocol, StringComparison.Ordinal));

    private static ReadOnlySpan<char> PrefixOf(ReadOnlySpan<char> value) =>
        value.IndexOf(':') is >= 0 and int colon ? value[..colon].Trim() : [];

    // The library bounds the depth of an answer. The nodes below an attribute are its value.
    private void DeclareUsed(XmlElement root, XmlNode node)
    {
        if (node is XmlCharacterData text)
        {
            if (PrefixOf(text.Value) is { Length: > 0 } inValue)
            {
                Declare(root, inValue, node);
            }

            return;
        }

        // Most elements have one prefix, and it is one string: the documents share their names.
        string prefix = node.Prefix;
        if (!ReferenceEquals(prefix, _unused))
        {
            _unused = !Declare(root, prefix, node) && prefix.Length > 0 ? prefix : null;
        }

        if (node is XmlElement { HasAttributes: true } element)
        {
            // From the end, because declarations are appended.
            for (int i = element.Attributes.Count - 1; i >= 0; i--)
            {
                DeclareUsed(root, element.Attributes[i]);
            }
        }

        for (XmlNode? child = node.FirstChild; child is not null; child = child.NextSibling)
        {
            DeclareUsed(root, child);
        }
    }

    private bool Declare(XmlElement root, ReadOnlySpan<char> prefix, XmlNode node)
    {
        int used = -1;
        for (int i = 0; i < _missing.Count && used < 0; i++)
        {
            bool isUsed = prefix.SequenceEqual(_missing[i].Prefix)
                && (prefix.Length > 0 || node.NamespaceURI == _missing[i].Uri);
            used = isUsed ? i : -1;
        }

        if (used < 0)
        {
            return false;
        }

        _missing[used].AddTo(root);
        _missing.RemoveAt(used);
        return true;
    }

    private sealed record Declaration(string Name, string Prefix, string Uri)
    {
        private const string Declarations = "http://www.w3.org/2000/xmlns/";

        public bool IsOn(XmlElement root) => root.HasAttribute(Prefix.Length == 0 ? Name : Prefix, Declarations);

        public void AddTo(XmlElement root) => root.SetAttribute(Name, Uri);
    }
}
