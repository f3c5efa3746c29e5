using System.Globalization;
using System.Text;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Names of items that have none on the server, such as Listener_1234567890. The number is the 32-bit FNV-1a
/// hash of what tells the item from its siblings, in lower case and UTF-8. It is part of what users rely on:
/// the same item has the same name in every process and in every version.
/// </summary>
internal static class StableName
{
    private const uint Basis = 2166136261;

    private const uint Prime = 16777619;

    /// <summary>The name of a listener, a mapping, a resource and so on.</summary>
    /// <param name="prefix">The kind of item.</param>
    /// <param name="key">What tells it from its siblings, such as Address=*+Transport=HTTP.</param>
    public static string Of(string prefix, string key)
    {
        uint hash = Basis;
        foreach (byte octet in Encoding.UTF8.GetBytes(key.ToLowerInvariant()))
        {
            hash = unchecked((hash ^ octet) * Prime);
        }

        return $"{prefix}_{hash.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>
    /// The names of items in their order, no two the same. Where two have the same key or hash, the later one
    /// counts on.
    /// </summary>
    public static IReadOnlyList<string> OfAll(string prefix, IEnumerable<string> keys)
    {
        Dictionary<string, int> seen = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> taken = [];
        List<string> names = [];
        foreach (string key in keys)
        {
            int before = seen.GetValueOrDefault(key);
            string name;
            do
            {
                name = Of(prefix, before == 0 ? key : $"{key}+{before}");
                before++;
            }
            while (!taken.Add(name));
            seen[key] = before;
            names.Add(name);
        }

        return names;
    }
}
