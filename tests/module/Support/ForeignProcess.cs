using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// A program of tests/gss that nobody here wrote, behind a script that says in one JSON line where it listens. It
/// ends with this object, and with the test process.
/// </summary>
internal abstract class ForeignProcess : IDisposable
{
    // The packages of the parts, on a slow line.
    private static readonly TimeSpan s_fetching = TimeSpan.FromMinutes(4);

    private readonly Process _process;

    private bool _ended;

    protected ForeignProcess(
        string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        ProcessStartInfo start = new(Locations.InRepository($"tests/gss/{script}"))
        {
            ArgumentList = { "--parts", Locations.InRepository("out/gss") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(s_fetching) || line.Result is not string text)
        {
            _process.StandardInput.Close();
            throw new InvalidOperationException($"{start.FileName} did not say that it is ready.");
        }

        About = JsonDocument.Parse(text).RootElement;
    }

    /// <summary>What it said of itself.</summary>
    protected JsonElement About { get; }

    /// <summary>Its port of http.</summary>
    public int Http => About.GetProperty("http").GetInt32();

    /// <summary>What it has written into its log until now.</summary>
    public string Log => File.ReadAllText(About.GetProperty("log").GetString()!);

    /// <summary>Ends it. May be called twice.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Bounds.Patience))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}

/// <summary>apache2 in front of a loopback service, or as a proxy.</summary>
internal sealed class ApacheProcess(
    EndpointProcess service, IReadOnlyDictionary<string, string>? environment, params string[] more)
    : ForeignProcess(
        "apache.py",
        [
            "--backend", $"http://127.0.0.1:{service.Http}",
            "--user", EndpointProcess.UserName,
            "--password", EndpointProcess.Password,
            "--ca-directory", TestProcess.AuthorityFolder,
            .. more,
        ],
        environment)
{
    /// <summary>Its port of https; the certificate is of the tests' authority.</summary>
    public int Https => About.GetProperty("https").GetInt32();
}

/// <summary>tinyproxy, which connects whoever knows the password of the services' user.</summary>
internal sealed class TinyproxyProcess(IReadOnlyDictionary<string, string> names)
    : ForeignProcess(
        "tinyproxy.py", ["--user", EndpointProcess.UserName, "--password", EndpointProcess.Password], names);
