using System.Text.Json.Serialization;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A request for one operation on a resource, or for an enumeration, as wsman.h describes it; a member that is null
/// is left out. It names an open session, or has the connection for this one request.
/// </summary>
internal sealed record ResourceRequest
{
    public ConnectRequest? Connection { get; init; }

    public ulong? SessionId { get; init; }

    public string? Operation { get; init; }

    public required string ResourceUri { get; init; }

    public IReadOnlyList<SelectorEntry>? Selectors { get; init; }

    public IReadOnlyList<OptionEntry>? Options { get; init; }

    public string? Fragment { get; init; }

    public string? Dialect { get; init; }

    public string? Action { get; init; }

    public IReadOnlyList<ValueEntry>? Values { get; init; }

    /// <summary>
    /// The secrets whose placeholders stand in <see cref="Values"/> or in the document that is the body.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<SecretEntry>? Secrets { get; init; }

    public string? ReturnType { get; init; }

    public string? Polymorphism { get; init; }

    public string? Filter { get; init; }

    public bool? Associations { get; init; }

    public string? Trace { get; init; }
}

/// <summary>A selector. Its value is a text, or the XML of an endpoint reference.</summary>
internal sealed record SelectorEntry(string Name, string? Value, string? Epr);

/// <summary>An option. An option without a value is written as null, which differs from one that is missing.</summary>
internal sealed record OptionEntry(
    string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Value);

/// <summary>A named value of a body. Several values are an array.</summary>
internal sealed record ValueEntry(string Name, IReadOnlyList<ValueContent> Values);

/// <summary>One value: a text, XML, or a value that is not there. Exactly one of the three is set.</summary>
internal sealed record ValueContent(string? Text = null, string? Xml = null, bool? Nil = null);
