namespace Microsoft.WSMan.Management;

/// <summary>A session that was just opened, and the report on the one that it replaced, if any.</summary>
/// <param name="ComputerName">The name of the session.</param>
/// <param name="ConnectionUri">The address of the service.</param>
/// <param name="ProductVendor">The vendor that the service names in its answer to Identify; null if it names
/// none.</param>
/// <param name="ProductVersion">The version that it names; null if it names none.</param>
/// <param name="Replaced">How the session ended that was open under the name; null if there was none.</param>
/// <param name="Trace">The exchanges that opened the session.</param>
internal sealed record ConnectResult(
    string ComputerName,
    string ConnectionUri,
    string? ProductVendor,
    string? ProductVersion,
    TeardownReport? Replaced,
    IReadOnlyList<TraceLine> Trace)
{
    /// <summary>One line for the verbose stream: the address and the product that answered there.</summary>
    public override string ToString() =>
        $"{ComputerName}: connected to {ConnectionUri} ({ProductVendor} {ProductVersion})";
}
