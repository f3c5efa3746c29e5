namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// Hands out loopback networks. The session registry is one per process and its keys are computer
/// names, so test classes that run side by side must never use the same address.
/// </summary>
internal static class Addresses
{
    private static int s_last;

    /// <summary>The first three octets of a network that nobody else in this process has.</summary>
    public static string NextNetwork()
    {
        int number = Interlocked.Increment(ref s_last);
        return $"127.{10 + (number / 250)}.{1 + (number % 250)}";
    }
}
