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
    public static string Of(string prefix, string key) => Name(prefix, Hash(OffsetBasis, key));

    /// <summary>
    /// The names of items in their order, no two the same. Where two have the same key or hash, the later one
    /// counts on.
    /// </summary>
    /// <param name="prefix">The kind of item.</param>
    /// <param name="keys">The keys of the items, without what all of them begin with.</param>
    /// <param name="beginning">What all keys begin with; hashed once, because it may be long.</param>
    public static IReadOnlyList<string> OfAll(string prefix, IEnumerable<string> keys, string beginning = "")
    {
        uint common = Hash(OffsetBasis, beginning);
        Dictionary<string, int> counts = [];
        HashSet<string> taken = [];
        List<string> names = [];
        foreach (string key in keys)
        {
            // An item keeps its name when one with another hash comes or goes. Keys with one hash have the same counted
            // names too, so they share a count: a server may send any number of them, and of long ones, so none is
            // hashed twice.
            uint hash = Hash(common, key);
            string first = Name(prefix, hash);
            int count = counts.GetValueOrDefault(first);
            string name;
            do
            {
                name = count == 0 ? first : Name(prefix, Hash(hash, $"+{count}"));
                count++;
            }
            while (!taken.Add(name));
            counts[first] = count;
            names.Add(name);
        }

        return names;
    }

    // Goes on from the hash of what stands before the text.
    private static uint Hash(uint hash, string text)
    {
        // string.GetHashCode would not do: it differs from process to process.
        foreach (byte b in Encoding.UTF8.GetBytes(text.ToLowerInvariant()))
        {
            hash = unchecked((hash ^ b) * Prime);
        }

        return hash;
    }

    private static string Name(string prefix, uint hash) =>
        $"{prefix}_{hash.ToString(CultureInfo.InvariantCulture)}";
}
