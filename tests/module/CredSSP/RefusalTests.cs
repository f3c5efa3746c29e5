namespace Microsoft.WSMan.Management.Tests.CredSSP;

/// <summary>What the cmdlets for CredSSP and QuickConfig refuse, before anything is asked or changed.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string WSManError = "WsManError";
    private const string Raw = "System.InvalidOperationException";
    private const string Validation = "ParameterArgumentValidationError";

    private readonly ConsoleProcess _console = new();

    /// <summary>Commands; the id without the class, the category, the target, and words of the text.</summary>
    public static TheoryData<string, string, string, string, string[]> Refusals => new()
    {
        {
            "Enable-WSManCredSSP Server", WSManError, "InvalidOperation", "",
            [
                "cannot be turned on for the WinRM service of this computer, because it has none",
                "Connect-WSMan server01; Set-Item WSMan:\\server01\\Service\\Auth\\CredSSP -Value $true",
            ]
        },
        {
            "Disable-WSManCredSSP -Role server", WSManError, "InvalidOperation", "",
            ["cannot be turned off", "Set-Item WSMan:\\server01\\Service\\Auth\\CredSSP -Value $false"]
        },
        {
            "Enable-WSManCredSSP Server -DelegateComputer a", Raw, "NotSpecified", "",
            ["-DelegateComputer cannot be given with -Role Server"]
        },
        { "Enable-WSManCredSSP Client", Raw, "NotSpecified", "", ["-Role Client needs -DelegateComputer"] },
        {
            "Enable-WSManCredSSP Client a,server01:5985 -Force", WSManError, "InvalidOperation", "a server01:5985",
            ["AllowFreshCredentials holds \"wsman/server01:5985\", which is not wsman/ and a computer", "without a port"]
        },
        {
            "Enable-WSManCredSSP Client 'a,wsman/*' -Force", WSManError, "InvalidOperation", "a,wsman/*",
            ["\"wsman/wsman/*\""]
        },
        { "Enable-WSManCredSSP Client 'a,,b' -Force", WSManError, "InvalidOperation", "a,,b", ["\"wsman/\""] },
        { "Enable-WSManCredSSP Client ' ' -Force", WSManError, "InvalidOperation", " ", ["\"wsman/\""] },
        { "Enable-WSManCredSSP Client ''", Validation, "InvalidData", "", ["DelegateComputer"] },
        { "Enable-WSManCredSSP Client @()", Validation, "InvalidData", "", ["DelegateComputer"] },
        { "Enable-WSManCredSSP Both a", Validation, "InvalidData", "", ["Client,Server"] },
        { "Disable-WSManCredSSP Both", Validation, "InvalidData", "", ["Client,Server"] },
        {
            "Set-WSManQuickConfig", WSManError, "InvalidOperation", "",
            [
                "This computer has no WinRM service", "run Enable-PSRemoting or winrm quickconfig;",
                "Connect-WSMan server01; New-Item WSMan:\\server01\\Listener -Address * -Transport HTTP",
            ]
        },
        {
            "Set-WSManQuickConfig -Force -SkipNetworkProfileCheck", WSManError, "InvalidOperation", "",
            ["Enable-PSRemoting -SkipNetworkProfileCheck or winrm quickconfig"]
        },
        {
            "Set-WSManQuickConfig -UseSSL", WSManError, "InvalidOperation", "",
            ["winrm quickconfig -transport:https", "-Address * -Transport HTTPS"]
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void ItIsOneErrorAndNothingIsChanged(
        string command, string id, string category, string target, string[] words)
    {
        string file = Path.Combine(_console.Configuration, "wsman", "client.json");
        string before = File.ReadAllText(file);
        string name = command.Split(' ')[0].Replace("-", "", StringComparison.Ordinal);

        CredSSPFailure.Of(_console, command)
            .Is($"{id},Microsoft.WSMan.Management.{name}Command", category, target, words);

        Assert.Equal(before, File.ReadAllText(file));
    }

    public void Dispose() => _console.Dispose();
}
