namespace Microsoft.WSMan.Management;

/// <summary>Tells by its name whether a value is a secret.</summary>
internal static class SecretName
{
    /// <summary>What is shown in the place of a secret.</summary>
    public const string Mask = "*****";

    // The core masks debug traces by the same words (mask.cpp); a unit test compares the lists.
    private static readonly string[] s_words = ["password", "passwd", "passphrase", "secret"];

    /// <summary>
    /// Whether a value of this name is taken for a secret: one of the words is in it, in any letter case.
    /// </summary>
    public static bool Matches(string name) =>
        s_words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    internal static IReadOnlyList<string> Words => s_words;
}
