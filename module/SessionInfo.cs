using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>A session as it was at one moment.</summary>
internal sealed record SessionInfo(
    ulong Id,
    string ComputerName,
    WSManSessionState State,
    string ConnectionUri,
    string Authentication,
    string UserName,
    int Connections,
    int OpenEnumerations,
    int OpenShells)
{
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
}

/// <summary>A session that was just opened, and the report on the one that it replaced, if any.</summary>
internal sealed record Connected(
    string ComputerName,
    string ConnectionUri,
    IdentifyDocument? Service,
    TeardownReport? Replaced,
    IReadOnlyList<TraceLine> Trace)
{
    /// <summary>One line for the verbose stream: where, and who answered.</summary>
    public override string ToString() =>
        $"{ComputerName}: connected to {ConnectionUri} ({Service?.ProductVendor} {Service?.ProductVersion})";
}
