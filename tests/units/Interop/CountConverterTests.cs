using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class CountConverterTests
{
    [Theory]
    [InlineData("[]", 0)]
    [InlineData("[[1,2],[3,4]]", 2)]
    [InlineData("[1,\"]\",null,{\"a\":[[],[1]]},[[[]]]]", 5)]
    public void AnArrayIsTheNumberOfItsElements(string items, int count)
    {
        PageDocument page = Read(items);

        Assert.Equal((3ul, count, true), (page.EnumerationId, page.Items, page.End));
    }

    [Fact]
    public void AVeryLongArrayIsCounted() =>
        Assert.Equal(50_000, Read($"[{string.Join(',', Enumerable.Repeat("[1234,5678]", 50_000))}]").Items);

    [Theory]
    [InlineData("2")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"[]\"")]
    [InlineData("[[1,2]")]
    public void AnythingElseIsNoCount(string items) => Assert.ThrowsAny<JsonException>(() => Read(items));

    [Fact]
    public void ItIsNeverWritten() => Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(
        new PageDocument(3, true, null, 1, null), DocumentContext.Default.PageDocument));

    // A member follows, so that the reader has to stand at the end of the array.
    private static PageDocument Read(string items) => JsonSerializer.Deserialize(
        $"{{\"enumerationId\":3,\"items\":{items},\"end\":true}}", DocumentContext.Default.PageDocument)!;
}
