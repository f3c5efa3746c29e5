using System.Security;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class SecretUtf8Tests
{
    [Theory]
    [InlineData("hidden", 6)]
    [InlineData("pä€😀", 10)]
    [InlineData("a\0b", 3)]
    public void ASecretIsUtf8OfItsWholeLength(string text, int length)
    {
        using SecretUtf8 secure = new(Samples.Secret(text));
        using SecretUtf8 plain = new(text);

        Assert.Equal((text, text), (Bytes.Text(secure), Bytes.Text(plain)));
        Assert.Equal(((nuint)length, (nuint)length), (secure.Length, plain.Length));
    }

    [Fact]
    public unsafe void NoSecretIsNoPointer()
    {
        using SecretUtf8 none = new((SecureString?)null);
        using SecretUtf8 empty = new(new SecureString());
        using SecretUtf8 text = new("");

        Assert.True(none.Bytes is null && empty.Bytes is null && text.Bytes is null);
        Assert.Equal((nuint)0, none.Length + empty.Length + text.Length);
    }

    [Fact]
    public unsafe void DisposingTwiceIsHarmless()
    {
        SecretUtf8 secret = new("hidden");
        secret.Dispose();
        secret.Dispose();

        Assert.True(secret.Bytes is null);
        Assert.Equal((nuint)0, secret.Length);
    }
}
