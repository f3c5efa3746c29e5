namespace Microsoft.WSMan.Management.Tests.Localhost;

/// <summary>
/// The session named localhost is one per process, so what makes it, or relies on there being none, runs
/// alone.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LocalhostCollection : ICollectionFixture<LocalhostFixture>
{
    public const string Name = "localhost";
}

/// <summary>A service that is reached as localhost, as through a tunnel.</summary>
public sealed class LocalhostFixture : IDisposable
{
    internal EndpointProcess Service { get; } = EndpointProcess.Start(["127.0.0.1"]);

    public void Dispose() => Service.Dispose();
}
