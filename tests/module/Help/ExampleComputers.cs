using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Tests.Help;

/// <summary>The computers and the user that the examples name, and the service that plays them.</summary>
internal sealed class ExampleComputers : IDisposable
{
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
        Service = EndpointProcess.Start([.. _addresses.Values, "127.0.0.1"]);
    }

    public EndpointProcess Service { get; }

    /// <summary>The text with the names that mean something here.</summary>
    public string ToHere(string text) =>
        _here.Aggregate(text, (t, e) => Regex.Replace(t, $@"\b{e.Key}\b", e.Value));

    /// <summary>The text with the names of the help.</summary>
    public string ToHelp(string text) =>
        _here.Aggregate(text, (t, e) => Regex.Replace(t, $@"\b{Regex.Escape(e.Value)}\b", e.Key));

    /// <summary>The computers that a text of the help names.</summary>
    public IEnumerable<string> NamesIn(string text) =>
        _addresses.Keys.Where(n => Regex.IsMatch(text, $@"\b{n}\b"));

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
