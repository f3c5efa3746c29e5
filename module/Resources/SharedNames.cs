using System.Collections.Concurrent;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A name table for documents that have the same names and may be used by several threads at a time:
/// <see cref="NameTable"/> is safe for one only, and a pipeline hands out documents while it makes others.
/// </summary>
internal sealed class SharedNames : XmlNameTable
{
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public override string Add(string array) => _names.GetOrAdd(array, array);

    public override string Add(char[] array, int offset, int length) => Add(new string(array, offset, length));

    public override string? Get(string array) => _names.GetValueOrDefault(array);

    public override string? Get(char[] array, int offset, int length) => Get(new string(array, offset, length));
}
