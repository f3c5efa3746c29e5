using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class ReportsTests
{
    [Fact]
    public void AReportHasAllThatTheDocumentSays()
    {
        TeardownReport report = From(
            """
            {"computerName":"server01","state":"Broken","graceful":true,"elapsedMs":12.5,"operations":{"cancelled":1},
            "commands":{"terminated":2,"abandoned":3},"shells":{"deleted":4,"abandoned":5},
            "enumerations":{"released":6,"abandoned":7},"connections":{"closed":8},"secretsWiped":true,
            "steps":[{"step":"close","ms":1.5,"result":"ok"}],"warnings":["left"]}
            """);

        Assert.Equal(
            ("server01", WSManSessionState.Broken, true, 12.5, true),
            (report.ComputerName, report.State, report.Graceful, report.ElapsedMs, report.SecretsWiped));
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8],
            [
                report.OperationsCancelled, report.CommandsTerminated, report.CommandsAbandoned, report.ShellsDeleted,
                report.ShellsAbandoned, report.EnumerationsReleased, report.EnumerationsAbandoned,
                report.ConnectionsClosed,
            ]);
        Assert.Equal("close: ok, 1.5 ms", Assert.Single(report.Steps).ToString());
        Assert.Equal("left", Assert.Single(report.Warnings));
    }

    [Fact]
    public void WhatIsNotCountedIsZero()
    {
        TeardownReport report = From("""{"computerName":"a","state":"Closed","shells":{}}""");

        Assert.Equal((0, 0, false), (report.ShellsDeleted, report.OperationsCancelled, report.Graceful));
        Assert.Empty(report.Steps);
        Assert.Empty(report.Warnings);
        Assert.Null(Reports.From(null));
    }

    private static TeardownReport From(string json) =>
        Reports.From(JsonSerializer.Deserialize(json, DocumentContext.Default.ReportDocument)!);
}
