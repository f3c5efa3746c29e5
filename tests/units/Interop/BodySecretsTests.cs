using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class BodySecretsTests
{
    [Fact]
    public unsafe void EachSecretStandsBesideItsPlaceholder()
    {
        SecretEntry[] entries =
            [new(Samples.Secret("pä€😀")), new("plain"), new("")];

        using BodySecrets secrets = new(entries);

        Assert.Equal(3, secrets.Count);
        string[] texts = ["pä€😀", "plain", ""];
        for (int i = 0; i < 3; i++)
        {
            NativeSecret secret = secrets.Entries[i];
            Assert.Equal(entries[i].Placeholder, Bytes.Text(secret.Placeholder, (nuint)entries[i].Placeholder.Length));
            Assert.Equal(0, secret.Placeholder[entries[i].Placeholder.Length]);
            Assert.Equal(texts[i], Bytes.Text(secret.Bytes, secret.Length));
        }
    }

    [Fact]
    public void NoSecretsAreNone()
    {
        using BodySecrets none = new(null);
        using BodySecrets empty = new([]);

        Assert.Equal((0, 0), (none.Count, empty.Count));
    }
}
