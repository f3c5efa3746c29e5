using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// apache2 with mod_auth_gssapi in front of a loopback service (tests/gss): an acceptor that nobody here wrote. It
/// ends with this object, and with the test process.
/// </summary>
internal sealed class ApacheProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="realm">Whose services it is one of.</param>
    /// <param name="service">What it leads to, with Basic.</param>
    public ApacheProcess(Realm realm, EndpointProcess service)
    {
        ProcessStartInfo start = new(Locations.InRepository("tests/gss/apache.py"))
        {
            ArgumentList =
            {
                "--parts", Locations.InRepository("out/gss"),
                "--backend", $"http://127.0.0.1:{service.Http}",
                "--user", EndpointProcess.UserName,
                "--password", EndpointProcess.Password,
                "--ca-directory", TestProcess.AuthorityFolder,
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in realm.Service)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Bounds.Patience) || line.Result is not string text)
        {
            _process.StandardInput.Close();
            throw new InvalidOperationException($"{start.FileName} did not say that it is ready.");
        }

        JsonElement about = JsonDocument.Parse(text).RootElement;
        Http = about.GetProperty("http").GetInt32();
        Https = about.GetProperty("https").GetInt32();
    }

    /// <summary>Its port of http.</summary>
    public int Http { get; }

    /// <summary>Its port of https; the certificate is of the tests' authority.</summary>
    public int Https { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Bounds.Patience))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
