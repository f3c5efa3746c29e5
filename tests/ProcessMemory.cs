using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;

// Looks for copies of a secret in the memory of a process. Compiled by Teardown.Memory.Tests.ps1.
public static class ProcessMemory
{
    // The shortest part of a secret that counts as a copy.
    private const int Part = 12;
    private const int Window = 1 << 20;

    // How many places hold twelve bytes or more of a form of the password, in a row. The password has letters and
    // digits only; the user stands before it in Basic's base64.
    public static int CountCopies(int process, string user, string password)
    {
        byte[][] needles =
        {
            Encoding.UTF8.GetBytes(password),
            Encoding.Unicode.GetBytes(password),
            Base64Of(user, password),
        };
        bool[] begins = new bool[ushort.MaxValue + 1];
        foreach (byte[] needle in needles)
        {
            for (int i = 0; i + Part <= needle.Length; i++)
            {
                begins[Begin(needle.AsSpan(i))] = true;
            }
        }

        using FileStream memory = new($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
        return Mappings(process).Sum(mapping => CountIn(memory, mapping, needles, begins));
    }

    // Only what the password alone decides: whole groups of three bytes behind the user's name.
    private static byte[] Base64Of(string user, string password)
    {
        int before = user.Length + 1;
        string all = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        int first = (before + 2) / 3 * 4;
        return Encoding.ASCII.GetBytes(all[first..((before + password.Length) / 3 * 4)]);
    }

    private static IEnumerable<(long From, long To)> Mappings(int process)
    {
        foreach (string line in File.ReadLines($"/proc/{process}/maps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] range = words[0].Split('-');
            if (words[1].StartsWith("rw", StringComparison.Ordinal))
            {
                yield return (
                    long.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                    long.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
        }
    }

    private static int CountIn(FileStream memory, (long From, long To) mapping, byte[][] needles, bool[] begins)
    {
        byte[] window = new byte[Window + (4 * Part)];
        int found = 0;
        for (long at = mapping.From; at < mapping.To; at += Window)
        {
            int size = ReadAt(memory, at, window.AsSpan(0, (int)Math.Min(window.Length, mapping.To - at)));
            // A run that begins in the overlap is counted with the next window. Much of what is mapped was never used.
            if (window.AsSpan(0, size).ContainsAnyExcept((byte)0))
            {
                found += CountRuns(window.AsSpan(0, size), Math.Min(size, Window), needles, begins);
            }
        }

        return found;
    }

    private static int ReadAt(FileStream memory, long at, Span<byte> window)
    {
        try
        {
            return RandomAccess.Read(memory.SafeFileHandle, window, at);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // A search takes no longer than it takes the runtime to find out that this is worth compiling well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountRuns(ReadOnlySpan<byte> bytes, int starts, byte[][] needles, bool[] begins)
    {
        int found = 0;
        for (int i = 0; i < starts && i + Part <= bytes.Length; i++)
        {
            if (!begins[Begin(bytes[i..])])
            {
                continue;
            }

            int run = LongestRun(bytes[i..], needles);
            if (run >= Part)
            {
                found++;
                i += run - 1;
            }
        }

        return found;
    }

    // Sixteen bits that stand for four bytes, of which text has too many to look closer each time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Begin(ReadOnlySpan<byte> bytes) =>
        (int)((BinaryPrimitives.ReadUInt32LittleEndian(bytes) * 0x9E3779B1u) >> 16);

    private static int LongestRun(ReadOnlySpan<byte> bytes, byte[][] needles)
    {
        int longest = 0;
        foreach (byte[] needle in needles)
        {
            for (int from = 0; from + Part <= needle.Length; from++)
            {
                longest = Math.Max(longest, needle.AsSpan(from).CommonPrefixLength(bytes));
            }
        }

        return longest;
    }
}
