namespace Microsoft.WSMan.Management;

/// <summary>Completes the path of the URL at which a service listens.</summary>
internal sealed class ApplicationNameCompleter : ValueCompleter
{
    private protected override IEnumerable<Candidate> Candidates(AskedValue asked) => WSManClient.Sessions()
        .Select(session => new Candidate(PathOf(session.ConnectionUri), $"As of {session.ComputerName}"))
        .Prepend(new Candidate("wsman", "Where services listen unless they are told otherwise"));

    private static string PathOf(string connectionUri) =>
        Uri.TryCreate(connectionUri, UriKind.Absolute, out Uri? uri) ? uri.AbsolutePath.TrimStart('/') : "";
}
