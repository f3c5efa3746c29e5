using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.WSMan.Management.Interop;

// The JSON documents of wsman.h, member for member. They stay inside this assembly: what users see are
// the public types made from them.

internal sealed record ErrorDocument(ErrorBody? Error, TraceLine[]? Trace);

internal sealed record ErrorBody(
    string? Code, string? Message, uint WsmanCode, string? WsmanName, string? FaultXml, FaultDocument? Fault);

internal sealed record FaultDocument(
    string? SoapCode,
    string? SoapSubcode,
    string? Reason,
    string? Detail,
    string? Machine,
    string? Provider,
    string? ProviderPath,
    string? ProviderMessage);

/// <summary>What the library says of one exchange: for the verbose stream, or for the debug stream.</summary>
internal sealed record TraceLine(string Level, string Text)
{
    public bool IsDebug => Level == "debug";
}

internal sealed record ConnectDocument(
    ulong SessionId,
    string ComputerName,
    string ConnectionUri,
    string Authentication,
    string? UserName,
    IdentifyDocument? Identify,
    ReportDocument? Replaced,
    TraceLine[]? Trace);

internal sealed record IdentifyDocument(
    string? ProtocolVersion, string? ProductVendor, string? ProductVersion, string? Xml, TraceLine[]? Trace);

internal sealed record RequestDocument(TraceLine[]? Trace);

internal sealed record PageDocument(
    ulong EnumerationId,
    bool End,
    string? Language,
    [property: JsonConverter(typeof(CountConverter))] int Items,
    TraceLine[]? Trace);

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
    string State,
    bool Graceful,
    double ElapsedMs,
    Dictionary<string, int>? Operations,
    Dictionary<string, int>? Commands,
    Dictionary<string, int>? Shells,
    Dictionary<string, int>? Enumerations,
    Dictionary<string, int>? Connections,
    bool SecretsWiped,
    StepDocument[]? Steps,
    string[]? Warnings);

internal sealed record StepDocument(string Step, double Ms, string Result);

internal sealed record CloseAllDocument(ReportDocument[] Closed);

internal sealed record SettingChange(string Name, string Value, bool Append);

internal sealed record SettingsDocument(string Path, JsonElement Settings);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConnectRequest))]
[JsonSerializable(typeof(ResourceRequest))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(ConnectDocument))]
[JsonSerializable(typeof(IdentifyDocument))]
[JsonSerializable(typeof(RequestDocument))]
[JsonSerializable(typeof(PageDocument))]
[JsonSerializable(typeof(ReleaseDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(StateDocument))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(CloseAllDocument))]
[JsonSerializable(typeof(SettingChange))]
[JsonSerializable(typeof(SettingsDocument))]
internal sealed partial class DocumentContext : JsonSerializerContext;
