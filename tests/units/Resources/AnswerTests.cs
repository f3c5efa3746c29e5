using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Resources;

public sealed class AnswerTests
{
    [Fact]
    public void APageIsWhatItsHeadSays()
    {
        using LentOctets octets = new("<e xmlns='urn:s'><Body><r><Items><a/></Items></r></Body></e>");
        TraceLine[] trace = [new("debug", "said")];

        InstancePage page = InstancePage.From(new PageDocument(3, true, "de-DE", 1, trace), octets.Handle);

        Assert.Equal("de-DE", Assert.Single(page.Items).GetAttribute("xml:lang"));
        Assert.True(page.IsLast);
        Assert.Equal(trace, page.Trace);
    }

    [Fact]
    public void APageWithoutATraceHasAnEmptyOne()
    {
        using LentOctets octets = new("");

        Assert.Empty(InstancePage.From(new PageDocument(3, false, null, 0, null), octets.Handle).Trace);
    }
}
