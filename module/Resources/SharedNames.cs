using System.Runtime.CompilerServices;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A name table for documents that have the same names and may be used by several threads at a time:
/// <see cref="NameTable"/> is safe for one only, and a pipeline hands out documents while it makes others. Names are
/// looked up without a lock; each document asks for all that it has.
/// </summary>
internal sealed class SharedNames : XmlNameTable
{
    private readonly object _growth = new();

    // The names of the table that were asked for last, by their identity: a document asks with names that it got here.
    private readonly string?[] _recent = new string?[256];

    // An entry never changes once it is here, and the array is replaced when it grows. A reader of an old one misses
    // what is new, and looks again under the lock.
    private Entry?[] _buckets = new Entry?[64];

    private int _count;

    public override string Add(string array)
    {
        ref string? recent = ref _recent[RuntimeHelpers.GetHashCode(array) & (_recent.Length - 1)];
        if (ReferenceEquals(recent, array))
        {
            return array;
        }

        string name = Find(array) ?? Insert(array, array);
        if (ReferenceEquals(name, array))
        {
            recent = name;
        }

        return name;
    }

    public override string Add(char[] array, int offset, int length)
    {
        ReadOnlySpan<char> text = array.AsSpan(offset, length);
        return Find(text) ?? Insert(text, null);
    }

    public override string? Get(string array) => Find(array);

    public override string? Get(char[] array, int offset, int length) => Find(array.AsSpan(offset, length));

    private static string? Find(Entry?[] buckets, int hash, ReadOnlySpan<char> text)
    {
        for (Entry? entry = Volatile.Read(ref Bucket(buckets, hash)); entry is not null; entry = entry.Next)
        {
            if (entry.Hash == hash && text.SequenceEqual(entry.Name))
            {
                return entry.Name;
            }
        }

        return null;
    }

    // The number of buckets is a power of two.
    private static ref Entry? Bucket(Entry?[] buckets, int hash) => ref buckets[hash & (buckets.Length - 1)];

    // Names are a server's: the hash has a seed of the process.
    private string? Find(ReadOnlySpan<char> text) => Find(Volatile.Read(ref _buckets), string.GetHashCode(text), text);

    private string Insert(ReadOnlySpan<char> text, string? name)
    {
        int hash = string.GetHashCode(text);
        lock (_growth)
        {
            if (Find(_buckets, hash, text) is { } known)
            {
                return known;
            }

            if (++_count > _buckets.Length)
            {
                Volatile.Write(ref _buckets, Grown());
            }

            name ??= new string(text);
            ref Entry? bucket = ref Bucket(_buckets, hash);
            Volatile.Write(ref bucket, new Entry(name, hash, bucket));
            return name;
        }
    }

    private Entry?[] Grown()
    {
        Entry?[] larger = new Entry?[2 * _buckets.Length];
        foreach (Entry? first in _buckets)
        {
            for (Entry? entry = first; entry is not null; entry = entry.Next)
            {
                ref Entry? bucket = ref Bucket(larger, entry.Hash);
                bucket = new Entry(entry.Name, entry.Hash, bucket);
            }
        }

        return larger;
    }

    private sealed record Entry(string Name, int Hash, Entry? Next);
}
