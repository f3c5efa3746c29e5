using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Connect;

/// <summary>
/// What the authentication is refused for before anything is sent. What servers say to it is told by tests/auth.
/// </summary>
public sealed class AuthenticationTests(EndpointFixture computers) : ComputerTests(computers)
{
    /// <summary>Arguments for a computer that is an address, over http, and words of the error.</summary>
    public static TheoryData<string, string[]> Refused => new()
    {
        {
            "-Authentication Negotiate -Credential $credential",
            [
                "0x803380E4", "-UseSSL",
                "Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Value 'ADDRESS' -Concatenate",
            ]
        },
        {
            "-Credential $credential",
            ["0x803381BB", "Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Value 'ADDRESS' -Concatenate"]
        },
        { "", ["0x803381BB", "-Credential"] },
        { "-Authentication Default", ["0x803381BB", "-Credential"] },
        { "-Authentication Kerberos", ["0x8033810B", "computer's name"] },
        { "-Authentication Kerberos -Credential $credential", ["0x8033810B", "computer's name"] },
        {
            "-Authentication Negotiate -Credential $credential "
                + "-SessionOption (New-WSManSessionOption -NoEncryption)",
            ["0x803380DE", "AllowUnencrypted", "clear text"]
        },
        {
            "-Authentication None -SessionOption (New-WSManSessionOption -SPNPort 1)",
            ["0x803380AE", "-SPNPort"]
        },
    };

    /// <summary>Passwords that no mechanism carries, and a word of the error.</summary>
    public static TheoryData<string, string> Unusable => new() { { "", "empty" }, { "a\0b", "NUL" } };

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatCannotBeIsRefusedBeforeAnyTraffic(string arguments, string[] words)
    {
        int accepted = Computers.Service.Counts().Of(Computers.One).Accepted;

        ErrorRecord error = FailsAndChangesNothing(
            $"Connect-WSMan $args[0] -Port $args[1] {arguments}", Computers.One, Computers.Service.Http);

        string[] expected = [.. words.Select(
            word => word.Replace("ADDRESS", Computers.One, StringComparison.Ordinal))];
        Expect.WSManError(error, "ConnectWSMan", Computers.One, expected);
        Assert.Equal(accepted, Computers.Service.Counts().Of(Computers.One).Accepted);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void APasswordThatNothingCarriesIsRefusedBeforeAnyTraffic(string password, string word)
    {
        Session.SetVariable("unusable", EngineSession.Credential(password));
        int accepted = Computers.Service.Counts().Of(Computers.One).Accepted;

        foreach (string mechanism in new[] { "Negotiate", "Default" })
        {
            ErrorRecord error = FailsAndChangesNothing(
                $"Connect-WSMan $args[0] -UseSSL -Port $args[1] -Authentication {mechanism} -Credential $unusable",
                Computers.One, Computers.Service.Https);
            Expect.WSManError(error, "ConnectWSMan", Computers.One, "password", word);
        }

        Assert.Equal(accepted, Computers.Service.Counts().Of(Computers.One).Accepted);
    }

    [Fact]
    public void WhatTheServerDoesNotOfferIsNamedWithWhatItDoes()
    {
        ErrorRecord error = FailsAndChangesNothing(
            "Connect-WSMan $args[0] -UseSSL -Port $args[1] -Authentication Negotiate -Credential $credential",
            Computers.One, Computers.Service.Https);

        // Without the plug-in for NTLM the error names its package instead.
        bool missing = error.ToString().Contains("gss-ntlmssp", StringComparison.Ordinal);
        string[] expected = missing ? ["apt install", "dnf install"] : ["does not offer", "Negotiate", "Basic"];
        Expect.WSManError(error, "ConnectWSMan", Computers.One, expected);
    }

    private ErrorRecord FailsAndChangesNothing(string script, params object[] arguments)
    {
        IReadOnlyList<string> before = Connected();
        ErrorRecord error = Session.Run(script, arguments).Failed();
        Assert.Equal(before, Connected());
        return error;
    }
}
