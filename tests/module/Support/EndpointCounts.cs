using System.Text.Json.Serialization;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>What the loopback service counts for one of its addresses.</summary>
internal record AddressCounts
{
    /// <summary>Client connections that are open now.</summary>
    [JsonPropertyName("connections")]
    public int Connections { get; init; }

    /// <summary>Client connections that were ever accepted.</summary>
    [JsonPropertyName("accepted")]
    public int Accepted { get; init; }

    /// <summary>Requests that were read.</summary>
    [JsonPropertyName("requests")]
    public int Requests { get; init; }
}

/// <summary>What the loopback service counts.</summary>
internal sealed record EndpointCounts : AddressCounts
{
    [JsonPropertyName("identify")]
    public IdentifyCounts Identify { get; init; } = new();

    /// <summary>Requests that were answered with 401.</summary>
    [JsonPropertyName("refused")]
    public int Refused { get; init; }

    /// <summary>Enumeration contexts that are open now.</summary>
    [JsonPropertyName("contexts")]
    public int Contexts { get; init; }

    /// <summary>Shells that are open now.</summary>
    [JsonPropertyName("shells")]
    public int Shells { get; init; }

    /// <summary>Commands in shells that are open now.</summary>
    [JsonPropertyName("commands")]
    public int Commands { get; init; }

    /// <summary>Requests by operation.</summary>
    [JsonPropertyName("operations")]
    public Dictionary<string, int> Operations { get; init; } = [];

    /// <summary>Requests by resource of the configuration, such as "config/client", and operation.</summary>
    [JsonPropertyName("byResource")]
    public Dictionary<string, Dictionary<string, int>> Resources { get; init; } = [];

    [JsonPropertyName("byAddress")]
    public Dictionary<string, AddressCounts> ByAddress { get; init; } = [];

    /// <summary>The counts of one address; all zero for one that nobody has come to yet.</summary>
    public AddressCounts Of(string address) => ByAddress.GetValueOrDefault(address, new AddressCounts());
}

/// <summary>Identify requests that were answered.</summary>
internal sealed record IdentifyCounts
{
    [JsonPropertyName("anonymous")]
    public int Anonymous { get; init; }

    [JsonPropertyName("authenticated")]
    public int Authenticated { get; init; }
}
