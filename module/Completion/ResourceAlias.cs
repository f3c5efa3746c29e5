namespace Microsoft.WSMan.Management;

/// <summary>The short forms of resource URIs, as the core has them (protocol/message/resource.cpp).</summary>
internal static class ResourceAlias
{
    internal static readonly IReadOnlyDictionary<string, string> All =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["winrm"] = "http://schemas.microsoft.com/wbem/wsman/1",
            ["wsman"] = "http://schemas.microsoft.com/wbem/wsman/1",
            ["wmi"] = "http://schemas.microsoft.com/wbem/wsman/1/wmi",
            ["wmicimv2"] = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2",
            ["cimv2"] = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2",
            ["shell"] = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
        };

    /// <summary>The long form; what has none stays as it is.</summary>
    public static string Expand(string uri)
    {
        string[] parts = uri.Split('/', 2);
        return All.TryGetValue(parts[0], out string? meaning)
            ? string.Join('/', parts.Skip(1).Prepend(meaning))
            : uri;
    }
}
