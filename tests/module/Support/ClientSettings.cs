using System.Text.Json;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>The client settings file that the native core reads, written for one process under test.</summary>
internal static class ClientSettings
{
    /// <summary>Makes <paramref name="configurationHome"/>/wsman/client.json.</summary>
    /// <param name="configurationHome">What XDG_CONFIG_HOME is set to.</param>
    /// <param name="authority">The certificate of the authority to trust.</param>
    /// <param name="ports">The default ports, http and https.</param>
    /// <param name="more">Further members.</param>
    public static void Write(
        string configurationHome,
        string authority,
        (int Http, int Https)? ports = null,
        IReadOnlyDictionary<string, object>? more = null)
    {
        Dictionary<string, object> members = new(more ?? new Dictionary<string, object>())
        {
            ["TrustedCAPath"] = authority,
        };
        if (ports is (int http, int https))
        {
            members["DefaultPorts"] = new Dictionary<string, int> { ["HTTP"] = http, ["HTTPS"] = https };
        }

        WriteText(configurationHome, JsonSerializer.Serialize(members));
    }

    /// <summary>Makes the file with this text, which need not be JSON. Returns its path.</summary>
    public static string WriteText(string configurationHome, string text)
    {
        string folder = Path.Combine(configurationHome, "wsman");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "client.json");
        File.WriteAllText(file, text);
        return file;
    }
}
