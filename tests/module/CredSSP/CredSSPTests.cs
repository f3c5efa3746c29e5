using System.Text.Json;

namespace Microsoft.WSMan.Management.Tests.CredSSP;

/// <summary>The role Client of the cmdlets for CredSSP. Each case is a user with settings of its own.</summary>
public sealed class CredSSPTests : IDisposable
{
    private const string List = "(Get-Item WSMan:\\localhost\\Client\\AllowFreshCredentials).Value";
    private const string Switch = "(Get-Item WSMan:\\localhost\\Client\\Auth\\CredSSP).Value";

    private readonly ConsoleProcess _console = new();

    private string SettingsFile => Path.Combine(_console.Configuration, "wsman", "client.json");

    [Fact]
    public void EnablingAsksWhoMayGetThePassword()
    {
        ConsoleResult result = _console.Run(
            ["-Command", $"$auth = Enable-WSManCredSSP Client server01,*.example.com; $auth.CredSSP; {List}; {Switch}"],
            "Y\n").Succeeded();

        Assert.Contains("your password itself", result.Output, StringComparison.Ordinal);
        Assert.Contains("Allow this for server01, *.example.com?", result.Output, StringComparison.Ordinal);
        Assert.Equal(["wsman/server01,wsman/*.example.com", "true"], result.Lines.TakeLast(2));
        Assert.EndsWith("true", result.Lines[^3], StringComparison.Ordinal);
    }

    [Fact]
    public void DecliningChangesNothing()
    {
        string before = File.ReadAllText(SettingsFile);

        ConsoleResult result = _console.Run(
            ["-Command", "$auth = Enable-WSManCredSSP Client server01; \"[$auth] $($Error.Count)\""], "N\n").Succeeded();

        Assert.EndsWith("[] 0", result.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(SettingsFile));
    }

    [Fact]
    public void WhereNobodyCanBeAskedItIsRefused()
    {
        string before = File.ReadAllText(SettingsFile);

        ConsoleResult result = _console.Run(
            [
                "-NonInteractive", "-Command",
                "try { Enable-WSManCredSSP Client server01 } catch { \"$_\" }; Enable-WSManCredSSP Client b -Force | Out-Null",
            ],
            "").Succeeded();

        Assert.Contains("NonInteractive", result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("server01", File.ReadAllText(SettingsFile), StringComparison.Ordinal);
        Assert.NotEqual(before, File.ReadAllText(SettingsFile));
    }

    [Fact]
    public void EnablingGivesTheAuthElementOfTheClient()
    {
        ConsoleResult result = _console.Command(
            "Import-Module Portable.WSMan.Management; Set-Item WSMan:\\localhost\\Client\\Auth\\Basic $false; " +
            "$auth = @(Enable-WSManCredSSP -Role Client -DelegateComputer server01 -Force); $auth.Count; " +
            "$auth[0].GetType().FullName; $auth[0].Name; $auth[0].NamespaceURI; " +
            "$auth[0].ChildNodes.Name -join ' '; ($auth[0].ChildNodes | % InnerText) -join ' '; $auth[0].CredSSP")
            .Succeeded();

        Assert.Equal(
            [
                "1", "System.Xml.XmlElement", "cfg:Auth", "http://schemas.microsoft.com/wbem/wsman/1/config/client/auth",
                "cfg:Basic cfg:Digest cfg:Kerberos cfg:Negotiate cfg:Certificate cfg:CredSSP",
                "false true true true true true", "true",
            ],
            result.Lines);
    }

    [Fact]
    public void EnablingAgainAddsWhatIsNotThere()
    {
        ConsoleResult result = _console.Command(
            "$null = Enable-WSManCredSSP Client a,A,'b, *.c',[::1] -Force; " +
            $"$null = Enable-WSManCredSSP client B,d,* -Force; {List}; {Switch}; " +
            $"$null = Enable-WSManCredSSP client D -Force; {List}").Succeeded();

        const string all = "wsman/a,wsman/b,wsman/*.c,wsman/[::1],wsman/d,wsman/*";
        Assert.Equal([all, "true", all], result.Lines);
    }

    [Fact]
    public void DisablingTakesTheEntriesOfWSManAndNothingElse()
    {
        ClientSettings.WriteText(
            _console.Configuration,
            """
            {"Other":[1],"Auth":{"CredSSP":true,"Basic":false},"TrustedHosts":"wsman",
             "AllowFreshCredentials":"TERMSRV/x,WSMAN/a,wsmans/b,wsman/*.c,HTTP/wsman"}
            """);

        ConsoleResult result = _console.Command(
            "@(Disable-WSManCredSSP -Role Client).Count; @(Disable-WSManCredSSP client).Count; $Error.Count").Succeeded();

        Assert.Equal(["0", "0", "0"], result.Lines);
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(SettingsFile));
        Assert.Equal(
            """{"Other":[1],"Auth":{"CredSSP":false,"Basic":false},"TrustedHosts":"wsman","AllowFreshCredentials":"TERMSRV/x,wsmans/b,HTTP/wsman"}""",
            JsonSerializer.Serialize(file));
    }

