using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Client;

public sealed class ResultsTests
{
    [Theory]
    [InlineData("Opened", WSManSessionState.Opened)]
    [InlineData("Closing", WSManSessionState.Closing)]
    [InlineData("Closed", WSManSessionState.Closed)]
    [InlineData("Broken", WSManSessionState.Broken)]
    public void AClosedSessionIsKnownByItsNumberAlone(string state, WSManSessionState expected) => Assert.Equal(
        new SessionInfo(ulong.MaxValue, "", expected, "", "", "", 1, 2, 3),
        Results.From(new StateDocument(ulong.MaxValue, null, state, null, null, null, 1, 2, 3)));

    [Fact]
    public void AConnectionNamesTheProductThatAnswered()
    {
        ConnectResult result = Results.From(Read(
            """
            {"sessionId":7,"computerName":"server01","connectionUri":"http://server01:5985/wsman",
            "authentication":"Basic","identify":{"productVendor":"Vendor","productVersion":"1.0"}}
            """,
            DocumentContext.Default.ConnectDocument));

        Assert.Equal("server01: connected to http://server01:5985/wsman (Vendor 1.0)", result.ToString());
        Assert.Null(result.Replaced);
        Assert.Empty(result.Trace);
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("""{"computerName":"old","state":"Closed","commands":{"terminated":2}}""", 2)]
    public void AConnectionHasTheReportOfTheSessionThatItReplaced(string replaced, int? terminated)
    {
        ConnectResult result = Results.From(Read(
            $$"""
            {"sessionId":7,"computerName":"server01","connectionUri":"http://server01:5985/wsman",
            "authentication":"Basic","replaced":{{replaced}}}
            """,
            DocumentContext.Default.ConnectDocument));

        Assert.Equal(terminated, result.Replaced?.CommandsTerminated);
    }

    [Fact]
    public void SettingsKeepTheOrderOfTheDocument()
    {
        IReadOnlyList<ClientSetting> settings = Settings(
            """{"path":"p","settings":{"Z":"1","Auth":{"Basic":"true","Inner":{}},"A":"<\u00fc>"}}""");

        Assert.Equal(["Z", "Auth", "A"], settings.Select(setting => setting.Name));
        Assert.Equal(("<ü>", false), (settings[2].Value, settings[2].IsGroup));
        Assert.Equal((null, true), (settings[1].Value, settings[1].IsGroup));
        Assert.Equal(["Basic", "Inner"], settings[1].Settings.Select(setting => setting.Name));
        Assert.True(settings[1].Settings[1].IsGroup);
        Assert.Empty(settings[1].Settings[1].Settings);
        Assert.Equal("Auth/Inner", settings[1].Settings[1].FullName);
    }

    [Fact]
    public void RemarksOnTheFileAreForTheVerboseStream() => Assert.Equal(
        [new TraceLine("verbose", "one"), new TraceLine("verbose", "two")],
        Results.Remarks(Read(
            """{"path":"p","settings":{},"remarks":["one","two"]}""", DocumentContext.Default.SettingsDocument)));

    [Fact]
    public void ADocumentWithoutSettingsHasNone() => Assert.Empty(Settings("""{"path":"p","settings":{}}"""));

    [Fact]
    public void APageHasWhatItsDocumentSays()
    {
        using LentBytes bytes = new("<e xmlns='urn:s'><Body><r><Items><a/></Items></r></Body></e>");
        TraceLine[] trace = [new("debug", "said")];

        InstancePage page = Results.From(new PageDocument(3, true, "de-DE", 1, trace), bytes.Handle);

        bytes.Keep();
        Assert.Equal("de-DE", page.Items.Next()!.GetAttribute("xml:lang"));
        Assert.Null(page.Items.Next());
        Assert.True(page.IsLast);
        Assert.Equal(trace, page.Trace);
    }

    [Fact]
    public void APageWithoutATraceHasAnEmptyOne()
    {
        using LentBytes bytes = new("");

        Assert.Empty(Results.From(new PageDocument(3, false, null, 0, null), bytes.Handle).Trace);
    }

    [Fact]
    public void AReportHasAllThatTheDocumentSays()
    {
        TeardownReport report = Report(
            """
            {"computerName":"server01","state":"Broken","graceful":true,"elapsedMs":12.5,"operations":{"cancelled":1},
            "commands":{"terminated":2,"abandoned":3},"shells":{"deleted":4,"abandoned":5},
            "enumerations":{"released":6,"abandoned":7},"connections":{"closed":8},"secretsWiped":true,
            "steps":[{"step":"close","startMs":2.5,"ms":1.5,"result":"ok"}],"warnings":["left"]}
            """);

        Assert.Equal(
            ("server01", "Broken", true, 12.5, true),
            (report.ComputerName, report.State, report.Graceful, report.ElapsedMs, report.SecretsWiped));
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8],
            [
                report.OperationsCancelled, report.CommandsTerminated, report.CommandsAbandoned, report.ShellsDeleted,
                report.ShellsAbandoned, report.EnumerationsReleased, report.EnumerationsAbandoned,
                report.ConnectionsClosed,
            ]);
        Assert.Equal("close: ok, at 2.5 ms for 1.5 ms", Assert.Single(report.Steps).ToString());
        Assert.Equal("left", Assert.Single(report.Warnings));
    }

    [Fact]
    public void AReportNamesTheServiceTheUserAndTheMoment()
    {
        TeardownReport report = Report(
            """
            {"computerName":"a","connectionUri":"http://a:5985/wsman","userName":"admin",
            "startTime":"2026-01-31T23:59:59.120Z","state":"Closed"}
            """);

        Assert.Equal(("http://a:5985/wsman", "admin"), (report.ConnectionUri, report.UserName));
        Assert.Equal(new DateTime(2026, 1, 31, 23, 59, 59, 120, DateTimeKind.Utc), report.StartTime);
        Assert.Equal(DateTimeKind.Utc, report.StartTime.Kind);
    }

    [Fact]
    public void TheJsonOfAReportIsTheDocumentOfTheLibraryInOneLine()
    {
        const string document =
            """
            {"computerName":"a","connectionUri":"http://a:5985/wsman","userName":"\u00fc\"<'","state":"Closed",
            "startTime":"2026-01-31T23:59:59.120Z","graceful":true,"elapsedMs":12.4,"secretsWiped":false,
            "shells":{"deleted":4},"later":{"more":[1]},
            "steps":[{"step":"x","startMs":0.5,"ms":1.5,"result":"ok","later":2}],
            "warnings":["left"]}
            """;

        string json = Report(document).ToJson();

        Assert.DoesNotContain('\n', json);
        Assert.Contains("ü\\\"<'", json, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse(document).RootElement, JsonDocument.Parse(json).RootElement));
    }

    [Fact]
    public void ACountThatIsLeftOutIsZero()
    {
        TeardownReport report = Report("""{"computerName":"a","state":"Closed","shells":{}}""");

        Assert.Equal((0, 0, false), (report.ShellsDeleted, report.OperationsCancelled, report.Graceful));
        Assert.Empty(report.Steps);
        Assert.Empty(report.Warnings);
        Assert.Null(Results.From((ReportDocument?)null));
    }

    private static T Read<T>(string json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type)!;

    private static IReadOnlyList<ClientSetting> Settings(string json) =>
        Results.From(Read(json, DocumentContext.Default.SettingsDocument));

    private static TeardownReport Report(string json) =>
        Results.From(Read(json, DocumentContext.Default.ReportDocument));
}
