using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class BytesHandleTests
{
    [Theory]
    [InlineData("")]
    [InlineData("ü😀")]
    public void ItsStreamHasTheBytesOfTheLibrary(string text)
    {
        using LentBytes bytes = new(text);
        using StreamReader reader = new(bytes.Handle.Open());
        bytes.Keep();

        Assert.Equal(text, reader.ReadToEnd());
    }

    [Fact]
    public void AHandleWithoutBytesHasAnEmptyStream()
    {
        using BytesHandle none = new();

        Assert.Equal(0, none.Open().Length);
    }

    [Fact]
    public void TheBytesAreGivenBackWithTheStream()
    {
        using LentBytes bytes = new("<a/>");
        Stream stream = bytes.Handle.Open();

        // The library is not there, so the handle fails to free them, and tells so that it was asked to.
        Assert.ThrowsAny<Exception>(stream.Dispose);

        Assert.Throws<ObjectDisposedException>(() => stream.ReadByte());
    }
}
