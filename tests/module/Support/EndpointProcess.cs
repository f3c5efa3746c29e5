using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// A loopback service, and what it counts. It ends with this object, and with the test process: its
/// standard input is a pipe that closes then.
/// </summary>
internal sealed class EndpointProcess : IDisposable
{
    /// <summary>The one user that every service of the tests knows.</summary>
    public const string UserName = "tester";

    /// <summary>Made anew for every test process, so that it can be looked for where it must not be.</summary>
    public static readonly string Password = $"Pw-{Guid.NewGuid():N}";

    private readonly Process _process;
    private readonly HttpClient _control;

    private EndpointProcess(Process process, Ready ready)
    {
        _process = process;
        Http = ready.Http;
        Https = ready.Https;
        _control = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{ready.Control}/"),
            Timeout = Bounds.Patience,
        };
    }

    /// <summary>The address of its counts.</summary>
    public Uri Control => _control.BaseAddress!;

    /// <summary>The port of http, the same on every address.</summary>
    public int Http { get; }

    /// <summary>The port of https, the same on every address.</summary>
    public int Https { get; }

    /// <summary>Starts a service and returns when it listens.</summary>
    /// <param name="addresses">Where it listens; its certificate names them.</param>
    /// <param name="outsideCertificate">Where it listens too, without being named.</param>
    /// <param name="authorityFolder">The authority that signs its certificate.</param>
    /// <param name="more">Further options of its command line.</param>
    /// <param name="environment">Variables that are added to its environment.</param>
    public static EndpointProcess Start(
        IEnumerable<string> addresses,
        IEnumerable<string>? outsideCertificate = null,
        string? authorityFolder = null,
        IEnumerable<string>? more = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(Locations.Endpoint)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] always =
        [
            "--user", UserName, "--password", Password,
            "--ca-directory", authorityFolder ?? TestProcess.AuthorityFolder,
        ];
        string[] arguments =
        [
            .. addresses.SelectMany(a => new[] { "--address", a }),
            .. (outsideCertificate ?? []).SelectMany(a => new[] { "--outside-certificate", a }),
            .. always,
            .. more ?? [],
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        Task<string?> line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Bounds.Patience) || line.Result is not string text)
        {
            process.Kill();
            throw new InvalidOperationException($"{Locations.Endpoint} did not say that it is ready.");
        }

        return new EndpointProcess(process, JsonSerializer.Deserialize<Ready>(text)!);
    }

    /// <summary>What it counts now.</summary>
    public EndpointCounts Counts() => Ask("counts");

    /// <summary>The last requests, as JSON.</summary>
    public string Last(int count) => _control.GetStringAsync($"last?n={count}").GetAwaiter().GetResult();

    /// <summary>What it counts once that many connections are open, or after a few seconds if they never are.</summary>
    public EndpointCounts CountsAt(int connections, string? address = null)
    {
        string only = address is null ? "" : $"&address={address}";
        int wait = (int)Bounds.Of(TimeSpan.FromSeconds(5)).TotalMilliseconds;
        return Ask($"counts?connections={connections}&wait={wait}{only}");
    }

    /// <summary>
    /// What it counts once that many are open of "contexts", "shells" or "commands", or after a few seconds if
    /// they never are.
    /// </summary>
    public EndpointCounts WaitFor(string what, int count)
    {
        int wait = (int)Bounds.Of(TimeSpan.FromSeconds(5)).TotalMilliseconds;
        return Ask($"counts?{what}={count}&wait={wait}");
    }

    /// <summary>Holds back what comes by the path gate/…, until <see cref="OpenGate"/>.</summary>
    public void ShutGate() => Order("shut");

    /// <summary>Lets through what waits at the gate, and what comes later.</summary>
    public void OpenGate() => Order("open");

    /// <summary>Ends it at once, as a server that goes away does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit(Bounds.Patience);
    }

    /// <summary>Stops it from doing anything, with its sockets open, until the result is disposed.</summary>
    public IDisposable Freeze()
    {
        Signal("STOP");
        return new Thaw(this);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Bounds.Of(TimeSpan.FromSeconds(10))))
        {
            _process.Kill();
        }

        _process.Dispose();
        _control.Dispose();
    }

    private EndpointCounts Ask(string what) =>
        _control.GetFromJsonAsync<EndpointCounts>(what).GetAwaiter().GetResult()!;

    private void Order(string what) =>
        _control.PostAsync(what, null).GetAwaiter().GetResult().EnsureSuccessStatusCode().Dispose();

    private void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit(Bounds.Patience);
    }

    private sealed class Thaw(EndpointProcess service) : IDisposable
    {
        public void Dispose() => service.Signal("CONT");
    }

    private sealed record Ready(
        [property: JsonPropertyName("http")] int Http,
        [property: JsonPropertyName("https")] int Https,
        [property: JsonPropertyName("control")] int Control);
}
