using System.Text.Json;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management.Units;

public sealed class ClientSettingTests
{
    [Fact]
    public void SettingsKeepTheOrderOfTheDocument()
    {
        IReadOnlyList<ClientSetting> settings = From(
            """{"path":"p","settings":{"Z":"1","Auth":{"Basic":"true","Inner":{}},"A":"<\u00fc>"}}""");

        Assert.Equal(["Z", "Auth", "A"], settings.Select(setting => setting.Name));
        Assert.Equal(("<ü>", false), (settings[2].Value, settings[2].IsGroup));
        Assert.Equal((null, true), (settings[1].Value, settings[1].IsGroup));
        Assert.Equal(["Basic", "Inner"], settings[1].Settings.Select(setting => setting.Name));
        Assert.True(settings[1].Settings[1].IsGroup);
        Assert.Empty(settings[1].Settings[1].Settings);
    }

    [Fact]
    public void NoSettingsAreNone() => Assert.Empty(From("""{"path":"p","settings":{}}"""));

    private static IReadOnlyList<ClientSetting> From(string json) =>
        ClientSetting.From(JsonSerializer.Deserialize(json, DocumentContext.Default.SettingsDocument)!);
}
