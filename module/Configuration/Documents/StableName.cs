using System.Globalization;
using System.Text;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Names of items that have none on the server, such as Listener_1234567890. The number is the 32-bit FNV-1a
/// hash of the keys that tell the item from its siblings, in lower case and UTF-8. Users rely on the number:
/// the same item has the same name in every process and in every version.
/// </summary>
internal static class StableName
{
    private const uint OffsetBasis = 2166136261;

    private const uint Prime = 16777619;

    /// <summary>The name of a listener, a mapping, a resource and so on.</summary>
    /// <param name="prefix">The kind of item.</param>
    /// <param name="key">The keys that tell the item from its siblings, such as Address=*+Transport=HTTP.</param>
    public static string Of(string prefix, string key)
    {
        // string.GetHashCode would not do: it differs from process to process.
        uint hash = OffsetBasis;
        foreach (byte b in Encoding.UTF8.GetBytes(key.ToLowerInvariant()))
        {
            hash = unchecked((hash ^ b) * Prime);
        }

        return $"{prefix}_{hash.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>
    /// The names of items in their order, no two the same. Where two have the same key or hash, the later one
    /// counts on.
    /// </summary>
    public static IReadOnlyList<string> OfAll(string prefix, IEnumerable<string> keys)
    {
        Dictionary<string, int> counts = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> taken = [];
        List<string> names = [];
        foreach (string key in keys)
        {
            // The count is of the key and not of the name, so that an item keeps its name when one with another key
            // comes or goes.
            int count = counts.GetValueOrDefault(key);
            string name;
            do
            {
                name = Of(prefix, count == 0 ? key : $"{key}+{count}");
                count++;
            }
            while (!taken.Add(name));
            counts[key] = count;
            names.Add(name);
        }

        return names;
    }
}
