namespace Microsoft.WSMan.Management;

/// <summary>A session as it was at one moment. Only number and state are known of a closed one.</summary>
internal sealed record SessionInfo(
    ulong Id,
    string ComputerName,
    WSManSessionState State,
    string ConnectionUri,
    string Authentication,
    string UserName,
    int Connections,
    int OpenEnumerations,
    int OpenShells);
