using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>The computers and the user that the examples name, and the service that plays them.</summary>
internal sealed class ExampleComputers : IDisposable
{
    // The one computer of the examples in a realm, as the realm knows it.
    private const string RealmName = "server01.wsman.test";

    private readonly Dictionary<string, string> _addresses;
    private readonly Dictionary<string, string> _here;

    public ExampleComputers()
    {
        string network = Addresses.NextNetwork();
        _addresses = new Dictionary<string, string>
        {
            ["server01"] = $"{network}.1",
            ["server02"] = $"{network}.2",
        };
        _here = new Dictionary<string, string>(_addresses) { ["admin"] = EndpointProcess.UserName };
        Service = EndpointProcess.Start([.. _addresses.Values, "127.0.0.1"], more: ["--offer", "basic,digest"]);
    }

    /// <summary>One computer in a realm, which is known by its name and its address there.</summary>
    public ExampleComputers(Realm realm)
    {
        string address = realm.Hosts[RealmName];
        Service = EndpointProcess.Start(
            [address],
            more: ["--offer", "negotiate,kerberos,credssp", "--password", realm.Password],
            environment: realm.Service);
        _addresses = new Dictionary<string, string>
        {
            ["server01.example.com"] = RealmName,
            ["192.0.2.7"] = address,
        };
        _here = new Dictionary<string, string>(_addresses) { ["5985"] = $"{Service.Http}" };
        realm.AddService($"HTTP/{RealmName}:{Service.Http}");
    }

    private ExampleComputers(EndpointProcess service, Dictionary<string, string> addresses)
    {
        Service = service;
        _addresses = addresses;
        _here = addresses;
    }

    /// <summary>One computer that is reached over something in front of it, at this address.</summary>
    public static ExampleComputers Behind(EndpointProcess service, string address) =>
        new(service, new Dictionary<string, string> { ["server01"] = address });

    /// <summary>One computer of a realm that only a proxy can find.</summary>
    public static ExampleComputers BehindProxy(Realm realm, TinyproxyProcess proxy) => new(
        EndpointProcess.Start([realm.Hosts[RealmName]], more: ["--name", RealmName]),
        new Dictionary<string, string>
        {
            ["server01.example.com"] = RealmName,
            ["192.0.2.8:3128"] = $"127.0.0.1:{proxy.Http}",
        });

    public EndpointProcess Service { get; }

    /// <summary>The text with the names that mean something here.</summary>
    public string ToHere(string text) =>
        _here.Aggregate(text, (t, e) => Regex.Replace(t, $@"\b{Regex.Escape(e.Key)}\b", e.Value));

    /// <summary>The text with the names of the help.</summary>
    public string ToHelp(string text) =>
        _here.Aggregate(text, (t, e) => Regex.Replace(t, $@"\b{Regex.Escape(e.Value)}\b", e.Key));

    /// <summary>The computers that a text of the help names.</summary>
    public IEnumerable<string> NamesIn(string text) =>
        _addresses.Keys.Where(n => Regex.IsMatch(text, $@"\b{Regex.Escape(n)}\b"));

    /// <summary>Asserts that the service holds nothing for anybody.</summary>
    public void AssertNothingIsLeft()
    {
        Assert.Equal(0, Service.CountsAt(0).Connections);
        using HttpClient control = new() { BaseAddress = Service.Control, Timeout = Bounds.Patience };
        JsonElement counts = control.GetFromJsonAsync<JsonElement>("counts").GetAwaiter().GetResult();
        string[] held = ["contexts", "shells", "commands"];
        Assert.All(held, h => Assert.Equal((h, 0), (h, counts.GetProperty(h).GetInt32())));
    }

    public void Dispose() => Service.Dispose();
}
