using System.Security;
using System.Text;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>The octets of a document as a request sends them.</summary>
internal static class ConfigBody
{
    /// <summary>
    /// The document with its secrets in their places. A secret is in this array alone, which does not move and
    /// which the caller clears: it is part of no string and of no XML node.
    /// </summary>
    public static byte[] Octets(ConfigDocument document)
    {
        byte[] octets = Encoding.UTF8.GetBytes(ConfigXml.ToSend(document.Root));
        foreach (BodySecret secret in document.Secrets)
        {
            byte[] filled = Fill(octets, Encoding.UTF8.GetBytes(secret.Name), secret.Value);
            Array.Clear(octets);
            octets = filled;
        }

        return octets;
    }

    private static unsafe byte[] Fill(byte[] octets, byte[] place, SecureString value)
    {
        int at = octets.AsSpan().IndexOf(place);
        if (at < 0)
        {
            return [.. octets];
        }

        using SecretUtf8 secret = new(value);
        ReadOnlySpan<byte> plain = new(secret.Octets, checked((int)secret.Length));
        int length = 0;
        foreach (byte octet in plain)
        {
            length += Escaped(octet).Length;
        }

        byte[] filled = GC.AllocateUninitializedArray<byte>(octets.Length - place.Length + length, pinned: true);
        octets.AsSpan(0, at).CopyTo(filled);
        int end = at;
        for (int i = 0; i < plain.Length; i++)
        {
            ReadOnlySpan<byte> markup = Escaped(plain[i]);
            if (markup.Length == 1)
            {
                filled[end] = plain[i];
            }
            else
            {
                markup.CopyTo(filled.AsSpan(end));
            }

            end += markup.Length;
        }

        octets.AsSpan(at + place.Length).CopyTo(filled.AsSpan(end));
        return filled;
    }

    // What an attribute and an element's text must not have as it is. Any other octet stands for itself.
    private static ReadOnlySpan<byte> Escaped(byte octet) => octet switch
    {
        (byte)'&' => "&amp;"u8,
        (byte)'<' => "&lt;"u8,
        (byte)'>' => "&gt;"u8,
        (byte)'"' => "&quot;"u8,
        (byte)'\t' => "&#9;"u8,
        (byte)'\n' => "&#10;"u8,
        (byte)'\r' => "&#13;"u8,
        _ => " "u8,
    };
}
