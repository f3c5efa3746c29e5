namespace Microsoft.WSMan.Management;

/// <summary>One line that the native library says about an exchange with a server; no secret is in it.</summary>
/// <param name="Level">The stream that the line is for: <see cref="Verbose"/> or <see cref="Debug"/>.</param>
/// <param name="Text">The line.</param>
internal sealed record TraceLine(string Level, string Text)
{
    /// <summary>The level of a request that asks for a line an exchange, and of these lines.</summary>
    public const string Verbose = "verbose";

    /// <summary>The level of a request that asks for the envelopes too, and of these lines.</summary>
    public const string Debug = "debug";

    public bool IsDebug => Level == Debug;
}
