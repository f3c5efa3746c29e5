using System.Security.Cryptography;

namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>
/// A whole session in the real engine leaves no copy of the password behind: with the PSCredential alive, memory
/// holds it in no more places afterwards than before.
/// </summary>
public sealed class SecretCopiesTests : IDisposable
{
    private const int Mask = 0x5A;

    private const string Wait = "$null = [Console]::In.ReadLine()";

    private readonly string _name = Addresses.NextNetwork() + ".1";

    private readonly string _password = RandomNumberGenerator.GetString(
        "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789", 40);

    private readonly EndpointProcess _service;

    private readonly ConsoleProcess _console = new();

    public SecretCopiesTests() => _service = EndpointProcess.Start([_name], more: ["--password", _password]);

    // No string ever holds the password in that process: its characters come one by one, masked.
    private string MakeCredential =>
        $"$secret = [securestring]::new(); foreach ($n in {string.Join(',', _password.Select(c => c ^ Mask))}) "
        + $"{{ $secret.AppendChar([char]($n -bxor {Mask})) }}; "
        + $"$credential = [pscredential]::new('{EndpointProcess.UserName}', $secret); 'made'; {Wait}; ";

    private string Connection =>
        $"-ComputerName {_name} -UseSSL -Port {_service.Https} -Authentication Basic -Credential $credential";

    [MemoryFact]
    public void ConnectingAndDisconnectingLeavesNoFurtherCopy() => AssertNoFurtherCopy(
        $"Connect-WSMan {Connection}; $null = Get-WSManInstance winrm/config -ComputerName {_name}; "
        + $"Disconnect-WSMan {_name}");

    [MemoryFact]
    public void AConnectionOfOneCommandLeavesNoFurtherCopy() => AssertNoFurtherCopy(
        $"$null = Get-WSManInstance winrm/config {Connection}");

    [MemoryFact]
    public void ASecretInABodyLeavesNoFurtherCopy() => AssertNoFurtherCopy(
        $"$null = New-WSManInstance wmicimv2/Win32_Environment @{{Name='s';UserName='<SYSTEM>'}} {Connection} "
        + "-ValueSet @{Name='s';UserName='<SYSTEM>';VariableValue=$secret}");

    [MemoryFact]
    public void TheSearchFindsACopy()
    {
        using RunningConsole console = _console.Begin(
            $"{MakeCredential} $copy = $credential.GetNetworkCredential().Password; 'copied'; {Wait}");
        console.WaitFor("made");
        int before = Count(console);
        console.Type("\n");
        console.WaitFor("copied");

        Assert.True(before > 0, "The SecureString itself was not found.");
        Assert.True(Count(console) > before, "The copy was not found.");
        console.Type("\n");
        Assert.Equal(0, console.End().ExitCode);
    }

    public void Dispose()
    {
        _console.Dispose();
        _service.Dispose();
    }

    private void AssertNoFurtherCopy(string command)
    {
        using RunningConsole console = _console.Begin($"{MakeCredential} {command}; 'ended'; {Wait}");
        console.WaitFor("made");
        int before = Count(console);
        console.Type("\n");
        console.WaitFor("ended");
        int after = Count(console);

        Assert.True(before > 0, "The SecureString itself was not found.");
        Assert.True(after <= before, $"There were {before} copies, and afterwards {after}.");
        console.Type("\n");
        ConsoleResult result = console.End().Succeeded();
        Assert.Contains("ended", result.Lines);
        Assert.Equal(0, _service.CountsAt(0).Connections);
    }

    private int Count(RunningConsole console) =>
        ProcessMemory.CountCopies(console.Id, EndpointProcess.UserName, _password);
}
