using System.Text.Json.Serialization;

namespace Microsoft.WSMan.Management.Interop;

// The JSON documents of wsman.h, member for member. They stay inside this assembly: what users see are
// the public types made from them.

internal sealed record ErrorDocument(ErrorBody? Error);

internal sealed record ErrorBody(string? Code, string? Message, uint WsmanCode, string? FaultXml);

internal sealed record ConnectDocument(
    ulong SessionId,
    string ComputerName,
    string ConnectionUri,
    string Authentication,
    string? UserName,
    IdentifyDocument? Identify,
    ReportDocument? Replaced);

internal sealed record IdentifyDocument(
    string? ProtocolVersion, string? ProductVendor, string? ProductVersion, string? Xml);

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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConnectRequest))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(ConnectDocument))]
[JsonSerializable(typeof(IdentifyDocument))]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(StateDocument))]
[JsonSerializable(typeof(ReportDocument))]
[JsonSerializable(typeof(CloseAllDocument))]
internal sealed partial class DocumentContext : JsonSerializerContext;
