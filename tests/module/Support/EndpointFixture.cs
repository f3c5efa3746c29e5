namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// The computers of one test class: a loopback service of its own on a network of its own.
/// </summary>
public sealed class EndpointFixture : IDisposable
{
    private readonly string _network = Addresses.NextNetwork();

    public EndpointFixture()
    {
        Service = EndpointProcess.Start([One, Two, Three, Ten], [OutsideCertificate]);
    }

    /// <summary>The first computer. Its name is the beginning of the name of <see cref="Ten"/>.</summary>
    public string One => $"{_network}.1";

    public string Two => $"{_network}.2";

    public string Three => $"{_network}.3";

    public string Ten => $"{_network}.10";

    /// <summary>A computer whose certificate has other names.</summary>
    public string OutsideCertificate => $"{_network}.20";

    /// <summary>An address of the network where nobody listens.</summary>
    public string Nobody => $"{_network}.99";

    internal EndpointProcess Service { get; }

    /// <summary>Whether a name is that of a computer of this class, in whatever spelling.</summary>
    public bool Has(string name)
    {
        // All octets but the first, which can be written in letters, and the last, which is the computer's.
        string middle = _network[_network.IndexOf('.', StringComparison.Ordinal)..] + ".";
        return name[..(name.LastIndexOf('.') + 1)].EndsWith(middle, StringComparison.Ordinal);
    }

    /// <summary>Another name of the same computer, with letters in it, in lower case.</summary>
    public static string WithLetters(string name) => "0x7f" + name[name.IndexOf('.')..];

    public void Dispose() => Service.Dispose();
}
