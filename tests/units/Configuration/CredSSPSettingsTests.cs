namespace Microsoft.WSMan.Management.Units.Configuration;

public sealed class CredSSPSettingsTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public void ItIsEnabledWhereTheSwitchSaysSo(string value, bool isEnabled) =>
        Assert.Equal(isEnabled, Of(value, "").IsEnabled);

    [Theory]
    [InlineData("", "")]
    [InlineData("wsman/server01", "wsman/server01")]
    [InlineData("wsman/a,TERMSRV/b,,WSMAN/*.example.com,wsman", "wsman/a WSMAN/*.example.com")]
    [InlineData("termsrv/wsman/a", "")]
    public void EntriesOfOtherServicesCountForNothing(string list, string computers) =>
        Assert.Equal(computers, string.Join(' ', Of("true", list).Computers));

    private static CredSSPSettings Of(string value, string list) => new(
    [
        new("TrustedHosts", "wsman/other", []),
        new("Auth", null, [new("Auth/Basic", "true", []), new("Auth/CredSSP", value, [])]),
        new("AllowFreshCredentials", list, []),
    ]);
}