    [Fact]
    public void GettingSaysItInTwoSentences()
    {
        ConsoleResult result = _console.Command(
            "$culture = [cultureinfo]::InvariantCulture.Clone(); $culture.TextInfo.ListSeparator = ' | '; " +
            "[cultureinfo]::CurrentCulture = $culture; " +
            "function Say { $said = @(Get-WSManCredSSP); \"$($said.Count) $($said[0].GetType().Name)\"; $said }; " +
            "Say; $null = Enable-WSManCredSSP Client a,*.b -Force; Say; " +
            "Set-Item WSMan:\\localhost\\Client\\Auth\\CredSSP $false; (Say)[1]; Disable-WSManCredSSP Client; (Say)[1]; " +
            "Set-Item WSMan:\\localhost\\Client\\AllowFreshCredentials 'TERMSRV/x' -Force; (Say)[1]").Succeeded();

        const string none = "let no computer be given your password";
        const string service = "This computer has no WinRM service whose CredSSP could be configured";
        (string Begin, string End)[] expected =
        [
            ("2 String", "2 String"), ("Your client settings " + none, "no entry of wsman."),
            (service, "WSMan:\\server01\\Service\\Auth\\CredSSP shows it."),
            ("2 String", "2 String"), ("Your client settings let your password be given", "CredSSP: wsman/a | wsman/*.b"),
            (service, "shows it."),
            ("CredSSP is turned off in your client settings (Auth\\CredSSP)", "computers: wsman/a | wsman/*.b"),
            ("Your client settings " + none, "wsman."),
            ("Your client settings " + none, "wsman."),
        ];
        Assert.Equal(expected.Length, result.Lines.Count);
        Assert.All(expected.Zip(result.Lines), pair =>
        {
            Assert.StartsWith(pair.First.Begin, pair.Second, StringComparison.Ordinal);
            Assert.EndsWith(pair.First.End, pair.Second, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("Enable-WSManCredSSP Client a,b -Force", "EnableWSManCredSSP", "a b")]
    [InlineData("Disable-WSManCredSSP Client", "DisableWSManCredSSP", "")]
    [InlineData("Get-WSManCredSSP", "GetWSManCredSSP", "")]
    public void ABrokenFileIsNamedAndLeftAlone(string command, string name, string target)
    {
        const string broken = "{ \"AllowFreshCredentials\": \"server01\" }";
        File.WriteAllText(SettingsFile, broken);

        CredSSPFailure.Of(_console, command)
            .Is($"WsManError,Microsoft.WSMan.Management.{name}Command", "InvalidOperation", target,
                $"The client settings file \"{SettingsFile}\" is broken", "write wsman/server01");

        Assert.Equal(broken, File.ReadAllText(SettingsFile));
    }

    [Theory]
    [InlineData("Enable-WSManCredSSP Client a,b -Force", "EnableWSManCredSSP", "a b")]
    [InlineData("Disable-WSManCredSSP Client", "DisableWSManCredSSP", "")]
    public void WhereNothingCanBeWrittenNothingIsChanged(string command, string name, string target)
    {
        string before = File.ReadAllText(SettingsFile);
        // Not even root writes to a folder as to a file.
        Directory.CreateDirectory($"{SettingsFile}.lock");

        CredSSPFailure.Of(_console, command)
            .Is($"WsManError,Microsoft.WSMan.Management.{name}Command", "InvalidOperation", target,
                $"The client settings file \"{SettingsFile}\" cannot be written", "Nothing was changed");

        Assert.Equal(before, File.ReadAllText(SettingsFile));
    }

    // The limit on the size of a file takes the list, and not the switch after it.
    [Fact]
    public void WhatFailsHalfWayLeavesCredSSPOff()
    {
        const int blocks = 8;
        const string listed = "{\n  \"Other\": \"\",\n  \"AllowFreshCredentials\": \"wsman/server01\"\n}\n";
        string filling = new('x', (blocks * 512) - listed.Length);
        ClientSettings.WriteText(_console.Configuration, $"{{\"Other\":\"{filling}\"}}");
        _console.Launcher = ["/bin/sh", "-c", $"trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""];
        // The runtime keeps its code in a file that would be too large.
        _console.Environment = new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" };

        CredSSPFailure.Of(_console, "Enable-WSManCredSSP Client server01 -Force")
            .Is("WsManError,Microsoft.WSMan.Management.EnableWSManCredSSPCommand", "InvalidOperation", "server01",
                "cannot be written", "the computers were added to AllowFreshCredentials; CredSSP itself is as it was");

        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(SettingsFile));
        Assert.Equal("wsman/server01", file.RootElement.GetProperty("AllowFreshCredentials").GetString());
        Assert.False(file.RootElement.TryGetProperty("Auth", out _));
        Assert.StartsWith("CredSSP is turned off", _console.Command("Get-WSManCredSSP").Succeeded().Lines[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheFileIsMadeWhereThereIsNone()
    {
        File.Delete(SettingsFile);

        _console.Command("Enable-WSManCredSSP Client server01 -Force | Out-Null").Succeeded();

        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(SettingsFile));
        Assert.Equal(
            """{"AllowFreshCredentials":"wsman/server01","Auth":{"CredSSP":true}}""", JsonSerializer.Serialize(file));
    }

    public void Dispose() => _console.Dispose();
}
