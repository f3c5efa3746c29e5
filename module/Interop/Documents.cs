using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.WSMan.Management.Interop;

// The JSON documents that come out of wsman.h, member for member. Only Client sees them, and makes the values that
// users see. The documents that go in are ConnectRequest and ResourceRequest.

internal sealed record ErrorDocument(ErrorBody? Error, TraceLine[]? Trace);

internal sealed record ErrorBody(
    string? Code,
    string? Message,
    AdviceDocument?[]? Advice,
    uint WsmanCode,
    string? WsmanName,
    string? FaultXml,
    FaultDocument? Fault);

internal sealed record AdviceDocument(string? Key, string[]? Arguments);

internal sealed record FaultDocument(
    string? Kind,
    string? SoapCode,
    string? SoapSubcode,
    string? Reason,
    string? Detail,
    string? Machine,
    string? Provider,
    string? ProviderPath,
    string? ProviderMessage);

// The report of a session that was replaced stays as it came: what reads it is not compiled by a connect that has none.
internal sealed record ConnectDocument(
    ulong SessionId,
    string ComputerName,
    string ConnectionUri,
    string Authentication,
    string? UserName,
    IdentifyDocument? Identify,
    JsonDocument? Replaced,
    TraceLine[]? Trace);

internal sealed record IdentifyDocument(string? ProductVendor, string? ProductVersion);

internal sealed record RequestDocument(TraceLine[]? Trace);

internal sealed record PageDocument(
    ulong EnumerationId, bool End, string? Language, int Count, TraceLine[]? Trace);

internal sealed record ReleaseDocument(bool Released, TraceLine[]? Trace);

internal sealed record ListDocument(StateDocument[] Sessions);

internal sealed record StateDocument(
    ulong SessionId,
    string? ComputerName,
    string State,
    string? ConnectionUri,
    string? Authentication,
    string? UserName,
    int Connections,
    int OpenEnumerations,
    int OpenShells);

internal sealed record ReportDocument(
    string ComputerName,
    string? ConnectionUri,
    string? UserName,
    string? StartTime,
    string State,
    bool Graceful,
    double ElapsedMs,
    bool SecretsWiped,
    StepDocument[]? Steps,
    string[]? Warnings)
{
    // The counters, in groups: "commands": {"terminated": 1}.
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Groups { get; set; }
}

internal sealed record StepDocument(string Step, double StartMs, double Ms, string Result)
{
    // What this version does not know, for ToJson().
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}

internal sealed record CloseAllDocument(ReportDocument[] Closed);

internal sealed record SettingChangesDocument(SettingChangeDocument[] Changes);

internal sealed record SettingChangeDocument(string Name, string Value, bool Append, bool Remove);

internal sealed record SettingsDocument(string Path, JsonElement Settings, string[]? Remarks);

// What goes in is written and never read, and what is made for reading would be compiled with the first connect.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConnectRequest), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ResourceRequest), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(ConnectDocument))]
[JsonSerializable(typeof(RequestDocument))]
[JsonSerializable(typeof(PageDocument))]
[JsonSerializable(typeof(ReleaseDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(StateDocument))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(CloseAllDocument))]
[JsonSerializable(typeof(SettingChangesDocument), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(SettingsDocument))]
internal sealed partial class DocumentContext : JsonSerializerContext;
