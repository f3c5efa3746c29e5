using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>Makes the values that cmdlets and provider work with from the documents of the native library.</summary>
internal static class Results
{
    // Reports are read in files by people: only what JSON cannot hold is escaped.
    private static readonly DocumentContext s_readable = new(
        new JsonSerializerOptions(DocumentContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static SessionInfo From(StateDocument document) => new(
        document.SessionId,
        document.ComputerName ?? "",
        Enum.Parse<WSManSessionState>(document.State),
        document.ConnectionUri ?? "",
        document.Authentication ?? "",
        document.UserName ?? "",
        document.Connections,
        document.OpenEnumerations,
        document.OpenShells);

    public static ConnectResult From(ConnectDocument document) => new(
        document.ComputerName,
        document.ConnectionUri,
        document.Identify?.ProductVendor,
        document.Identify?.ProductVersion,
        Replaced(document.Replaced),
        document.Trace ?? []);

    /// <summary>The client settings.</summary>
    public static IReadOnlyList<ClientSetting> From(SettingsDocument document) => Settings(document.Settings, "");

    /// <summary>What the client settings file has that is not obeyed.</summary>
    public static IReadOnlyList<TraceLine> Remarks(SettingsDocument document) =>
        [.. (document.Remarks ?? []).Select(remark => new TraceLine(TraceLine.Verbose, remark))];

    /// <summary>One page of an enumeration. Its items own the bytes.</summary>
    public static InstancePage From(PageDocument document, BytesHandle bytes) => new(
        new ItemReader(bytes.Open(), document.Count, document.Language), document.End, document.Trace ?? []);

    [return: NotNullIfNotNull(nameof(document))]
    public static TeardownReport? From(ReportDocument? document) => document is null
        ? null
        : new TeardownReport
        {
            ComputerName = document.ComputerName,
            ConnectionUri = document.ConnectionUri ?? "",
            UserName = document.UserName ?? "",
            StartTime = Moment(document.StartTime),
            State = document.State,
            Graceful = document.Graceful,
            ElapsedMs = document.ElapsedMs,
            Counts = Counts(document.Groups ?? []),
            SecretsWiped = document.SecretsWiped,
            Steps = Array.AsReadOnly(Array.ConvertAll(document.Steps ?? [], Step)),
            Warnings = Array.AsReadOnly(document.Warnings ?? []),
            Document = JsonSerializer.Serialize(document, s_readable.ReportDocument),
        };

    private static TeardownReport? Replaced(JsonDocument? report)
    {
        using (report)
        {
            return report?.RootElement is { ValueKind: not JsonValueKind.Null } document
                ? From(NativeResult.Read(
                    WSManErrorCode.None, document.GetRawText(), DocumentContext.Default.ReportDocument))
                : null;
        }
    }

    // 0001-01-01 for a moment that the library did not say.
    private static DateTime Moment(string? text) => DateTime.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime moment) ? moment : default;

    private static TeardownStep Step(StepDocument step) => new()
    {
        Step = step.Step,
        StartMilliseconds = step.StartMs,
        Milliseconds = step.Ms,
        Result = step.Result,
    };

    // "commands": {"terminated": 1} is the counter CommandsTerminated. Names are compared without case.
    private static Dictionary<string, int> Counts(Dictionary<string, JsonElement> groups) => groups
        .Where(group => group.Value.ValueKind == JsonValueKind.Object)
        .SelectMany(group => group.Value.EnumerateObject().Where(
            count => count.Value.ValueKind == JsonValueKind.Number).Select(
            count => KeyValuePair.Create(group.Key + count.Name, count.Value.GetInt32())))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private static ClientSetting[] Settings(JsonElement group, string prefix) =>
        [.. group.EnumerateObject().Select(member => Setting(prefix + member.Name, member.Value))];

    private static ClientSetting Setting(string name, JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? new ClientSetting(name, null, Settings(value, $"{name}/"))
        : new ClientSetting(name, value.GetString(), []);
}
