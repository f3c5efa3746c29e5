using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class NativeResultTests
{
    private const string Failure =
        """
        {"error":{"code":"Fault","message":"It failed.","wsmanCode":2150858770,"wsmanName":"ERROR_X","faultXml":"<f/>",
        "fault":{"kind":"NoInstance","soapCode":"Sender","soapSubcode":"InvalidSelectors","reason":"why","detail":"urn:d",
        "machine":"m","provider":"p","providerPath":"pp","providerMessage":"pm"}},"trace":[{"level":"debug","text":"t"}]}
        """;

    [Fact]
    public void AFailureHasAllThatTheDocumentSays()
    {
        WSManException error = NativeResult.Failure(WSManErrorCode.Fault, Failure);

        Assert.Equal(
            (WSManErrorCode.Fault, "It failed.", 0x80338012u, "ERROR_X", "<f/>"),
            (error.Code, error.Message, error.WSManCode, error.WSManCodeName, error.SoapFaultXml));
        Assert.Equal(
            ("NoInstance", "Sender", "InvalidSelectors", "why", "urn:d", "m", "p", "pp", "pm"),
            (error.FaultKind, error.SoapCode, error.SoapSubcode, error.Reason, error.FaultDetail, error.Machine,
                error.Provider, error.ProviderPath, error.ProviderMessage));
        Assert.Equal(new TraceLine("debug", "t"), Assert.Single(error.Trace));
    }

    [Theory]
    [InlineData("", "It failed.", "")]
    [InlineData("""{"key":"UseTls","arguments":[]}""", "It failed. Use -UseSSL.", "Use -UseSSL.")]
    [InlineData("""{"key":"TryAgain"},{"key":"UseTls"}""", "It failed. Try again. Use -UseSSL.", "Try again. Use -UseSSL.")]
    [InlineData("""{"key":"Unheard","arguments":["x"]},{"key":"TryAgain"}""", "It failed. Try again.", "Try again.")]
    [InlineData("""{"key":"QuoteValue","arguments":[]},null,{}""", "It failed.", "")]
    public void AdviceStandsBehindTheSentenceAndByItself(string advice, string message, string alone)
    {
        WSManException error = NativeResult.Failure(
            WSManErrorCode.Fault, """{"error":{"message":"It failed.","advice":[""" + advice + "]}}");

        Assert.Equal((message, "It failed.", alone), (error.Message, error.Sentence, error.Advice));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"error":{"message":5}}""")]
    public void AFailureWithoutWordsNamesItsCode(string? document)
    {
        WSManException error = NativeResult.Failure(WSManErrorCode.TimedOut, document);

        Assert.Contains("TimedOut", error.Message, StringComparison.Ordinal);
        Assert.Equal((0u, "", ""), (error.WSManCode, error.SoapSubcode, error.SoapFaultXml));
        Assert.Empty(error.Trace);
    }

    [Fact]
    public void AnInternalFailureWithoutADocumentIsOneOfMemory()
    {
        WSManException error = NativeResult.Failure(WSManErrorCode.Internal, null);

        Assert.Equal(("Memory ran out.", 14u, "ERROR_OUTOFMEMORY"), (error.Message, error.WSManCode, error.WSManCodeName));
    }

    [Fact]
    public void ADocumentIsReadOnlyIfTheCallSucceeded()
    {
        const string Released = """{"released":true}""";

        Assert.True(NativeResult.Read(WSManErrorCode.None, Released, DocumentContext.Default.ReleaseDocument).Released);
        Assert.Equal(WSManErrorCode.Closed, Refused(WSManErrorCode.Closed, Released).Code);
    }

    [Theory]
    [InlineData(null, "Memory")]
    [InlineData("null", "Memory")]
    [InlineData("[]", "ReleaseDocument")]
    [InlineData("{", "ReleaseDocument")]
    [InlineData("""{"released":"yes"}""", "ReleaseDocument")]
    public void ADocumentUnlikeThatOfTheHeaderIsADefect(string? document, string said)
    {
        WSManException error = Refused(WSManErrorCode.None, document);

        Assert.Equal(WSManErrorCode.Internal, error.Code);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    private static WSManException Refused(WSManErrorCode code, string? document) => Assert.Throws<WSManException>(
        () => NativeResult.Read(code, document, DocumentContext.Default.ReleaseDocument));
}
