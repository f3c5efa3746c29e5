using System.Runtime.CompilerServices;

namespace Microsoft.WSMan.Management.Units;

public sealed class CredSSPSettingsTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public void ItIsOnWhereTheSwitchSaysSo(string value, bool on) => Assert.Equal(on, Of(value, "").IsOn);

    [Theory]
    [InlineData("", "")]
    [InlineData("wsman/server01", "wsman/server01")]
    [InlineData("wsman/a,TERMSRV/b,,WSMAN/*.example.com,wsman", "wsman/a WSMAN/*.example.com")]
    [InlineData("termsrv/wsman/a", "")]
    public void EntriesOfOtherServicesCountForNothing(string list, string computers) =>
        Assert.Equal(computers, string.Join(' ', Of("true", list).Computers));

    [Fact]
    public void TheGroupIsThatOfTheFile() =>
        Assert.Equal(["Basic", "CredSSP"], Of("true", "").Auth.Select(setting => setting.Name));

    private static CredSSPSettings Of(string value, string list) => Make(
    [
        new("TrustedHosts", "wsman/other", []),
        new("Auth", null, [new("Basic", "true", []), new("CredSSP", value, [])]),
        new("AllowFreshCredentials", list, []),
    ]);

    // What makes them otherwise reads the file.
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern CredSSPSettings Make(IReadOnlyList<ClientSetting> settings);
}
