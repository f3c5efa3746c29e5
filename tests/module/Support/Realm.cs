using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// A Kerberos realm and an NTLM domain on loopback (tests/gss). It ends with this object, and with the test process:
/// its standard input is a pipe that closes then.
/// </summary>
internal sealed class Realm : IDisposable
{
    // The packages of the parts, on a slow line.
    private static readonly TimeSpan s_fetching = TimeSpan.FromMinutes(4);

    private readonly Process _process;

    private Realm(Process process, JsonElement about)
    {
        _process = process;
        Client = Variables(about, "client");
        Service = Variables(about, "service");
        Clock = Variables(about, "clock");
        Names = Variables(about, "names");
        Hosts = Variables(about, "hosts");
        Password = about.GetProperty("users").GetProperty(EndpointProcess.UserName).GetString()!;
    }

    /// <summary>What a client adds to its environment. It has a ticket of the user then.</summary>
    public IReadOnlyDictionary<string, string> Client { get; }

    /// <summary>What a service adds to its environment.</summary>
    public IReadOnlyDictionary<string, string> Service { get; }

    /// <summary>What a service adds besides, with FAKETIME, to live at another time.</summary>
    public IReadOnlyDictionary<string, string> Clock { get; }

    /// <summary>What a client adds besides, to find its hosts by their names.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    /// <summary>Its hosts: names and addresses.</summary>
    public IReadOnlyDictionary<string, string> Hosts { get; }

    /// <summary>The password that the services' one user has in the realm.</summary>
    public string Password { get; }

    /// <summary>Makes a realm and returns when its KDC answers. The parts are fetched first if they are missing.</summary>
    public static Realm Start()
    {
        ProcessStartInfo start = new(Locations.InRepository("tests/gss/realm.py"))
        {
            ArgumentList = { "--parts", Locations.InRepository("out/gss") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        Task<string?> line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(s_fetching) || line.Result is not string text)
        {
            process.StandardInput.Close();
            throw new InvalidOperationException($"{start.FileName} did not say that it is ready.");
        }

        return new Realm(process, JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Makes a service of this name known to the KDC, and gives its key to the services here.</summary>
    public void AddService(string principal)
    {
        _process.StandardInput.WriteLine($"service {principal}");
        _process.StandardInput.Flush();
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        Assert.True(answer.Wait(Bounds.Patience), "The realm does not answer.");
        Assert.Equal($$"""{"service": "{{principal}}"}""", answer.Result);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Bounds.Patience))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static Dictionary<string, string> Variables(JsonElement about, string whose) =>
        about.GetProperty(whose).EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString()!);
}
