using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units.Interop;

public sealed class DocumentsTests
{
    [Fact]
    public void ARequestHasItsMembersAsTheHeaderNamesThem()
    {
        ResourceRequest request = new()
        {
            SessionId = ulong.MaxValue,
            Operation = "Invoke",
            ResourceUri = "urn:x?a=b",
            Selectors = [new("Name", "v", null), new("Ref", null, "<a />")],
            Options = [new("N", "v"), new("M", null)],
            Values = [new("Key", [new("v"), new(Nil: true), new(Xml: "<b />")])],
            Secrets = [new SecretEntry("hidden")],
            Associations = true,
        };

        Assert.Equal(
            """{"sessionId":18446744073709551615,"operation":"Invoke","resourceUri":"urn:x?a=b","selectors":["""
            + """{"name":"Name","value":"v"},{"name":"Ref","epr":"\u003Ca /\u003E"}]"""
            + ""","options":[{"name":"N","value":"v"},{"name":"M","value":null}]"""
            + ""","values":[{"name":"Key","values":[{"text":"v"},{"nil":true},{"xml":"\u003Cb /\u003E"}]}]"""
            + ""","associations":true}""",
            JsonSerializer.Serialize(request, DocumentContext.Default.ResourceRequest));
    }

    [Fact]
    public void AChangeOfASettingAlwaysSaysWhatBecomesOfAList() => Assert.Equal(
        """{"changes":[{"name":"Auth/Basic","value":"","append":false,"remove":true}]}""",
        JsonSerializer.Serialize(
            new SettingChangesDocument([new("Auth/Basic", "", Append: false, Remove: true)]),
            DocumentContext.Default.SettingChangesDocument));

    [Fact]
    public void MembersOfANewerLibraryAreIgnored()
    {
        StateDocument state = JsonSerializer.Deserialize(
            """{"sessionId":7,"state":"Closed","new":{"a":[1]}}""", DocumentContext.Default.StateDocument)!;

        Assert.Equal(new StateDocument(7, null, "Closed", null, null, null, 0, 0, 0), state);
    }

    [Theory]
    [InlineData("debug", true)]
    [InlineData("verbose", false)]
    public void ALineOfATraceKnowsItsStream(string level, bool debug) =>
        Assert.Equal(debug, new TraceLine(level, "text").IsDebug);
}
