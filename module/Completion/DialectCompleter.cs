namespace Microsoft.WSMan.Management;

/// <summary>
/// Completes the languages of a filter, or of a fragment where the line is about one. The core passes the URI of any
/// other language on, so these are those that services know.
/// </summary>
internal sealed class DialectCompleter : ValueCompleter
{
    internal static readonly Candidate XPath = new(
        "http://www.w3.org/TR/1999/REC-xpath-19991116", "XPath 1.0, as for a fragment unless given");

    internal static readonly Candidate[] Filters =
    [
        new("wql", "A query, as for a filter unless given: select * from Win32_Service where State = 'Running'"),
        new("selector", "Values of properties: Name=\"spooler\""),
        new("association", "What an instance is associated with: {Object=Win32_Service?Name=spooler}"),
        new("http://schemas.microsoft.com/wbem/wsman/1/WQL", "The URI of wql"),
        new("http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter", "The URI of selector"),
        new("http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter", "The URI of association"),
        new("http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf", "CQL, the query language of the DMTF"),
        XPath with { ToolTip = "XPath 1.0" },
    ];

    private protected override IEnumerable<Candidate> Candidates(AskedValue asked) =>
        asked.Command.Equals("Set-WSManInstance", StringComparison.OrdinalIgnoreCase)
            || asked.TextOf("Fragment") is not null
            ? [XPath]
            : Filters;
}
